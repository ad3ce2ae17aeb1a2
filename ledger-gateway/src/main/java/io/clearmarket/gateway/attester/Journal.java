package io.clearmarket.gateway.attester;

import io.clearmarket.wallet.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines that is only ever added to, by one process at a time. A line that a crash left without its end was never acknowledged, and is
 * cut off; any other that can't be read is an error.
 */
final class Journal implements AutoCloseable {
    private static final int LONGEST_LINE = 16 << 20;

    private final FileChannel channel;
    private long end;
    private boolean broken;

    private Journal(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens it, made where it is absent.
     *
     * @param line gets each line, in order, without its end
     * @throws IllegalStateException if another process has it open
     */
    static Journal open(Path file, Consumer<byte[]> line) throws IOException {
        if (!Files.exists(file)) {
            PrivateFiles.write(file, new byte[0]);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true);
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new IllegalStateException(file + " is in use: another process runs on it");
            }
            Journal journal = new Journal(channel);
            journal.read(file, line);
            return journal;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    private void read(Path file, Consumer<byte[]> line) throws IOException {
        byte[] buffer = new byte[1 << 16];
        byte[] open = new byte[0];
        InputStream in = Channels.newInputStream(channel);
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            int from = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    byte[] whole = joined(open, buffer, from, i);
                    hand(file, line, whole);
                    end += whole.length + 1L;
                    open = new byte[0];
                    from = i + 1;
                }
            }
            open = joined(open, buffer, from, count);
            if (open.length > LONGEST_LINE) {
                throw new IOException(file + ": a line is longer than 16 MiB");
            }
        }
        channel.truncate(end);
        channel.force(true);
    }

    private static byte[] joined(byte[] open, byte[] buffer, int from, int to) {
        byte[] whole = Arrays.copyOf(open, open.length + to - from);
        System.arraycopy(buffer, from, whole, open.length, to - from);
        return whole;
    }

    private void hand(Path file, Consumer<byte[]> line, byte[] bytes) throws IOException {
        try {
            line.accept(bytes);
        } catch (RuntimeException e) {
            throw new IOException(file + ": the line at byte " + end + " can't be read: " + e.getMessage(), e);
        }
    }

    /**
     * Adds a line.
     *
     * @param durably true if it must be on the disk when this returns
     * @throws IOException if it may not be there; nothing can be added any more then
     */
    void append(byte[] line, boolean durably) throws IOException {
        if (broken) {
            throw new IOException("an earlier line could not be written; restart on a disk that can");
        }
        broken = true;
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(line, line.length + 1));
        bytes.put(line.length, (byte) '\n');
        long at = end;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        if (durably) {
            channel.force(false);
        }
        end = at;
        broken = false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
