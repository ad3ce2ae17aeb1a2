package io.clearmarket.network.fabric.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TLS connection to a node. */
public final class NodeConnection implements AutoCloseable {
    private static final int MAX_MESSAGE = 100 << 20;

    private final String address;
    private final ManagedChannel channel;

    private NodeConnection(String address, ManagedChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /**
     * Opened when it is first used.
     *
     * @param address {@code host:port}
     * @param tlsCa PEM file of the root that the node's certificate comes from
     * @param client whose certificate is shown: a peer's discovery service wants to see one, whichever it is
     * @param hostOverride the name in that certificate, where it isn't the host
     */
    public static NodeConnection to(String address, Path tlsCa, SigningIdentity client, @Nullable String hostOverride) {
        try {
            NettyChannelBuilder builder = NettyChannelBuilder.forTarget(
                            "dns:///" + address,
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(tlsCa.toFile())
                                    .keyManager(
                                            stream(client.certificatePem()), stream(Pem.encode(client.privateKey())))
                                    .build())
                    .maxInboundMessageSize(MAX_MESSAGE);
            if (hostOverride != null) {
                builder.overrideAuthority(hostOverride);
            }
            return new NodeConnection(address, builder.build());
        } catch (IOException e) {
            throw new UncheckedIOException(tlsCa + " cannot be read", e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    public String address() {
        return address;
    }

    ManagedChannel channel() {
        return channel;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
