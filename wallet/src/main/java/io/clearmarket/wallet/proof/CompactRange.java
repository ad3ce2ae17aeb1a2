package io.clearmarket.wallet.proof;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing Merkle tree of which only the roots of the full subtrees are kept: one hash for each bit set in the size. */
public final class CompactRange {
    private final List<Hash> subtrees = new ArrayList<>();
    private long size;

    /** The tree without leaves. */
    public CompactRange() {}

    /**
     * A tree as it was saved.
     *
     * @param size number of leaves
     * @param saved {@link #save}'s bytes at that size
     * @throws IllegalArgumentException if the two do not fit
     */
    public static CompactRange restore(long size, byte[] saved) {
        if (size < 0 || saved.length != Long.bitCount(size) * Hash.BYTES) {
            throw new IllegalArgumentException(
                    "a tree of " + size + " leaves was not saved as " + saved.length + " bytes");
        }
        CompactRange range = new CompactRange();
        range.size = size;
        for (int at = 0; at < saved.length; at += Hash.BYTES) {
            range.subtrees.add(Hash.of(Arrays.copyOfRange(saved, at, at + Hash.BYTES)));
        }
        return range;
    }

    /** Adds a leaf. */
    public void append(Hash leaf) {
        Hash merged = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            merged = Merkle.node(subtrees.removeLast(), merged);
        }
        subtrees.add(merged);
        size++;
    }

    /** Number of leaves. */
    public long size() {
        return size;
    }

    /** The root at this size. */
    public Hash root() {
        if (subtrees.isEmpty()) {
            return Merkle.EMPTY_ROOT;
        }
        Hash root = subtrees.getLast();
        for (Hash left : subtrees.reversed().subList(1, subtrees.size())) {
            root = Merkle.node(left, root);
        }
        return root;
    }

    /** What {@link #restore} needs: the subtrees' roots, largest subtree first, 32 bytes each. */
    public byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        subtrees.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }
}
