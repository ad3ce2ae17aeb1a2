package io.clearmarket.gateway.device;

import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import java.util.ArrayList;
import java.util.List;

/** The RFC 6962 tree over batches, in the order in which they were taken in. */
final class BatchTree {
    private final List<Hash> leaves;

    /** @param leaves at least one */
    BatchTree(List<Hash> leaves) {
        this.leaves = List.copyOf(leaves);
    }

    Hash root() {
        return root(leaves);
    }

    /** The inclusion proof of a batch (RFC 6962, section 2.1.1), from the leaf's sibling upwards. */
    List<Hash> path(int index) {
        List<Hash> path = new ArrayList<>();
        int from = 0;
        int to = leaves.size();
        while (to - from > 1) {
            int middle = from + Integer.highestOneBit(to - from - 1);
            if (index < middle) {
                path.addFirst(root(leaves.subList(middle, to)));
                to = middle;
            } else {
                path.addFirst(root(leaves.subList(from, middle)));
                from = middle;
            }
        }
        return path;
    }

    private static Hash root(List<Hash> leaves) {
        CompactRange tree = new CompactRange();
        leaves.forEach(tree::append);
        return tree.root();
    }
}
