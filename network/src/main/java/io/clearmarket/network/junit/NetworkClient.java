package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.EmbeddedNetwork;
import io.clearmarket.network.embedded.Organization;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperledger.fabric.client.Contract;
import org.hyperledger.fabric.client.Gateway;
import org.hyperledger.fabric.client.Hash;
import org.hyperledger.fabric.client.Network;
import org.hyperledger.fabric.client.identity.X509Identity;

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

    /** A client of this name, enrolled at the organisation whose gateway it uses. */
    public static NetworkClient connect(EmbeddedNetwork network, String mspId, String userName) {
        SigningIdentity user = network.issue(mspId, userName, NodeOu.CLIENT, Map.of());
        return connect(network, mspId, user);
    }

    /** A client with any identity, through any organisation's gateway. */
    public static NetworkClient connect(EmbeddedNetwork network, String gatewayMspId, SigningIdentity user) {
        return connect(network.organization(gatewayMspId), network.channel(), user);
    }

    /** A client with any identity, on a channel of any network, through this organisation's gateway. */
    public static NetworkClient connect(Organization organization, String channel, SigningIdentity user) {
        ManagedChannel connection = dial(organization);
        Gateway gateway = Gateway.newInstance()
                .identity(new X509Identity(user.mspId(), user.certificate()))
                .hash(Hash.NONE)
                .signer(message -> P256.sign(user.privateKey(), message))
                .connection(connection)
                .connect();
        return new NetworkClient(connection, gateway, channel);
    }

    /** A TLS connection to an organisation's peer. */
    public static ManagedChannel dial(Organization organization) {
        return dial(organization.peerAddress(), organization.tlsCaFile());
    }

    /**
     * A TLS connection to any node.
     *
     * @param address {@code host:port}
     * @param tlsCaFile what its certificate is checked against, PEM
     */
    public static ManagedChannel dial(String address, Path tlsCaFile) {
        try {
            return NettyChannelBuilder.forTarget(
                            "dns:///" + address,
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(tlsCaFile.toFile())
                                    .build())
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
