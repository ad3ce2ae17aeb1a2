package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers on disk which processes were started, so that those that outlived a killed run are ended by the next one: by
 * pid, and only if the process of that pid began when ours did.
 */
final class ProcessRegister {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int GRACE_SECONDS = 20;

    private final Path file;
    private final List<Started> started = new ArrayList<>();

    /** A process that we started, and when it began, in milliseconds since 1970. */
    record Started(String name, long pid, long at) {}

    ProcessRegister(Path file) {
        this.file = file;
    }

    synchronized void add(String name, long pid) {
        beginning(pid).ifPresent(at -> started.add(new Started(name, pid, at)));
        write();
    }

    synchronized void remove(long pid) {
        started.removeIf(process -> process.pid() == pid);
        write();
    }

    private static Optional<Long> beginning(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli);
    }

    /** Ends what an earlier run has left running. */
    synchronized void endAll() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<ProcessHandle> left = new ArrayList<>();
            for (Started old : JSON.readValue(PrivateFiles.read(file), Started[].class)) {
                if (beginning(old.pid()).filter(at -> at == old.at()).isPresent()) {
                    ProcessHandle.of(old.pid()).ifPresent(left::add);
                }
            }
            left.forEach(ProcessHandle::destroy);
            left.forEach(ProcessRegister::awaitEnd);
            Files.deleteIfExists(file);
        } catch (IOException | JacksonException e) {
            throw new NetworkException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new NetworkException("process " + process.pid() + " of an earlier run can't be ended", e);
        }
    }

    private void write() {
        if (started.isEmpty()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new NetworkException(file + " cannot be deleted: " + e.getMessage(), e);
            }
            return;
        }
        PrivateFiles.write(file, JSON.writeValueAsBytes(started));
    }
}
