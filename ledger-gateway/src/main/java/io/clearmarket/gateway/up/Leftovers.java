package io.clearmarket.gateway.up;

import io.clearmarket.wallet.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers on disk which processes were started, so that those that outlived a killed {@code up} are ended by the next
 * one: by pid, and only if the process of that pid began when ours did.
 */
final class Leftovers {
    private final Path file;
    private final List<Started> started = new ArrayList<>();

    /** A process that we started. */
    record Started(String name, long pid, Instant at) {}

    Leftovers(Path file) {
        this.file = file;
    }

    synchronized void add(String name, long pid) {
        ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .ifPresent(at -> started.add(new Started(name, pid, at)));
        write();
    }

    synchronized Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        started.forEach(process -> pids.put(process.name(), process.pid()));
        return pids;
    }

    /** Ends what an earlier run has left running. */
    void endAll() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            for (Started old : Json.MAPPER.readValue(Files.readAllBytes(file), Started[].class)) {
                ProcessHandle.of(old.pid())
                        .filter(process -> process.info()
                                .startInstant()
                                .filter(old.at()::equals)
                                .isPresent())
                        .ifPresent(Leftovers::end);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clear();
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new UpException("process " + process.pid() + " of an earlier run can't be ended: " + e.getMessage());
        }
    }

    synchronized void clear() {
        started.clear();
        if (!Files.exists(file)) {
            return; // nor its folder, perhaps
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        try {
            Files.write(file, Json.MAPPER.writeValueAsBytes(started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
