package io.clearmarket.gateway.testing;

import io.clearmarket.network.FreePorts;
import io.clearmarket.network.embedded.ChaincodeConfig;
import io.clearmarket.network.embedded.NetworkConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The chaincode's own jar in a process of its own, one server per peer; it ends when this process does. */
final class ChaincodeUnderTest implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 5;
    private static final long PAUSE_MILLIS = 50;

    private final ChaincodeConfig definition;
    private final Process process;
    private final Path log;

    private ChaincodeUnderTest(ChaincodeConfig definition, Process process, Path log) {
        this.definition = definition;
        this.process = process;
        this.log = log;
    }

    /** A server on a free port for each organisation. */
    static ChaincodeConfig definition() {
        Map<String, String> servers = new LinkedHashMap<>();
        NetworkConfig.DEFAULT_ORGANIZATIONS.forEach(mspId -> servers.put(mspId, "127.0.0.1:" + FreePorts.one()));
        return new ChaincodeConfig("market", "1.0", ChaincodeConfig.MARKET_POLICY, servers);
    }

    static ChaincodeUnderTest start(ChaincodeConfig definition, Path log) {
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
                                String.join(",", definition.servers().values()),
                        "CHAINCODE_ID", definition.packageId(),
                        "CHAINCODE_PARENT_STDIN", "1"));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return new ChaincodeUnderTest(definition, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        for (String server : definition.servers().values()) {
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
