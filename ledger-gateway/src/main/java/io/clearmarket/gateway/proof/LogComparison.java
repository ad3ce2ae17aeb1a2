package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.Checkpoint;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether two checkpoints are of one log that only grew (RFC 6962, section 2.1.2). Signatures are the caller's to verify. */
public sealed interface LogComparison {
    /** The larger tree begins with the smaller, or both are one. */
    record Continues() implements LogComparison {}

    /** They can't be of one log: whoever signed both showed two histories. Both notes are the evidence. */
    record Forked(String reason) implements LogComparison {}

    /** Nothing is shown either way. */
    record Unknown(String reason) implements LogComparison {}

    /**
     * Compares.
     *
     * @param tiles of either's log; null if there are none, so that only checkpoints of one size can be compared
     */
    static LogComparison of(Checkpoint one, Checkpoint other, @Nullable LogTiles tiles) {
        if (!one.origin().equals(other.origin())) {
            return new Unknown("they are of two logs, " + one.origin() + " and " + other.origin());
        }
        if (one.size() == other.size()) {
            return one.root().equals(other.root())
                    ? new Continues()
                    : new Forked("two roots of the same " + one.size() + " leaves");
        }
        if (one.size() == 0 || other.size() == 0) {
            return new Continues();
        }
        Checkpoint first = one.size() < other.size() ? one : other;
        Checkpoint second = one.size() < other.size() ? other : one;
        if (tiles == null) {
            return new Unknown("one has " + first.size() + " leaves and the other " + second.size()
                    + ", which takes the log's tiles to compare");
        }
        try {
            return grown(first, second, tiles.tree(second.size()));
        } catch (UncheckedIOException e) {
            return new Unknown("the log's tiles can't be had: " + e.getMessage());
        }
    }

    private static LogComparison grown(Checkpoint first, Checkpoint second, TileTree tree) {
        List<Hash> proof = tree.consistency(first.size(), second.size());
        if (Merkle.isConsistent(first.size(), second.size(), first.root(), second.root(), proof)) {
            return new Continues();
        }
        // the tiles are believed as far as the larger checkpoint's own root vouches for them
        Hash shown = tree.root(first.size());
        return Merkle.isConsistent(first.size(), second.size(), shown, second.root(), proof)
                ? new Forked("the log of " + second.size() + " leaves begins with " + first.size()
                        + " others, whose root is " + shown.base64())
                : new Unknown("the tiles are of neither's log");
    }
}
