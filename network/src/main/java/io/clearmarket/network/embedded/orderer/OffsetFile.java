package io.clearmarket.network.embedded.orderer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Where each block begins in a {@link BlockFile}: 8 bytes each, big-endian. It only saves reading all blocks on opening, so it
 * is not forced to disk; whoever opens it checks what it says.
 */
final class OffsetFile implements AutoCloseable {
    private final FileChannel channel;

    private OffsetFile(FileChannel channel) {
        this.channel = channel;
    }

    static OffsetFile open(Path file) throws IOException {
        return new OffsetFile(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** The longest beginning that can be true: from 0, rising, all below the end. */
    static long[] plausible(Path file, long end) throws IOException {
        if (!Files.exists(file)) {
            return new long[0];
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        long[] offsets = new long[bytes.remaining() / Long.BYTES];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = bytes.getLong();
            boolean plausible = i == 0 ? offsets[i] == 0 : offsets[i] > offsets[i - 1];
            if (!plausible || offsets[i] >= end) {
                return Arrays.copyOf(offsets, i);
            }
        }
        return offsets;
    }

    /** Notes the offset of a block. */
    void put(int number, long offset) throws IOException {
        long at = (long) number * Long.BYTES;
        ByteBuffer entry = ByteBuffer.allocate(Long.BYTES).putLong(offset).flip();
        while (entry.hasRemaining()) {
            at += channel.write(entry, at);
        }
    }

    /** Forgets all but the first so many. */
    void keep(int count) throws IOException {
        channel.truncate((long) count * Long.BYTES);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
