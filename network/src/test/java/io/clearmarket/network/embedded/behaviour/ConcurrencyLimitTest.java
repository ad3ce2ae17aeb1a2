package io.clearmarket.network.embedded.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clearmarket.network.embedded.peer.PeerLimits;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.grpc.Status;
import org.hyperledger.fabric.client.ChaincodeEvent;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.GatewayException;
import org.hyperledger.fabric.client.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class ConcurrencyLimitTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(network -> network.limits(new PeerLimits(2500, 2500, 2)));

    private final Network client = NETWORK.client("PlatformMSP", "user").network();
    private final Contract rig = client.getContract("rig");

    @Test
    void a_call_above_the_limit_is_refused_in_a_peers_words_and_streams_count_until_they_end() throws Exception {
        rig.submitTransaction("events", "happened");
        CloseableIterator<ChaincodeEvent> first = listen();
        try (CloseableIterator<ChaincodeEvent> second = listen()) {
            GatewayException refused = catchThrowableOfType(GatewayException.class, this::length);
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
            assertThat(refused.getStatus().getDescription())
                    .isEqualTo("too many requests for /gateway.Gateway, exceeding concurrency limit (2)");

            first.close();
            awaitRoom();
            assertThat(second).isNotNull();
        }
        awaitRoom();
        for (int i = 0; i < 10; i++) {
            length();
        }
    }

    /** A stream that has begun: its first event is there. */
    private CloseableIterator<ChaincodeEvent> listen() {
        CloseableIterator<ChaincodeEvent> events =
                client.newChaincodeEventsRequest("rig").startBlock(0).build().getEvents();
        assertThat(events.next().getEventName()).isNotEmpty();
        return events;
    }

    private void length() throws GatewayException {
        rig.evaluateTransaction("length", "k");
    }

    /** The peer hears a moment later that a stream has ended. */
    private void awaitRoom() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                length();
                return;
            } catch (GatewayException full) {
                assertThat(attempt).isLessThan(3000);
                Thread.sleep(10);
            }
        }
    }
}
