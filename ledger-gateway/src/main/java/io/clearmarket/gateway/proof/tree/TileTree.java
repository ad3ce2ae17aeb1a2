package io.clearmarket.gateway.proof.tree;

import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Roots and proofs of RFC 6962 (section 2.1), computed from C2SP tlog-tiles: a tile at level L holds the roots of up to 256
 * consecutive full subtrees of 256^L leaves each. A proof in a log of ten million leaves reads a dozen tiles.
 */
public final class TileTree {
    public static final int TILE_HEIGHT = 8;
    public static final int TILE_WIDTH = 1 << TILE_HEIGHT;

    /** Gives a tile's hashes, 32 bytes each; a partial tile may hold more than was asked for. */
    @FunctionalInterface
    public interface Tiles {
        byte[] tile(int level, long index);
    }

    private final Tiles tiles;

    public TileTree(Tiles tiles) {
        this.tiles = tiles;
    }

    /** The root of the first so many leaves. */
    public Hash root(long size) {
        return size == 0 ? Merkle.EMPTY_ROOT : range(0, size);
    }

    /** The inclusion proof of a leaf in the tree of that size, RFC 6962 section 2.1.1. */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not among " + size);
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.addFirst(range(middle, to));
                to = middle;
            } else {
                path.addFirst(range(from, middle));
                from = middle;
            }
        }
        return path;
    }

    /** The proof that the tree of the second size begins with that of the first, RFC 6962 section 2.1.2. */
    public List<Hash> consistency(long first, long second) {
        if (first < 1 || first > second) {
            throw new IllegalArgumentException("no tree of " + second + " leaves begins with one of " + first);
        }
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = second;
        while (first != to) {
            long middle = from + split(to - from);
            if (first <= middle) {
                proof.addFirst(range(middle, to));
                to = middle;
            } else {
                proof.addFirst(range(from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            proof.addFirst(range(from, to));
        }
        return proof;
    }

    /** The hash over a range as it occurs in the recursion: full subtrees on its left, the rest on its right. */
    private Hash range(long from, long to) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            return subtree(Long.numberOfTrailingZeros(length), from);
        }
        long middle = from + split(length);
        return Merkle.node(range(from, middle), range(middle, to));
    }

    /** The root of a full subtree. */
    private Hash subtree(int height, long firstLeaf) {
        int level = height / TILE_HEIGHT;
        int width = 1 << (height % TILE_HEIGHT);
        long first = firstLeaf >> (level * TILE_HEIGHT);
        byte[] tile = tiles.tile(level, first / TILE_WIDTH);
        int offset = (int) (first % TILE_WIDTH);
        return merge(tile, offset, width);
    }

    private static Hash merge(byte[] tile, int offset, int width) {
        if (width == 1) {
            int at = offset * Hash.BYTES;
            return Hash.of(Arrays.copyOfRange(tile, at, at + Hash.BYTES));
        }
        int half = width / 2;
        return Merkle.node(merge(tile, offset, half), merge(tile, offset + half, half));
    }

    /** The root of a full tile. */
    public static Hash full(byte[] tile) {
        return merge(tile, 0, TILE_WIDTH);
    }

    /** The largest power of two below n. */
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }
}
