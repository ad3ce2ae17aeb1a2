package io.clearmarket.network.embedded.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Records in one file: length, CRC-32C and bytes of each, forced to disk before {@link #append} returns. To forget a record
 * the file is written anew. A torn record at the end, as a killed process may leave it, is cut off. One user at a time.
 */
final class PrivateFile implements AutoCloseable {
    private static final int HEAD = 8;

    private final Path file;
    private FileChannel channel;
    private long end;

    private PrivateFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens or makes the file and hands out what is in it. */
    static PrivateFile open(Path file, Consumer<byte[]> records) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            PrivateFile opened = new PrivateFile(file, channel(file));
            opened.read(records);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("the private data in " + file + " cannot be read", e);
        }
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void read(Consumer<byte[]> records) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int at = 0;
        while (all.length - at >= HEAD) {
            ByteBuffer head = ByteBuffer.wrap(all, at, HEAD);
            int length = head.getInt();
            int crc = head.getInt();
            if (length <= 0 || length > all.length - at - HEAD || crc(all, at + HEAD, length) != crc) {
                refuseDamageBeforeTheEnd(all, at, length);
                break;
            }
            byte[] content = new byte[length];
            System.arraycopy(all, at + HEAD, content, 0, length);
            records.accept(content);
            at += HEAD + length;
        }
        end = at;
        if (at < all.length) {
            channel.truncate(end);
            channel.force(true);
        }
    }

    /** A crash can tear the last record only; a bad one with others behind it is a damaged disk. */
    private void refuseDamageBeforeTheEnd(byte[] all, int at, int length) throws IOException {
        if (length > 0 && (long) at + HEAD + length < all.length) {
            throw new IOException(file + " is damaged at byte " + at + ": restore it from a backup");
        }
    }

    void append(List<byte[]> records) {
        try {
            end = write(channel, end, records);
        } catch (IOException e) {
            throw new UncheckedIOException("private data cannot be written to " + file, e);
        }
    }

    /** Replaces everything; the old content is gone from the file system when this returns. */
    void rewrite(List<byte[]> records) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            long written;
            try (FileChannel fresh = channel(next)) {
                written = write(fresh, 0, records);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
            channel.close();
            channel = channel(file);
            end = written;
        } catch (IOException e) {
            throw new UncheckedIOException("private data cannot be written to " + file, e);
        }
    }

    private static long write(FileChannel to, long from, List<byte[]> records) throws IOException {
        int size = records.stream().mapToInt(record -> HEAD + record.length).sum();
        ByteBuffer frames = ByteBuffer.allocate(size);
        for (byte[] record : records) {
            frames.putInt(record.length).putInt(crc(record, 0, record.length)).put(record);
        }
        frames.flip();
        long at = from;
        while (frames.hasRemaining()) {
            at += to.write(frames, at);
        }
        to.force(false);
        return at;
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
