package io.clearmarket.gateway.config;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server of a small process with one handler for all that it is asked. */
public final class HttpDoor implements AutoCloseable {
    private static final int BACKLOG = 32;

    static {
        // read once, as the JDK's server is loaded; without them whoever sends half of a request, or reads half of an
        // answer, keeps a thread for ever
        limit("sun.net.httpserver.maxReqTime", "20");
        limit("sun.net.httpserver.maxRspTime", "60");
    }

    private static void limit(String property, String seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, seconds);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Takes the port; nobody is answered before {@link #open}.
     *
     * @param atOnce how many requests are answered at once
     */
    public HttpDoor(InetSocketAddress where, int atOnce, HttpHandler handler) throws IOException {
        this.server = HttpServer.create(where, BACKLOG);
        this.threads = Executors.newFixedThreadPool(atOnce);
        server.setExecutor(threads);
        server.createContext("/", handler);
    }

    /** Answers from now on. */
    public void open() {
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
