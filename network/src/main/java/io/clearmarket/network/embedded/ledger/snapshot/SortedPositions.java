package io.clearmarket.network.embedded.ledger.snapshot;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file of (fingerprint, position) pairs, sorted by fingerprint as unsigned numbers, pairs of one fingerprint in the order in
 * which they came; 8 bytes each, big-endian. It is mapped, so it takes no heap, and never changes.
 */
public final class SortedPositions {
    static final SortedPositions EMPTY = new SortedPositions(LongBuffer.allocate(0));

    private static final int PAIR = 2;
    private static final int PAIR_BYTES = PAIR * Long.BYTES;
    private static final long[] NONE = {};

    private final LongBuffer longs;

    private SortedPositions(LongBuffer longs) {
        this.longs = longs;
    }

    /** Maps a file that {@link PositionIndex#writeFrozen} wrote. */
    public static SortedPositions open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() % PAIR_BYTES != 0) {
                throw new IOException(file + " does not consist of pairs");
            }
            return new SortedPositions(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .asLongBuffer());
        }
    }

    int size() {
        return longs.limit() / PAIR;
    }

    long fingerprint(int pair) {
        return longs.get(pair * PAIR);
    }

    private long position(int pair) {
        return longs.get(pair * PAIR + 1);
    }

    /** All positions under a fingerprint, oldest first. */
    long[] find(long fingerprint) {
        int first = lowerBound(fingerprint);
        int end = first;
        while (end < size() && fingerprint(end) == fingerprint) {
            end++;
        }
        if (first == end) {
            return NONE;
        }
        long[] found = new long[end - first];
        for (int i = 0; i < found.length; i++) {
            found[i] = position(first + i);
        }
        return found;
    }

    private int lowerBound(long fingerprint) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(fingerprint(middle), fingerprint) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Writes these pairs with others merged in, each behind the older ones of its fingerprint.
     *
     * @param added sorted by fingerprint as unsigned numbers
     */
    void writeMerged(Pair[] added, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
        int old = 0;
        for (Pair pair : added) {
            while (old < size() && Long.compareUnsigned(fingerprint(old), pair.fingerprint()) <= 0) {
                write(fingerprint(old), position(old), out);
                old++;
            }
            write(pair.fingerprint(), pair.position(), out);
        }
        for (; old < size(); old++) {
            write(fingerprint(old), position(old), out);
        }
        out.flush();
    }

    private static void write(long fingerprint, long position, DataOutputStream out) throws IOException {
        out.writeLong(fingerprint);
        out.writeLong(position);
    }

    /** One pair. */
    record Pair(long fingerprint, long position) implements Comparable<Pair> {
        /** A stable sort by this keeps the order of one fingerprint's positions. */
        @Override
        public int compareTo(Pair other) {
            return Long.compareUnsigned(fingerprint, other.fingerprint);
        }
    }
}
