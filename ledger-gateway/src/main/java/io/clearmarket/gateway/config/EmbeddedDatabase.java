package io.clearmarket.gateway.config;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the gateway's own, for those who have none: real binaries, reachable from this machine only, its
 * data kept from one start to the next. A server that a killed gateway left behind is taken over, not started again.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 20;

    private final int port;
    private final @Nullable EmbeddedPostgres started;
    private final @Nullable ProcessHandle takenOver;

    private EmbeddedDatabase(int port, @Nullable EmbeddedPostgres started, @Nullable ProcessHandle takenOver) {
        this.port = port;
        this.started = started;
        this.takenOver = takenOver;
    }

    /**
     * Opens the database in a folder; it is made if it does not exist.
     *
     * @throws UncheckedIOException naming the folder, if it can't be started
     */
    public static EmbeddedDatabase open(Path folder) {
        Path data = folder.toAbsolutePath();
        try {
            Postmaster running = Postmaster.of(data);
            if (running != null) {
                LOG.info(
                        "taking over the database process {} on port {}",
                        running.process().pid(),
                        running.port());
                return new EmbeddedDatabase(running.port(), null, running.process());
            }
            EmbeddedPostgres postgres = start(data);
            return new EmbeddedDatabase(postgres.getPort(), postgres, null);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database in " + data + " does not start", e);
        }
    }

    /** Where it is reached. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?reWriteBatchedInserts=true";
    }

    /** Stops the server. */
    @Override
    public void close() {
        try {
            if (started != null) {
                started.close();
            }
            if (takenOver != null) {
                stop(takenOver);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database does not stop", e);
        }
    }

    private static EmbeddedPostgres start(Path data) throws IOException {
        Files.createDirectories(data.getParent());
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "60")
                // the library turns both off; what was acknowledged must survive a kill and a power cut
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                // its log, a file for each day of the week: nobody reads the pipe that it would write to otherwise.
                // Errors of
                // statements are not in it: who sent them is told, and they may hold values
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", "log")
                .setServerConfig("log_filename", "postgresql-%a.log")
                .setServerConfig("log_truncate_on_rotation", "on")
                .setServerConfig("log_rotation_size", "0")
                .setServerConfig("log_min_messages", "log")
                .start();
    }

    /** SIGINT is PostgreSQL's fast shutdown: open sessions end, everything is written. */
    private static void stop(ProcessHandle postmaster) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
        try {
            postmaster.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + postmaster.pid() + " is still there after " + STOP_SECONDS + " s", e);
        }
    }
}
