package io.clearmarket.chaincode.adapter;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Serves the chaincode to one peer, which dials.
 * As the shim's {@code NettyGrpcServer}, which hands each message from the thread that reads to another one before it reaches
 * the shim; the shim takes messages without waiting, so here they go to it at once.
 */
final class PeerServer {
    private static final int MAX_MESSAGE = 100 * 1024 * 1024;
    private static final int KEEP_ALIVE_MINUTES = 1;
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 20;

    private final Server server;

    private PeerServer(Server server) {
        this.server = server;
    }

    /** Listens when it returns. */
    static PeerServer start(MarketService chaincode, InetSocketAddress address) throws IOException {
        Server server = NettyServerBuilder.forAddress(address)
                .directExecutor()
                .addService(chaincode)
                .maxInboundMessageSize(MAX_MESSAGE)
                .keepAliveTime(KEEP_ALIVE_MINUTES, TimeUnit.MINUTES)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(KEEP_ALIVE_MINUTES, TimeUnit.MINUTES)
                .permitKeepAliveWithoutCalls(true)
                .build();
        return new PeerServer(server.start());
    }

    void awaitEnd() throws InterruptedException {
        server.awaitTermination();
    }
}
