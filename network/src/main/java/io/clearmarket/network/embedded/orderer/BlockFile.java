package io.clearmarket.network.embedded.orderer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.hyperledger.fabric.protos.common.Block;
import org.jspecify.annotations.Nullable;

/**
 * The orderer's blocks in one file: length, CRC-32C and bytes of each, forced to disk before {@link #append} returns. A
 * torn record at the end, as a killed process may leave it, is cut off on opening. An {@link OffsetFile} beside it makes
 * opening quick. One writer, many readers.
 */
final class BlockFile implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BlockFile.class.getName());
    private static final int HEADER_BYTES = 8;

    private final FileChannel channel;
    private final OffsetFile index;
    private long[] offsets = new long[1024];
    private int count;
    private long end;

    private BlockFile(FileChannel channel, OffsetFile index) {
        this.channel = channel;
        this.index = index;
    }

    static BlockFile open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Path indexFile = file.resolveSibling(file.getFileName() + ".index");
        try {
            long[] known = OffsetFile.plausible(indexFile, channel.size());
            BlockFile blocks = new BlockFile(channel, OffsetFile.open(indexFile));
            blocks.scan(known);
            return blocks;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    synchronized long height() {
        return count;
    }

    /** @throws UncheckedIOException if the disk refuses; nothing of the block then counts */
    void append(Block block) {
        byte[] bytes = block.toByteArray();
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + bytes.length);
        frame.putInt(bytes.length).putInt(crc(bytes)).put(bytes).flip();
        try {
            long at = end;
            while (frame.hasRemaining()) {
                at += channel.write(frame, at);
            }
            channel.force(false);
            record(at);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the orderer cannot write block " + block.getHeader().getNumber(), e);
        }
    }

    /** The block that begins at the end now ends there. */
    private synchronized void record(long nextEnd) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.multiplyExact(2, count));
        }
        offsets[count] = end;
        note(count, end);
        count = Math.addExact(count, 1);
        end = nextEnd;
    }

    private void note(int number, long offset) {
        try {
            index.put(number, offset);
        } catch (IOException e) {
            // the block is stored; the next opening finds the gap and reads on from there
            LOG.log(Level.DEBUG, "the offset of block " + number + " is not noted", e);
        }
    }

    /** @throws IndexOutOfBoundsException if the number is not below {@link #height()} */
    Block read(long number) {
        long offset;
        synchronized (this) {
            offset = offsets[Objects.checkIndex(Math.toIntExact(number), count)];
        }
        try {
            byte[] bytes = readFrame(offset);
            if (bytes == null) {
                throw new IOException("block " + number + " in the orderer's file is damaged");
            }
            return Block.parseFrom(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads only what comes after the last known block, if that is where it should be; else everything. */
    private void scan(long[] known) throws IOException {
        long last = known.length == 0 ? 0 : known[known.length - 1];
        byte[] lastKnown = known.length == 0 ? null : readFrame(last);
        if (lastKnown != null && Block.parseFrom(lastKnown).getHeader().getNumber() == known.length - 1) {
            offsets = Arrays.copyOf(known, Math.max(known.length, offsets.length));
            count = known.length;
            end = last + HEADER_BYTES + lastKnown.length;
        }
        index.keep(count);
        for (byte[] bytes = readFrame(end); bytes != null; bytes = readFrame(end)) {
            record(end + HEADER_BYTES + bytes.length);
        }
        if (end < channel.size()) {
            refuseDamageBeforeTheEnd();
            channel.truncate(end);
            channel.force(true);
        }
    }

    /** A crash can tear the last record only; a bad one with others behind it is a damaged disk, not ours to cut away. */
    private void refuseDamageBeforeTheEnd() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (readFully(header, end) && header.getInt(0) >= 0 && end + HEADER_BYTES + header.getInt(0) < channel.size()) {
            throw new IOException("the orderer's block file is damaged at block " + count
                    + ": restore it from a backup, or start an empty network");
        }
    }

    private byte @Nullable [] readFrame(long offset) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        if (!readFully(header, offset)) {
            return null;
        }
        int length = header.getInt(0);
        if (length < 0 || length > channel.size() - offset - HEADER_BYTES) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        return readFully(body, offset + HEADER_BYTES) && crc(body.array()) == header.getInt(4) ? body.array() : null;
    }

    private boolean readFully(ByteBuffer into, long offset) throws IOException {
        long at = offset;
        while (into.hasRemaining()) {
            int read = channel.read(into, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        index.close();
        channel.close();
    }
}
