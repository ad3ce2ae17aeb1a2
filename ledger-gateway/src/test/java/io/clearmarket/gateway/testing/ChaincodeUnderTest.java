package io.clearmarket.gateway.testing;

import io.clearmarket.network.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The chaincode's own jar in a process of its own, one server per peer; it ends when this process does. */
final class ChaincodeUnderTest implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 5;
    private static final long PAUSE_MILLIS = 50;

    private final Collection<String> servers;
    private final Process process;
    private final Path log;

    private ChaincodeUnderTest(Collection<String> servers, Process process, Path log) {
        this.servers = servers;
        this.process = process;
        this.log = log;
    }

    /** {@code host:port} of a server on a free port for each organisation. */
    static Map<String, String> servers(List<String> mspIds) {
        Map<String, String> servers = new LinkedHashMap<>();
        mspIds.forEach(mspId -> servers.put(mspId, "127.0.0.1:" + FreePorts.one()));
        return servers;
    }

    /** @param servers {@code host:port} of each */
    static ChaincodeUnderTest start(Collection<String> servers, String packageId, Path log) {
        Path jar = Path.of(
                System.getProperty("clearmarket.root", ".."), "chaincode/service/target/clearmarket-chaincode.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is not there; build it: mvn -pl chaincode/service -am package");
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
        builder.environment()
                .putAll(Map.of(
                        "CHAINCODE_SERVERS",
                        String.join(",", servers),
                        "CHAINCODE_ID",
                        packageId,
                        "CHAINCODE_PARENT_STDIN",
                        "1"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return new ChaincodeUnderTest(servers, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        for (String server : servers) {
            int port = Integer.parseInt(server.substring(server.indexOf(':') + 1));
            while (!listens(port)) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new IllegalStateException("the chaincode does not listen on " + server + "; see " + log);
                }
                pause();
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
