package io.clearmarket.network.conformance;

import io.clearmarket.wallet.identity.Pem;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A TLS connection to each organisation's gateway. */
final class Connections implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 100 << 20;

    private final NetworkUnderTest network;
    private final Map<String, ManagedChannel> open = new ConcurrentHashMap<>();

    Connections(NetworkUnderTest network) {
        this.network = network;
    }

    ManagedChannel to(String mspId) {
        return open.computeIfAbsent(mspId, id -> dial(network.organization(id)));
    }

    private static ManagedChannel dial(NetworkUnderTest.Organization organization) {
        byte[] root = Pem.encode(organization.tlsCa()).getBytes(StandardCharsets.US_ASCII);
        try {
            return NettyChannelBuilder.forTarget(
                            "dns:///" + organization.peerAddress(),
                            TlsChannelCredentials.newBuilder()
                                    .trustManager(new ByteArrayInputStream(root))
                                    .build())
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("the TLS root of " + organization.mspId() + " is unusable", e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(ManagedChannel::shutdownNow);
        for (ManagedChannel channel : open.values()) {
            try {
                channel.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
