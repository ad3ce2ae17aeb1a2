package io.clearmarket.network.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.clearmarket.network.embedded.peer.CommitTracker;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.CloseableIterator;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.protos.gateway.CommitStatusRequest;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedCommitStatusRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CancelledCallsTest {
    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new);

    private final CommitTracker commits = NETWORK.network().peer("PlatformMSP").commits();

    @Test
    void closed_event_streams_leave_nothing_waiting() throws Exception {
        Network market = NETWORK.client("PlatformMSP", "user").network();
        try (CloseableIterator<?> events = market.getChaincodeEvents("rig");
                CloseableIterator<?> blocks = market.getBlockEvents()) {
            awaitOpenWaits(2);
            assertThat(events).isNotSameAs(blocks);
        }
        awaitOpenWaits(0);
    }

    @Test
    void a_status_call_past_its_deadline_leaves_nothing_waiting() throws Exception {
        SigningIdentity user = NETWORK.network().issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
        ByteString request = CommitStatusRequest.newBuilder()
                .setChannelId("market")
                .setTransactionId("never")
                .setIdentity(ByteString.copyFrom(user.serialized()))
                .build()
                .toByteString();
        SignedCommitStatusRequest signed = SignedCommitStatusRequest.newBuilder()
                .setRequest(request)
                .setSignature(ByteString.copyFrom(user.sign(request.toByteArray())))
                .build();
        var connection = NetworkClient.dial(NETWORK.network().organization("PlatformMSP"));
        try {
            assertThatThrownBy(() -> GatewayGrpc.newBlockingStub(connection)
                            .withDeadlineAfter(2, TimeUnit.SECONDS)
                            .commitStatus(signed))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("DEADLINE_EXCEEDED");
            awaitOpenWaits(0);
        } finally {
            connection.shutdownNow();
        }
    }

    private void awaitOpenWaits(int expected) throws InterruptedException {
        for (int i = 0; i < 6000 && commits.openWaits() != expected; i++) {
            Thread.sleep(10);
        }
        assertThat(commits.openWaits()).isEqualTo(expected);
    }
}
