package io.clearmarket.gateway.settlement;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.chaincode.api.Evidence;
import io.clearmarket.gateway.chain.BlockRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts read from the settlement chain, and up to where it has been read. What a method changes is durable when it returns. */
interface FactStore {
    /** A fact that waits to be recorded; the evidence is there once a quorum has signed. */
    record Waiting(Evidence.Seen seen, @Nullable Evidence evidence, int attempts) {}

    /** How far the chain has been read. */
    record ReadUpTo(long block, Digest hash) {}

    Optional<ReadUpTo> position();

    /** Stores facts and position together; a fact that is known already stays as it is. */
    void store(List<Evidence.Seen> facts, BlockRef readUpTo);

    /**
     * The oldest waiting fact of each escrow, those that are due, in the chain's order; those of escrows that the read model knows come first, since anybody
     * can make others.
     */
    List<Waiting> due(int limit);

    /** Keeps evidence of a fact that has none yet. */
    void keep(Evidence evidence);

    /** The ledger has it. */
    void recorded(Evidence.Seen seen);

    /**
     * Tries again after a while.
     *
     * @param keepEvidence false if it has to be signed anew
     */
    void postpone(Evidence.Seen seen, String problem, Duration wait, boolean keepEvidence);

    /** How many facts wait. */
    long open();

    /** How many facts wait although they were tried several times. */
    long stuck();
}
