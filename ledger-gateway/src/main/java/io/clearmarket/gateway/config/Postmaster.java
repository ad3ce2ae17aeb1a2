package io.clearmarket.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that runs on a data folder.
 *
 * @param process its first process
 * @param port where it listens
 */
record Postmaster(ProcessHandle process, int port) {
    /** PostgreSQL's postmaster.pid: process id, data folder, start time, port, ..., status on line 8. */
    private static final int PORT_LINE = 3;

    private static final int STATUS_LINE = 7;

    private static final int TRIES = 300;
    private static final long PAUSE_MILLIS = 100;

    /** The one that runs on this folder, once it accepts connections; null if there is none. */
    static @Nullable Postmaster of(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        for (int i = 0; i < TRIES && Files.exists(file); i++) {
            List<String> lines = Files.readAllLines(file);
            long pid = Long.parseLong(lines.getFirst().strip());
            Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(handle -> servesFrom(handle, data));
            if (process.isEmpty()) {
                return null;
            }
            if (lines.size() > STATUS_LINE && lines.get(STATUS_LINE).startsWith("ready")) {
                return new Postmaster(
                        process.get(), Integer.parseInt(lines.get(PORT_LINE).strip()));
            }
            pause();
        }
        return null;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the database was starting", e);
        }
    }

    /** Process ids are used again: another program must never be taken for the database. */
    private static boolean servesFrom(ProcessHandle process, Path data) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }
}
