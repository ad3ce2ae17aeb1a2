package io.clearmarket.network.embedded.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.ledger.PeerLedger;
import io.clearmarket.network.junit.NetworkClient;
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

/** Connections to every gRPC door of a network, and what each is meant to get. */
final class DialledDoors implements AutoCloseable {
    private static final String IN_WORDS =
            "failed to get config for channel|failed to find any endorsing peers|see attached details for more info$";

    private final EmbeddedNetwork network;
    private final SigningIdentity user;
    private final NetworkClient client;
    private final Map<String, byte[]> good;
    private final Map<RawDoor.Node, ManagedChannel> nodes;

    private DialledDoors(
            EmbeddedNetwork network,
            SigningIdentity user,
            NetworkClient client,
            Map<String, byte[]> good,
            Map<RawDoor.Node, ManagedChannel> nodes) {
        this.network = network;
        this.user = user;
        this.client = client;
        this.good = good;
        this.nodes = nodes;
    }

    /**
     * Dials, and has {@code rig} commit what the good messages speak of.
     *
     * @param forChaincode where chaincode dials its peer
     */
    static DialledDoors of(EmbeddedNetwork network, String forChaincode) throws Exception {
        SigningIdentity user = network.issue("PlatformMSP", "user", NodeOu.CLIENT, Map.of());
        Path tls = network.userTlsDirectory("PlatformMSP", "user");
        byte[] tlsHash = Digests.sha256(
                Pem.certificate(Files.readString(tls.resolve("client.crt"))).getEncoded());
        NetworkClient client = NetworkClient.connect(network, "PlatformMSP", "user");
        Map<String, byte[]> good = GoodMessages.of(client.contract("rig"), user, tlsHash);
        ManagedChannel peer = NetworkClient.dial(network.organization("PlatformMSP"), tls);
        ManagedChannel orderer = NetworkClient.dial(
                network.ordererAddress(),
                network.config().dataDirectory().resolve("organizations/OrdererMSP/tlsca/ca-cert.pem"));
        ManagedChannel chaincode = NettyChannelBuilder.forTarget("dns:///" + forChaincode)
                .usePlaintext()
                .build();
        return new DialledDoors(
                network,
                user,
                client,
                good,
                Map.of(
                        RawDoor.Node.PEER, peer,
                        RawDoor.Node.ORDERER, orderer,
                        RawDoor.Node.PEER_FOR_CHAINCODE, chaincode));
    }

    /** Who signs the good messages. */
    SigningIdentity user() {
        return user;
    }

    /** The same user's connection to the gateway. */
    NetworkClient client() {
        return client;
    }

    /** The good message of a door. */
    byte[] message(RawDoor door) {
        return Objects.requireNonNull(good.get(door.method()), door.method()).clone();
    }

    /** The first answer's status. */
    Status knock(RawDoor door, byte[] message) {
        return door.knock(node(door), message);
    }

    /** Where the door is. */
    ManagedChannel node(RawDoor door) {
        return Objects.requireNonNull(nodes.get(door.node()));
    }

    /** Fails if the status is none that a node gives, but one of a fault inside it. */
    static void assertAnswered(RawDoor door, byte[] message, Status status) {
        String what = "%s to %s: %s".formatted(HexFormat.of().formatHex(message), door.method(), status);
        assertThat(status.getCode()).as(what).isNotIn(Status.Code.CANCELLED, Status.Code.UNIMPLEMENTED);
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            // in a gateway's words, as of a channel that it does not know; without them the connection is gone
            assertThat(status.getDescription()).as(what).containsPattern(IN_WORDS);
        }
        if (status.getCode() == Status.Code.INTERNAL) {
            assertThat(status.getDescription()).as(what).contains("Invalid protobuf byte sequence");
        }
        if (status.getCode() == Status.Code.UNKNOWN) {
            // the server's own word for an exception that nobody caught
            assertThat(status.getDescription()).as(what).isNotNull().doesNotContain("Application error");
        }
    }

    /** Height and newest block of each organisation's peer. */
    List<Object> ledgers() {
        List<Object> all = new ArrayList<>();
        for (String mspId : network.config().mspIds()) {
            PeerLedger ledger = network.ledger(mspId);
            all.add(ledger.height());
            all.add(HexFormat.of().formatHex(ledger.currentHash()));
        }
        return all;
    }

    /** Fails if a call that was ended still waits after half a minute. */
    void awaitNoOpenWaits() throws InterruptedException {
        for (int i = 0; i < 3000 && network.openWaits() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(network.openWaits()).isZero();
    }

    @Override
    public void close() {
        nodes.values().forEach(ManagedChannel::shutdownNow);
        client.close();
    }
}
