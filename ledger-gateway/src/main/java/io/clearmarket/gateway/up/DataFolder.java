package io.clearmarket.gateway.up;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder that holds all state of one system, locked while it runs so that two never share it. */
final class DataFolder implements AutoCloseable {
    private static final long NEEDED_BYTES = 500L << 20;

    /** What no system's state depends on: the lock and the build's log. */
    private static final Set<String> KEPT = Set.of("up.lock", "build.log");

    private final FileChannel channel;

    private DataFolder(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws UpException if another system runs on it, it can't be written, or the disk is nearly full */
    static DataFolder open(Path folder, boolean fresh) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                prepare(folder, channel, fresh);
                return new DataFolder(channel);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new UpException("the data folder " + folder + " can't be used: " + e.getMessage()
                    + "; choose another with --data DIR");
        }
    }

    private static void prepare(Path folder, FileChannel channel, boolean fresh) throws IOException {
        if (tryLock(channel) == null) {
            throw new UpException("another ./clearmarket up is running on " + folder
                    + "; stop that one (Ctrl-C), or give this one its own folder with --data DIR");
        }
        if (fresh) {
            empty(folder);
        }
        requireSpace(folder);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private static void requireSpace(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < NEEDED_BYTES) {
            throw new UpException("only " + (free >> 20) + " MB are free where " + folder + " is; free at least "
                    + (NEEDED_BYTES >> 20) + " MB, or choose another place with --data DIR");
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(file.getParent())
                        || !KEPT.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (!directory.equals(folder)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UpException("the lock of the data folder could not be released: " + e.getMessage());
        }
    }
}
