package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.peer.PeerLimits;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(600)
class CrowdTest {
    private static final int CONNECTIONS = 10;
    private static final int LISTENERS = 1_000;
    private static final int SLOW_READERS = 100;
    private static final int BLOCKS = 30;
    private static final int BLOCK_BYTES = 100_000;
    /** Without flow control the slow readers would hold {@code SLOW_READERS * BLOCKS * BLOCK_BYTES}, 300 MB. */
    private static final long BOUND = 100_000_000;

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(network -> network.limits(new PeerLimits(0, 0, 0)));

    private final EmbeddedNetwork network = NETWORK.network();
    private final SigningIdentity user = network.issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");
    private final List<ManagedChannel> connections = new ArrayList<>();

    @AfterEach
    void nobody_stays_behind() throws InterruptedException {
        connections.forEach(ManagedChannel::shutdownNow);
        awaitOpenWaits(0);
    }

    @Test
    void a_thousand_listeners_all_hear_an_event_on_few_threads() throws Exception {
        connect();
        SignedChaincodeEventsRequest request = GoodMessages.chaincodeEvents(user, network.height("PlatformMSP"));
        AtomicInteger heard = new AtomicInteger();
        long threads = serverThreads();
        for (int i = 0; i < LISTENERS; i++) {
            open(i, GatewayGrpc.getChaincodeEventsMethod(), request, heard);
        }
        awaitOpenWaits(LISTENERS);

        rig.submitTransaction("events", "for everybody");

        for (int i = 0; i < 6000 && heard.get() < LISTENERS; i++) {
            Thread.sleep(10);
        }
        assertThat(heard).hasValue(LISTENERS);
        assertThat(serverThreads()).isLessThan(threads + 50);
    }

    @Test
    void readers_that_do_not_read_hold_up_nobody_and_cost_bounded_memory() throws Exception {
        connect();
        long before = heap();
        for (int i = 0; i < SLOW_READERS; i++) {
            // nobody asks for a message
            open(i, DeliverGrpc.getDeliverMethod(), GoodMessages.seek(user), null);
        }
        awaitOpenWaits(SLOW_READERS);
        for (int i = 0; i < BLOCKS; i++) {
            rig.submitTransaction("put", "large", "x".repeat(BLOCK_BYTES) + i);
        }
        assertThat(heap() - before).isLessThan(BOUND);
    }

    @Test
    void streams_that_were_opened_and_say_nothing_cost_no_thread() throws Exception {
        connect();
        long threads = serverThreads();
        for (int i = 0; i < LISTENERS; i++) {
            open(i, DeliverGrpc.getDeliverMethod(), null, null);
        }
        rig.submitTransaction("put", "k", "v");
        assertThat(serverThreads()).isLessThan(threads + 50);
        assertThat(network.openWaits()).isZero();
    }

    private void connect() {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(NetworkClient.dial(network.organization("PlatformMSP")));
        }
    }

    /** Opens a stream; without a request it stays half open, without a counter nobody reads what comes. */
    private <Q extends Message, A> void open(
            int number, MethodDescriptor<Q, A> method, @Nullable Q request, @Nullable AtomicInteger heard) {
        ClientCall<Q, A> call = connections.get(number % CONNECTIONS).newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(A message) {
                        if (heard != null) {
                            heard.incrementAndGet();
                        }
                    }
                },
                new Metadata());
        if (heard != null) {
            call.request(1);
        }
        if (request != null) {
            call.sendMessage(request);
            // such a call begins only when the caller has said all
            if (method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING) {
                call.halfClose();
            }
        }
    }

    private void awaitOpenWaits(int expected) throws InterruptedException {
        for (int i = 0; i < 6000 && network.openWaits() != expected; i++) {
            Thread.sleep(10);
        }
        assertThat(network.openWaits()).isEqualTo(expected);
    }

    /** Without the pool in which the clients of this test hear their answers. */
    private static long serverThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("grpc-default-executor"))
                .count();
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
