package io.clearmarket.network.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The processes that serve the suite's chaincodes. Each ends with its standard input, so none outlives the suite.
 */
final class ChaincodePrograms implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final long PROBE_PAUSE_NANOS = 20_000_000;

    private final Path log;
    private final List<Process> processes = new ArrayList<>();

    ChaincodePrograms(Path log) {
        this.log = log;
    }

    /** Starts a program; its output goes to the log. */
    void start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        processes.add(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** Returns when something listens on each port. */
    void awaitListening(Collection<Integer> ports) throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        for (int port : ports) {
            while (!listens(port)) {
                if (System.nanoTime() > deadline || processes.stream().anyMatch(process -> !process.isAlive())) {
                    throw new IOException("no chaincode listens on port " + port + "; see " + log);
                }
                LockSupport.parkNanos(PROBE_PAUSE_NANOS);
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.destroy();
            try {
                if (!process.waitFor(5, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
