package io.clearmarket.gateway.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process that we started and will end. Its output goes to a log file; its standard input is a pipe that it may watch,
 * so that it ends with us even when we are killed.
 */
final class ManagedProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int TELLING_LINES = 5;

    private final String name;
    private final Process process;
    private final Path log;
    private final ClassArchive classes;

    private ManagedProcess(String name, Process process, Path log, ClassArchive classes) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.classes = classes;
    }

    /** @param classes what it loads; its options are part of the command */
    static ManagedProcess start(
            String name, List<String> command, Map<String, String> environment, Path log, ClassArchive classes) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new ManagedProcess(name, builder.start(), log, classes);
        } catch (IOException e) {
            throw new UpException(name + " could not be started: " + e.getMessage());
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    ClassArchive classes() {
        return classes;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the condition holds.
     *
     * @throws UpException if the process ends first or the time is over, with the last lines of its log
     */
    void await(BooleanSupplier ready, Duration atMost) {
        Instant until = Instant.now().plus(atMost);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new UpException(name + " ended with exit code " + process.exitValue() + "; " + lastWords());
            }
            if (Instant.now().isAfter(until)) {
                throw new UpException(name + " was not ready after " + atMost.toSeconds() + " s; " + lastWords());
            }
            sleep();
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - TELLING_LINES), lines.size());
            return "its log " + log + " ends with:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "its log " + log + " can't be read";
        }
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpException("interrupted while waiting");
        }
    }

    /** Kills it without notice, as a power cut would. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks it to end, waits, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
