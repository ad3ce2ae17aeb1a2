package io.clearmarket.gateway.testing;

import io.clearmarket.gateway.attester.AttesterConfig;
import io.clearmarket.gateway.attester.AttesterProcess;
import io.clearmarket.gateway.up.ClassArchive;
import io.clearmarket.gateway.up.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The built attester in a process of its own, which a test may kill and start again on its files. */
public final class AttesterUnderTest implements AutoCloseable {
    private static final long START_SECONDS = 60;

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /** @param port of its door */
    public AttesterUnderTest(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts it and waits until it answers or has ended.
     *
     * @param crashAt a step to stop dead at, or empty
     */
    public void start(AttesterConfig config, String crashAt) {
        Path file = folder.resolve("attester.json");
        config.write(file);
        Path root = Path.of(System.getProperty("clearmarket.root"));
        String classPath = Launch.classPath(root, "ledger-gateway", "clearmarket-ledger-gateway");
        List<String> command = new ArrayList<>(List.of(Launch.java(), "-Xmx128m", Launch.compilers()));
        command.addAll(ClassArchive.of(Launch.archives(root), "attester", classPath, folder.resolve("attester.classes"))
                .use());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                AttesterProcess.class.getName(),
                file.toString()));
        if (!crashAt.isEmpty()) {
            command.add(crashAt);
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            awaitListening(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Its door's port. */
    public int port() {
        return port;
    }

    /** The folder with its files. */
    public Path folder() {
        return folder;
    }

    /** What it said so far. */
    public String said() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True until it has ended. */
    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its exit code, once it has ended. */
    public int exitCode() {
        return Objects.requireNonNull(process, "it is started first").exitValue();
    }

    /** Kills it: SIGKILL. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(START_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void awaitListening(Process started) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (started.isAlive() && !listens()) {
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the attester does not listen: " + said());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
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
