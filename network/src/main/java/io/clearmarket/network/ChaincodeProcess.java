package io.clearmarket.network;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that serves a chaincode: one jar for all peers, or one command for each. It is restarted when it dies. The jar
 * cannot outlive this process, however that ends: it stops when its standard input does, and that pipe is held here.
 */
final class ChaincodeProcess implements RunningChaincode {
    private static final System.Logger LOG = System.getLogger(ChaincodeProcess.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration HEALTHY_AFTER = Duration.ofSeconds(30);
    private static final long PROBE_PAUSE_NANOS = 20_000_000;

    private final ProcessBuilder builder;
    private final Collection<String> addresses;
    private final File log;
    private final Thread keeper;
    private volatile boolean closing;
    private volatile Process process;

    private ChaincodeProcess(ProcessBuilder builder, Collection<String> addresses, File log) throws IOException {
        this.builder = builder;
        this.addresses = addresses;
        this.log = log;
        this.process = builder.start();
        this.keeper = Thread.ofPlatform().name("chaincode-keeper").daemon().unstarted(this::keepAlive);
    }

    /**
     * Starts one process for all peers; {@link #awaitListening} says when it serves.
     *
     * @param addresses {@code host:port} of each server to start
     * @param log where its output goes
     */
    static ChaincodeProcess jar(Path jar, String packageId, Collection<String> addresses, Path log) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                // quick to warm: a network for development rarely lives as long as the second compiler needs to pay
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar.toAbsolutePath().toString());
        Map<String, String> environment = Map.of(
                "CHAINCODE_SERVERS",
                String.join(",", addresses),
                "CHAINCODE_ID",
                packageId,
                "CHAINCODE_PARENT_STDIN",
                "1");
        return start(command, environment, addresses, log);
    }

    /**
     * Starts a shell command that is the server of one peer, told by the variables that Fabric's samples and shims read:
     * {@code CHAINCODE_SERVER_ADDRESS}, {@code CHAINCODE_ID}, {@code CORE_CHAINCODE_ID_NAME}.
     */
    static ChaincodeProcess command(String shellCommand, String packageId, String address, Path log) {
        Map<String, String> environment = Map.of(
                "CHAINCODE_SERVER_ADDRESS", address,
                "CHAINCODE_ID", packageId,
                "CORE_CHAINCODE_ID_NAME", packageId);
        return start(List.of("/bin/sh", "-c", shellCommand), environment, List.of(address), log);
    }

    /**
     * Starts a shell command that dials its peer, told by the variables that Fabric's shims read: {@code CORE_PEER_ADDRESS},
     * {@code CORE_CHAINCODE_ID_NAME}, {@code CORE_PEER_TLS_ENABLED}.
     */
    static ChaincodeProcess dialling(String shellCommand, String packageId, String peerAddress, Path log) {
        Map<String, String> environment = Map.of(
                "CORE_PEER_ADDRESS", peerAddress,
                "CORE_CHAINCODE_ID_NAME", packageId,
                "CORE_PEER_TLS_ENABLED", "false");
        return start(List.of("/bin/sh", "-c", shellCommand), environment, List.of(), log);
    }

    private static ChaincodeProcess start(
            List<String> command, Map<String, String> environment, Collection<String> addresses, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        File logFile = log.toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(logFile));
        try {
            ChaincodeProcess started = new ChaincodeProcess(builder, List.copyOf(addresses), logFile);
            started.keeper.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("the chaincode cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    /** @throws IllegalStateException naming the log if a server does not come to listen in time */
    void awaitListening(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        for (String address : addresses) {
            while (!listens(address)) {
                if (System.nanoTime() > deadline || closing) {
                    throw new IllegalStateException("the chaincode does not listen at " + address + " after "
                            + timeout.toSeconds() + " s; see " + log);
                }
                LockSupport.parkNanos(PROBE_PAUSE_NANOS);
            }
        }
    }

    private static boolean listens(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket probe = new Socket()) {
            probe.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void keepAlive() {
        Duration pause = FIRST_PAUSE;
        while (!closing) {
            long started = System.nanoTime();
            try {
                int code = process.waitFor();
                if (closing) {
                    return;
                }
                boolean wasHealthy = System.nanoTime() - started > HEALTHY_AFTER.toNanos();
                pause = wasHealthy ? FIRST_PAUSE : pause;
                LOG.log(
                        Level.WARNING,
                        "the chaincode ended with code {0}; starting it again in {1} ms, see {2}",
                        code,
                        pause.toMillis(),
                        log);
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                restart();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void restart() {
        if (closing) {
            return;
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the chaincode cannot be started again", e);
        }
    }

    /** Asks it to end, and ends it by force if it does not within five seconds; what a shell has started, before the shell. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        keeper.interrupt();
        end(process.descendants().toList());
        end(List.of(process.toHandle()));
    }

    private static void end(List<ProcessHandle> handles) {
        handles.forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : handles) {
            try {
                handle.onExit().get(5, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException stubborn) {
                handle.destroyForcibly();
            } catch (InterruptedException e) {
                handle.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
