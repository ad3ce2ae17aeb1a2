package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.sun.management.UnixOperatingSystemMXBean;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.network.embedded.peer.PeerLimits;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.protos.gateway.GatewayGrpc;
import org.hyperledger.fabric.protos.gateway.SignedChaincodeEventsRequest;
import org.hyperledger.fabric.protos.peer.DeliverGrpc;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(600)
class CrowdTest {
    private static final int CONNECTIONS = 10;
    private static final int LISTENERS = 1_000;
    private static final int SLOW_READERS = 100;
    private static final int SILENT = 250;
    private static final int SLOW = 250;
    private static final int SMALL_WINDOW = 65_535;
    /** Without flow control the slow readers would hold {@code SLOW * BLOCKS * BLOCK_BYTES}, 750 MB. */
    private static final long BOUND_OF_CONNECTIONS = 200_000_000;

    private static final int BLOCKS = 30;
    private static final int BLOCK_BYTES = 100_000;
    /** Without flow control the slow readers would hold {@code SLOW_READERS * BLOCKS * BLOCK_BYTES}, 300 MB. */
    private static final long BOUND = 100_000_000;

    /** It tells of every stream that was closed while something was to be written. */
    private static final Logger OF_CLOSED_STREAMS =
            Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(network -> network.limits(new PeerLimits(0, 0, 0)));

    private final EmbeddedNetwork network = NETWORK.network();
    private final SigningIdentity user = network.issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
    private final Contract rig = NETWORK.client("PlatformMSP", "user").contract("rig");
    private final List<ManagedChannel> connections = new ArrayList<>();

    @BeforeAll
    static void hush() {
        OF_CLOSED_STREAMS.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        OF_CLOSED_STREAMS.setLevel(null);
    }

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
        long before = memory();
        for (int i = 0; i < SLOW_READERS; i++) {
            // nobody asks for a message
            open(i, DeliverGrpc.getDeliverMethod(), GoodMessages.seek(user), null);
        }
        awaitOpenWaits(SLOW_READERS);
        for (int i = 0; i < BLOCKS; i++) {
            rig.submitTransaction("put", "large", "x".repeat(BLOCK_BYTES) + i);
        }
        assertThat(memory() - before).isLessThan(BOUND);
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

    /** Each on a socket of its own, with TLS; both ends are in this process. */
    @Test
    void a_thousand_connections_half_of_them_silent_or_slow_cost_bounded_memory_no_thread_and_end() throws Exception {
        rig.submitTransaction("put", "k", "v");
        LiveThreads before = LiveThreads.now();
        long threads = serverThreads();
        long files = openFiles();
        long held = memory();
        Organization platform = network.organization("PlatformMSP");
        int port = URI.create("tcp://" + platform.peerAddress()).getPort();
        try (SilentClients silent = SilentClients.connect(port, platform.tlsCaCertificate(), SILENT / 2, SILENT / 2)) {
            for (int i = 0; i < LISTENERS - SILENT; i++) {
                connections.add(dialWithSmallWindow(platform));
            }
            SignedChaincodeEventsRequest events = GoodMessages.chaincodeEvents(user, network.height("PlatformMSP"));
            AtomicInteger heard = new AtomicInteger();
            for (int i = 0; i < SLOW; i++) {
                open(i, DeliverGrpc.getDeliverMethod(), GoodMessages.seek(user), null);
            }
            for (int i = SLOW; i < LISTENERS - SILENT; i++) {
                open(i, GatewayGrpc.getChaincodeEventsMethod(), events, heard);
            }
            awaitOpenWaits(LISTENERS - SILENT);
            for (int i = 0; i < BLOCKS; i++) {
                rig.submitTransaction("put", "large", "y".repeat(BLOCK_BYTES) + i);
            }
            rig.submitTransaction("events", "for everybody");

            for (int i = 0; i < 6000 && heard.get() < LISTENERS - SILENT - SLOW; i++) {
                Thread.sleep(10);
            }
            assertThat(heard).hasValue(LISTENERS - SILENT - SLOW);
            assertThat(memory() - held).isLessThan(BOUND_OF_CONNECTIONS);
            assertThat(serverThreads()).isLessThan(threads + 50);
            assertThat(openFiles()).isLessThanOrEqualTo(files + 2 * LISTENERS);
            assertThat(silent.remaining(60_000))
                    .as("silent ones that the node has not hung up on")
                    .isZero();
        }
        nobody_stays_behind();
        for (int i = 0; i < 600 && openFiles() > files; i++) {
            Thread.sleep(50);
        }
        assertThat(openFiles()).isLessThanOrEqualTo(files);
        before.assertNoneIsLeft();
    }

    /** So that what is held for a slow reader is held by the node, not by the reader. */
    private static ManagedChannel dialWithSmallWindow(Organization organization) throws IOException {
        ChannelCredentials credentials = TlsChannelCredentials.newBuilder()
                .trustManager(organization.tlsCaFile().toFile())
                .build();
        return NettyChannelBuilder.forTarget("dns:///" + organization.peerAddress(), credentials)
                .flowControlWindow(SMALL_WINDOW)
                .build();
    }

    private void connect() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(dialWithSmallWindow(network.organization("PlatformMSP")));
        }
    }

    /** Opens a stream; without a request it stays half open, without a counter nobody reads what comes. */
    private <Q extends Message, A> void open(
            int number, MethodDescriptor<Q, A> method, @Nullable Q request, @Nullable AtomicInteger heard) {
        ClientCall<Q, A> call = connections.get(number % connections.size()).newCall(method, CallOptions.DEFAULT);
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

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    /** What is held on the heap, and what the connections hold beside it. */
    private static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory()
                - Runtime.getRuntime().freeMemory()
                + PlatformDependent.usedDirectMemory();
    }
}
