package io.clearmarket.gateway.device;

import io.clearmarket.network.FreePorts;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Eclipse Mosquitto, a real MQTT broker, on a free port of this machine. */
final class Mosquitto implements AutoCloseable {
    private final int port;
    private final Process process;

    private Mosquitto(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** The program: as the launcher found or installed it, or where Debian puts it; empty if this machine has none. */
    static Optional<String> program() {
        String set = System.getenv("CLEARMARKET_MOSQUITTO");
        return Stream.of(
                        set == null ? "" : set,
                        "/usr/sbin/mosquitto",
                        "/usr/bin/mosquitto",
                        "/usr/local/sbin/mosquitto")
                .filter(path -> !path.isEmpty() && new File(path).canExecute())
                .findFirst();
    }

    /** Starts it; it keeps its sessions in memory. */
    static Mosquitto start(Path folder) {
        return start(folder, "");
    }

    /** Starts it with TLS. */
    static Mosquitto start(Path folder, SigningIdentity server) {
        Path certificate = folder.resolve("server.crt");
        Path key = folder.resolve("server.key");
        PrivateFiles.write(certificate, server.certificatePem());
        PrivateFiles.write(key, Pem.encode(server.privateKey()));
        return start(
                folder,
                "certfile " + certificate + "\nkeyfile " + key + "\nuser " + System.getProperty("user.name") + "\n");
    }

    private static Mosquitto start(Path folder, String more) {
        try {
            int port = FreePorts.one();
            Path settings = Files.writeString(
                    folder.resolve("mosquitto.conf"),
                    "listener " + port + " 127.0.0.1\n" + more + "allow_anonymous true\nmax_queued_messages 0\n");
            Process process = new ProcessBuilder(program().orElseThrow(), "-c", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("mosquitto.log").toFile())
                    .start();
            return new Mosquitto(port, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
