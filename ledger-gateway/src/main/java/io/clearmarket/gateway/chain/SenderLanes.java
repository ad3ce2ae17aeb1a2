package io.clearmarket.gateway.chain;

import io.clearmarket.chaincode.api.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Several accounts that send, each with nonces of its own: what is stuck in one lane, for want of gas or because of a nonce, holds up no other. New ones go
 * to the lane where the fewest are open. A purpose is signed once in all lanes together.
 */
final class SenderLanes {
    private final List<DurableSender> lanes;

    /** @param lanes over stores that find a purpose whichever of them stored it, and that lock together */
    SenderLanes(List<DurableSender> lanes) {
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("somebody has to send");
        }
        this.lanes = List.copyOf(lanes);
    }

    /** The one for the next transaction. */
    DurableSender next() {
        return lanes.size() == 1
                ? lanes.getFirst()
                : lanes.stream()
                        .min(Comparator.comparingLong(DurableSender::open))
                        .orElseThrow();
    }

    /** The first. */
    DurableSender first() {
        return lanes.getFirst();
    }

    /** What became of a purpose, if it was ever signed. */
    Optional<ChainTransaction> find(String purpose) {
        return lanes.getFirst().find(purpose);
    }

    /** The transaction of a purpose that was signed before. */
    Optional<Digest> signed(String purpose) {
        return find(purpose).map(ChainTransaction::hash);
    }

    /** Sends what is signed, sends again what is in doubt, and looks up what has become final, in each lane. */
    void tick() {
        for (DurableSender lane : lanes) {
            lane.reprice();
            lane.flush();
            lane.resendDoubtful();
            lane.resolve();
        }
    }

    /** How many are signed and not final. */
    long open() {
        return lanes.stream().mapToLong(DurableSender::open).sum();
    }
}
