package io.clearmarket.wallet.proof;

import java.util.ArrayList;
import java.util.List;

/** RFC 6962 section 2.1 as it is written, recursive and slow: what the quick code is compared with. */
final class ReferenceTree {
    private final List<Hash> leaves = new ArrayList<>();

    void add(Hash leaf) {
        leaves.add(leaf);
    }

    Hash root(int size) {
        return root(leaves.subList(0, size));
    }

    List<Hash> inclusion(int index, int size) {
        return path(index, leaves.subList(0, size));
    }

    List<Hash> consistency(int first, int second) {
        return subproof(first, leaves.subList(0, second), true);
    }

    private static Hash root(List<Hash> part) {
        if (part.isEmpty()) {
            return Merkle.EMPTY_ROOT;
        }
        if (part.size() == 1) {
            return part.getFirst();
        }
        int k = split(part.size());
        return Merkle.node(root(part.subList(0, k)), root(part.subList(k, part.size())));
    }

    private static List<Hash> path(int index, List<Hash> part) {
        if (part.size() == 1) {
            return List.of();
        }
        int k = split(part.size());
        boolean left = index < k;
        List<Hash> path =
                new ArrayList<>(left ? path(index, part.subList(0, k)) : path(index - k, part.subList(k, part.size())));
        path.add(root(left ? part.subList(k, part.size()) : part.subList(0, k)));
        return path;
    }

    private static List<Hash> subproof(int m, List<Hash> part, boolean whole) {
        if (m == part.size()) {
            return whole ? List.of() : List.of(root(part));
        }
        int k = split(part.size());
        boolean left = m <= k;
        List<Hash> proof = new ArrayList<>(
                left ? subproof(m, part.subList(0, k), whole) : subproof(m - k, part.subList(k, part.size()), false));
        proof.add(root(left ? part.subList(k, part.size()) : part.subList(0, k)));
        return proof;
    }

    /** The largest power of two below n. */
    private static int split(int n) {
        return Integer.highestOneBit(n - 1);
    }
}
