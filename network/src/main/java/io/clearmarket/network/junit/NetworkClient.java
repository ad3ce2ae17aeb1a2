package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.identity.X509Identity;
import org.jspecify.annotations.Nullable;

/** The unmodified fabric-gateway client, connected over TLS as one identity to one organisation's gateway. */
public final class NetworkClient implements AutoCloseable {
    private final ManagedChannel connection;
    private final Gateway gateway;
    private final String channel;

    private NetworkClient(ManagedChannel connection, Gateway gateway, String channel) {
        this.connection = connection;
        this.gateway = gateway;
        this.channel = channel;
    }

    /**
     * A client of this name, enrolled at the organisation whose gateway it uses.
     *
     * @param peer whose gateway: an MSP id, or {@code <MSP id>/peer1} for another than the first
     */
    public static NetworkClient connect(EmbeddedNetwork network, String peer, String userName) {
        String mspId = network.organization(peer).mspId();
        SigningIdentity user = network.issue(mspId, userName, NodeOu.CLIENT, Map.of());
        if (!network.config().mutualTls()) {
            return connect(network, peer, user);
        }
        Path tls = network.userTlsDirectory(mspId, userName);
        return connect(network, peer, user, tls);
    }

    /** A client with any identity, through any peer's gateway. */
    public static NetworkClient connect(EmbeddedNetwork network, String peer, SigningIdentity user) {
        return connect(network.organization(peer), network.channel(), user);
    }

    /**
     * A client that shows a TLS certificate.
     *
     * @param tls folder with {@code client.crt} and {@code client.key}
     */
    public static NetworkClient connect(EmbeddedNetwork network, String peer, SigningIdentity user, Path tls) {
        Organization organization = network.organization(peer);
        Path certificate = tls.resolve("client.crt");
        ManagedChannel connection = dial(organization, tls);
        Gateway.Builder gateway = gateway(connection, user).tlsClientCertificateHash(hash(certificate));
        return new NetworkClient(connection, gateway.connect(), network.channel());
    }

    /** A client with any identity, on a channel of any network, through this organisation's gateway. */
    public static NetworkClient connect(Organization organization, String channel, SigningIdentity user) {
        ManagedChannel connection = dial(organization);
        return new NetworkClient(connection, gateway(connection, user).connect(), channel);
    }

    private static Gateway.Builder gateway(ManagedChannel connection, SigningIdentity user) {
        return Gateway.newInstance()
                .identity(new X509Identity(user.mspId(), user.certificate()))
                .hash(Hash.NONE)
                .signer(message -> P256.sign(user.privateKey(), message))
                .connection(connection);
    }

    /** By which a block stream is bound to its connection: SHA-256 of the certificate. */
    private static byte[] hash(Path certificate) {
        try {
            return Digests.sha256(
                    Pem.certificate(PrivateFiles.readText(certificate)).getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(certificate + " cannot be encoded", e);
        }
    }

    /** A TLS connection to an organisation's peer. */
    public static ManagedChannel dial(Organization organization) {
        return dial(organization.peerAddress(), organization.tlsCaFile());
    }

    /**
     * A TLS connection to an organisation's peer that shows a certificate.
     *
     * @param tls folder with {@code client.crt} and {@code client.key}
     */
    public static ManagedChannel dial(Organization organization, Path tls) {
        return dial(
                organization.peerAddress(),
                organization.tlsCaFile(),
                tls.resolve("client.crt"),
                tls.resolve("client.key"));
    }

    /**
     * A TLS connection to any node.
     *
     * @param address {@code host:port}
     * @param tlsCaFile what its certificate is checked against, PEM
     */
    public static ManagedChannel dial(String address, Path tlsCaFile) {
        return dial(address, tlsCaFile, null, null);
    }

    /** The same, showing a certificate where there is one. */
    private static ManagedChannel dial(String address, Path tlsCaFile, @Nullable Path certificate, @Nullable Path key) {
        try {
            TlsChannelCredentials.Builder credentials =
                    TlsChannelCredentials.newBuilder().trustManager(tlsCaFile.toFile());
            if (certificate != null && key != null) {
                credentials.keyManager(certificate.toFile(), key.toFile());
            }
            return NettyChannelBuilder.forTarget("dns:///" + address, credentials.build())
                    .maxInboundMessageSize(100 << 20)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tlsCaFile, e);
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    public Network network() {
        return gateway.getNetwork(channel);
    }

    /** Another channel than the one that this client was made for. */
    public Network network(String otherChannel) {
        return gateway.getNetwork(otherChannel);
    }

    public Contract contract(String chaincode) {
        return network().getContract(chaincode);
    }

    @Override
    public void close() {
        gateway.close();
        connection.shutdownNow();
        try {
            connection.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
