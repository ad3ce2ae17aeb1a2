package io.clearmarket.wallet.proof;

import java.util.List;

/** Hashes and proofs of RFC 6962's Merkle tree with SHA-256; verification as in RFC 9162, sections 2.1.3.2 and 2.1.4.2. */
public final class Merkle {
    /** The root of the tree without leaves: SHA-256 of nothing. */
    public static final Hash EMPTY_ROOT = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Merkle() {}

    /** SHA-256(0x00 || leaf), RFC 6962 section 2.1. */
    public static Hash leaf(byte[] leaf) {
        return Hash.sha256(LEAF, leaf);
    }

    /** SHA-256(0x01 || left || right), RFC 6962 section 2.1. */
    public static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }

    /**
     * True if the proof shows that the leaf is at that index of the tree.
     *
     * @param index from 0
     * @param size number of leaves
     * @param proof from the leaf's sibling up to the root's child; of exactly the length that index and size call for
     */
    public static boolean isIncluded(long index, long size, Hash leaf, Hash root, List<Hash> proof) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hash hash = leaf;
        long node = index;
        long last = size - 1;
        for (Hash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * True if the proof shows that the tree of the second size begins with the whole tree of the first.
     *
     * @param first number of leaves, at least 1: a proof that a tree begins with nothing says nothing, and is refused
     */
    public static boolean isConsistent(long first, long second, Hash firstRoot, Hash secondRoot, List<Hash> proof) {
        if (first < 1 || first > second) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        boolean whole = Long.bitCount(first) == 1;
        if (!whole && proof.isEmpty()) {
            return false;
        }
        Hash start = whole ? firstRoot : proof.getFirst();
        return connects(first, second, firstRoot, secondRoot, start, whole ? proof : proof.subList(1, proof.size()));
    }

    private static boolean connects(
            long first, long second, Hash firstRoot, Hash secondRoot, Hash start, List<Hash> rest) {
        long node = first - 1;
        long last = second - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash left = start;
        Hash all = start;
        for (Hash sibling : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                left = node(sibling, left);
                all = node(sibling, all);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                all = node(all, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && left.equals(firstRoot) && all.equals(secondRoot);
    }
}
