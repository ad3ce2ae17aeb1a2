package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.junit.EmbeddedNetworkExtension;
import io.clearmarket.network.junit.NetworkClient;
import io.clearmarket.network.testing.RigChaincode;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code -Dclearmarket.fuzz.seconds=600} goes on for that long, with another seed each time. */
@Timeout(900)
class HostileBytesTest {
    private static final long SEED = 20261126;
    private static final int CASES_PER_DOOR = 60;
    private static final int LARGER_THAN_ALLOWED = (100 << 20) + 1;
    private static final String IN_WORDS =
            "failed to get config for channel|failed to find any endorsing peers|see attached details for more info$";

    private static final String FOR_CHAINCODE = "127.0.0.1:" + FreePorts.one();

    @RegisterExtension
    static final EmbeddedNetworkExtension NETWORK = EmbeddedNetworkExtension.with("rig", RigChaincode::new)
            .configured(network -> network.chaincode(new ChaincodeConfig(
                            "dialling", "1", ChaincodeConfig.MARKET_POLICY, Map.of("PlatformMSP", FOR_CHAINCODE))
                    .diallingPeers()));

    private static Map<String, byte[]> good = Map.of();
    private static ManagedChannel peer;
    private static ManagedChannel orderer;
    private static ManagedChannel forChaincode;

    @BeforeAll
    static void dial() throws Exception {
        EmbeddedNetwork network = NETWORK.network();
        SigningIdentity user = network.issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
        Path tls = network.userTlsDirectory("PlatformMSP", "user");
        byte[] tlsHash = Digests.sha256(
                Pem.certificate(Files.readString(tls.resolve("client.crt"))).getEncoded());
        good = GoodMessages.of(NETWORK.client("PlatformMSP", "user").contract("rig"), user, tlsHash);
        peer = NetworkClient.dial(network.organization("PlatformMSP"), tls);
        orderer = NetworkClient.dial(
                network.ordererAddress(),
                network.config().dataDirectory().resolve("organizations/OrdererMSP/tlsca/ca-cert.pem"));
        forChaincode = NettyChannelBuilder.forTarget("dns:///" + FOR_CHAINCODE)
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void hangUp() {
        forChaincode.shutdownNow();
        peer.shutdownNow();
        orderer.shutdownNow();
    }

    @Test
    void good_messages_are_answered_at_every_door() {
        for (RawDoor door : RawDoor.ALL) {
            Status status = knock(door, message(door));
            if (door.method().endsWith("/Submit")) {
                assertThat(status.getDescription()).contains("status=FORBIDDEN");
            } else {
                assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.OK);
            }
        }
    }

    @Test
    void spoilt_messages_get_a_status_leave_no_call_behind_and_change_nothing() throws Exception {
        NETWORK.network().awaitLevel();
        List<Object> before = ledgers();
        for (RawDoor door : RawDoor.ALL) {
            knock(door, message(door));
        }
        awaitNoOpenWaits();
        LiveThreads threads = LiveThreads.now();
        long until = System.nanoTime() + Long.getLong("clearmarket.fuzz.seconds", 0) * 1_000_000_000;
        Random random = new Random(SEED);
        long messages = 0;
        do {
            for (RawDoor door : RawDoor.ALL) {
                for (int i = 0; i < CASES_PER_DOOR; i++) {
                    byte[] message = Spoiler.spoil(message(door), random);
                    assertAnswered(door, message, knock(door, message));
                    messages++;
                }
            }
        } while (System.nanoTime() < until);
        assertThat(ledgers()).isEqualTo(before);
        awaitNoOpenWaits();
        threads.assertNoneIsLeft();
        System.out.println(messages + " spoilt messages were answered");
    }

    @Test
    void bytes_that_are_no_message_are_refused_as_such_at_every_door() {
        for (RawDoor door : RawDoor.ALL) {
            Status status = knock(door, new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});
            assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.INTERNAL);
        }
    }

    @Test
    void a_message_larger_than_allowed_is_refused_before_it_is_read() {
        byte[] large = new byte[LARGER_THAN_ALLOWED];
        for (RawDoor door : List.of(RawDoor.ALL.getFirst(), RawDoor.ALL.getLast())) {
            Status status = knock(door, large);
            assertThat(status.getCode()).as(door.method()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        }
    }

    private static Status knock(RawDoor door, byte[] message) {
        ManagedChannel node = switch (door.node()) {
            case PEER -> peer;
            case ORDERER -> orderer;
            case PEER_FOR_CHAINCODE -> forChaincode;
        };
        return door.knock(node, message);
    }

    private static byte[] message(RawDoor door) {
        return Objects.requireNonNull(good.get(door.method()), door.method());
    }

    private static void assertAnswered(RawDoor door, byte[] message, Status status) {
        String what = "%s to %s: %s".formatted(HexFormat.of().formatHex(message), door.method(), status);
        assertThat(status.getCode()).as(what).isNotIn(Status.Code.CANCELLED, Status.Code.UNIMPLEMENTED);
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            // in a gateway's words, as of a channel that it does not know; without them the connection is gone
            assertThat(status.getDescription()).as(what).containsPattern(IN_WORDS);
        }
        if (status.getCode() == Status.Code.INTERNAL) {
            assertThat(status.getDescription()).contains("Invalid protobuf byte sequence");
        }
    }

    private static List<Object> ledgers() {
        List<Object> all = new ArrayList<>();
        for (String mspId : NETWORK.network().config().mspIds()) {
            PeerLedger ledger = NETWORK.network().ledger(mspId);
            all.add(ledger.height());
            all.add(HexFormat.of().formatHex(ledger.currentHash()));
        }
        return all;
    }

    private static void awaitNoOpenWaits() throws InterruptedException {
        for (int i = 0; i < 3000 && NETWORK.network().openWaits() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(NETWORK.network().openWaits()).isZero();
    }
}
