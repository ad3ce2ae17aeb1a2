package io.clearmarket.contracts;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running development chain (anvil). It ends with {@link #close()}, and with this JVM at the latest, unless this JVM
 * is killed with a signal that can't be caught.
 */
public final class AnvilProcess implements AutoCloseable {

    /** The well-known development seed phrase: its accounts are funded, and nobody's money must ever be on them. */
    public static final String MNEMONIC = "test test test test test test test test test test test junk";

    private static final Pattern LISTENING = Pattern.compile("Listening on (127\\.0\\.0\\.1:\\d+)");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int LAST_LINES = 10;

    private final Process process;
    private final URI address;
    private final Thread stopAtExit;

    private AnvilProcess(Process process, URI address, Thread stopAtExit) {
        this.process = process;
        this.address = address;
        this.stopAtExit = stopAtExit;
    }

    /**
     * Starts a chain and returns once it answers.
     *
     * @throws ToolMissingException if there is no anvil to start
     * @throws IOException if it ends or stays silent instead of listening; the message holds its last words
     */
    public static AnvilProcess start(ContractTools tools, AnvilOptions options) throws IOException {
        Path log = options.log().isPresent() ? options.log().get() : Files.createTempFile("anvil", ".log");
        List<String> command = new ArrayList<>(List.of(tools.anvil().toString()));
        command.addAll(options.arguments());
        // To a file and not a pipe: nobody has to keep reading for anvil to go on.
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (options.log().isEmpty()) {
            log.toFile().deleteOnExit();
        }
        Thread stopAtExit = new Thread(() -> stop(process), "stop anvil " + process.pid());
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        try {
            return new AnvilProcess(process, awaitAddress(process, log), stopAtExit);
        } catch (IOException e) {
            stop(process);
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
            throw e;
        }
    }

    /** Where its JSON-RPC is. */
    public URI address() {
        return address;
    }

    /** The operating system's id of the chain's process. */
    public long pid() {
        return process.pid();
    }

    /** Asks the chain to write its state and end, and ends it when it does not. */
    @Override
    public void close() {
        stop(process);
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook runs by itself and finds nothing to stop.
        }
    }

    private static URI awaitAddress(Process process, Path log) throws IOException {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (true) {
            boolean alive = process.isAlive();
            String output = Files.readString(log);
            Matcher listening = LISTENING.matcher(output);
            if (listening.find()) {
                return URI.create("http://" + listening.group(1));
            }
            if (!alive) {
                throw new IOException(
                        "anvil ended with %d before it listened: %s".formatted(process.exitValue(), lastLines(output)));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException(
                        "anvil did not listen within %d s: %s".formatted(START_TIMEOUT.toSeconds(), lastLines(output)));
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while anvil was starting", e);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
