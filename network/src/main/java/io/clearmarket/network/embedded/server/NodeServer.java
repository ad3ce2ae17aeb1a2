package io.clearmarket.network.embedded.server;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One node's gRPC server. Handlers run on virtual threads and may block. */
public final class NodeServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

    /** Fabric's nodes wait 5 s, but seldom start all in one process. */
    private static final int HANDSHAKE_SECONDS = 10;

    private static final int KEEP_ALIVE_MINUTES = 5;

    private final String host;
    private final Server server;
    private final ExecutorService handlers;

    private NodeServer(String host, Server server, ExecutorService handlers) {
        this.host = host;
        this.server = server;
        this.handlers = handlers;
    }

    /**
     * Where a node listens.
     *
     * @param node whose server this is, for the message if the port is taken
     * @param port 0 for any free one
     */
    public record Listening(String node, String host, int port) {}

    /**
     * What it shows, and whom it lets in.
     *
     * @param certificate PEM file
     * @param key PEM file
     * @param clientAuthorities PEM files of those whose certificates a client must show one of; empty: it need not show any
     */
    public record Credentials(Path certificate, Path key, List<Path> clientAuthorities) {
        ServerCredentials forServer() throws IOException {
            TlsServerCredentials.Builder builder =
                    TlsServerCredentials.newBuilder().keyManager(certificate.toFile(), key.toFile());
            if (clientAuthorities.isEmpty()) {
                // asked for and not looked at, as Fabric does: a discovery request is bound to it
                builder.trustManager(new AnyClient()).clientAuth(TlsServerCredentials.ClientAuth.OPTIONAL);
            } else {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                for (Path authority : clientAuthorities) {
                    all.writeBytes(Files.readAllBytes(authority));
                }
                builder.trustManager(new ByteArrayInputStream(all.toByteArray()))
                        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
            }
            return builder.build();
        }
    }

    /**
     * Starts listening, with TLS.
     *
     * @throws IOException naming host and port if they cannot be had
     */
    public static NodeServer start(Listening at, Credentials credentials, List<BindableService> services)
            throws IOException {
        boolean mutual = !credentials.clientAuthorities().isEmpty();
        return start(at, credentials.forServer(), mutual, services);
    }

    /** The same without TLS, for what runs beside the node. */
    public static NodeServer startPlain(Listening at, List<BindableService> services) throws IOException {
        return start(at, InsecureServerCredentials.create(), false, services);
    }

    private static NodeServer start(
            Listening at, ServerCredentials credentials, boolean mutual, List<BindableService> services)
            throws IOException {
        ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(at.host(), at.port()), credentials)
                .executor(handlers)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                // who connects and says nothing, or is gone without saying so, does not stay
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTime(KEEP_ALIVE_MINUTES, TimeUnit.MINUTES)
                .permitKeepAliveTime(1, TimeUnit.MINUTES)
                .permitKeepAliveWithoutCalls(true);
        builder.intercept(new TlsBinding.Interceptor(mutual));
        services.forEach(service -> builder.addService(ServerInterceptors.intercept(
                ServerInterceptors.useInputStreamMessages(service.bindService()), new MalformedMessages())));
        try {
            return new NodeServer(at.host(), builder.build().start(), handlers);
        } catch (IOException e) {
            handlers.close();
            if (isInUse(e)) {
                throw new IOException(
                        "port " + at.port() + " on " + at.host() + ", wanted by " + at.node()
                                + ", is in use: stop what listens there, or choose another port",
                        e);
            }
            throw e;
        }
    }

    /** The native transport has an exception of its own for it; only the text is the same everywhere. */
    private static boolean isInUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("already in use")) {
                return true;
            }
        }
        return false;
    }

    /** {@code host:port} with the port really taken. */
    public String address() {
        return host + ":" + server.getPort();
    }

    /** Ends open calls and returns when the port is free. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handlers.shutdown();
    }
}
