package io.clearmarket.network.fabric;

import io.clearmarket.network.embedded.NetworkException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second network out of a directory; the system releases it when the process ends, however that ends. */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws NetworkException if a network runs there */
    static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("network.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new NetworkException("another network is running in " + directory
                        + "; stop that one, or give this one its own directory");
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new NetworkException("the directory " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new NetworkException("the lock of the directory could not be released: " + e.getMessage(), e);
        }
    }
}
