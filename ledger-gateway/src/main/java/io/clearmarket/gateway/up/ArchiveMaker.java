package io.clearmarket.gateway.up;

import io.clearmarket.gateway.up.ClassArchive.Making;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the archives of classes that a build lacks, one after the other, beside the system whose programs listed them, and ends with it. */
final class ArchiveMaker implements AutoCloseable {
    private final Queue<ClassArchive> archives;
    private final Path log;
    private final LongConsumer started;
    private @Nullable CompletableFuture<Void> running;
    private @Nullable Process process;
    private boolean closed;

    private ArchiveMaker(Collection<ClassArchive> archives, Path log, LongConsumer started) {
        this.archives = new ArrayDeque<>(archives);
        this.log = log;
        this.started = started;
    }

    /** @param started told the id of each process */
    static ArchiveMaker start(Collection<ClassArchive> archives, Path log, LongConsumer started) {
        ArchiveMaker maker = new ArchiveMaker(archives, log, started);
        maker.next();
        return maker;
    }

    private synchronized void next() {
        while (!closed && !archives.isEmpty()) {
            Optional<Making> missing = archives.remove().makeIfMissing();
            if (missing.isPresent()) {
                make(missing.get());
                return;
            }
        }
    }

    private void make(Making archive) {
        try {
            Process dump = archive.start(log);
            process = dump;
            started.accept(dump.pid());
            running = dump.onExit().thenAccept(ended -> ended(archive, ended.exitValue() == 0));
        } catch (IOException e) {
            tell(e);
        }
    }

    private void ended(Making archive, boolean well) {
        try {
            archive.ended(well);
        } catch (IOException e) {
            tell(e);
        }
        next();
    }

    private static void tell(IOException problem) {
        System.err.println("clearmarket: the next start will be slower: " + problem.getMessage());
    }

    /** What is half made is given up. */
    @Override
    public void close() {
        CompletableFuture<Void> last;
        synchronized (this) {
            closed = true;
            if (process != null) {
                process.destroy();
            }
            last = running;
        }
        if (last != null) {
            last.join();
        }
    }
}
