package io.clearmarket.gateway.fabric;

import io.clearmarket.gateway.config.NetworkFile;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.identity.X509Identity;

/** Connections to the organisations' peers over TLS, one each, opened when first used. */
final class Peers implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;
    private static final Duration EVALUATION = Duration.ofSeconds(30);
    /** How long an endorsement may take. */
    static final Duration ENDORSEMENT = Duration.ofSeconds(30);

    private static final Duration SUBMISSION = Duration.ofSeconds(15);
    private static final long CLOSE_SECONDS = 2;

    private final NetworkFile network;
    private final Path networkFile;
    private final String channelName;
    private final SigningIdentity reader;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /**
     * @param networkFile {@code network.json}
     * @param reader who this gateway is to the peers
     */
    Peers(Path networkFile, String channelName, SigningIdentity reader) {
        this.network = NetworkFile.read(networkFile);
        this.networkFile = networkFile;
        this.channelName = channelName;
        this.reader = reader;
    }

    /** An organisation's peer. */
    Peer of(String mspId) {
        return peers.computeIfAbsent(mspId, this::connect);
    }

    @Override
    public void close() {
        for (Peer peer : peers.values()) {
            peer.gateway().close();
            peer.channel().shutdownNow();
        }
        for (Peer peer : peers.values()) {
            try {
                peer.channel().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Peer connect(String mspId) {
        NetworkFile.Organization organization = network.organization(mspId);
        ManagedChannel channel = channel(organization);
        // the reader's key hashes by itself, so the client must not
        Gateway gateway = Gateway.newInstance()
                .identity(new X509Identity(reader.mspId(), reader.certificate()))
                .signer(reader::sign)
                .hash(Hash.NONE)
                .connection(channel)
                .evaluateOptions(options -> options.withDeadlineAfter(EVALUATION))
                .endorseOptions(options -> options.withDeadlineAfter(ENDORSEMENT))
                .submitOptions(options -> options.withDeadlineAfter(SUBMISSION))
                .connect();
        return new Peer(channel, gateway, gateway.getNetwork(channelName));
    }

    private ManagedChannel channel(NetworkFile.Organization organization) {
        try {
            NettyChannelBuilder builder = NettyChannelBuilder.forTarget("dns:///" + organization.peerAddress())
                    .sslContext(GrpcSslContexts.forClient()
                            .trustManager(networkFile
                                    .resolveSibling(organization.tlsCaCertificate())
                                    .toFile())
                            .build())
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES);
            String override = organization.hostOverride();
            return (override == null ? builder : builder.overrideAuthority(override)).build();
        } catch (SSLException e) {
            throw new UncheckedIOException(organization.tlsCaCertificate() + " is no TLS root certificate", e);
        }
    }

    /** A connected peer. */
    record Peer(ManagedChannel channel, Gateway gateway, Network network) {}
}
