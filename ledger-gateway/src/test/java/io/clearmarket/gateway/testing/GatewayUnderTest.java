package io.clearmarket.gateway.testing;

import io.clearmarket.gateway.GatewayApplication;
import io.clearmarket.gateway.up.ClassArchive;
import io.clearmarket.gateway.up.Launch;
import io.clearmarket.network.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built gateway in a process of its own. */
public final class GatewayUnderTest implements AutoCloseable {
    private static final long START_SECONDS = 120;
    private static final long PAUSE_MILLIS = 100;

    private static final int KILLED = 137;
    private static final int LAST_LINES = 20;

    private final Process process;
    private final int port;
    private final Path log;

    private GatewayUnderTest(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static GatewayUnderTest start(List<String> arguments, Path log) {
        int port = FreePorts.one();
        Path root = Path.of(System.getProperty("clearmarket.root"));
        String classPath = Launch.classPath(root, "ledger-gateway", "clearmarket-ledger-gateway");
        List<String> command = new ArrayList<>(List.of(Launch.java(), Launch.compilers()));
        command.addAll(
                ClassArchive.of(Launch.archives(root), "gateway", classPath, log.resolveSibling("gateway.classes"))
                        .use());
        command.addAll(
                List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, GatewayApplication.class.getName()));
        arguments.stream().filter(each -> !each.startsWith("--server.port=")).forEach(command::add);
        command.add("--server.port=" + port);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            GatewayUnderTest started = new GatewayUnderTest(process, port, log);
            started.awaitListening();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Waits until it has ended by itself; its exit code. */
    public int awaitEnd(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gateway is still running after " + seconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** True until it has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it: SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd(START_SECONDS);
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && !listens()) {
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the gateway does not listen on " + port);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        requireRunningOrKilled();
    }

    private void requireRunningOrKilled() {
        if (process.isAlive() || process.exitValue() == KILLED) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(log);
            throw new IllegalStateException("the gateway ended with " + process.exitValue() + ": "
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
