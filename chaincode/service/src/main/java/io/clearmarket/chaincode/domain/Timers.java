package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Digest;

/** What anybody may do once time has made it legal. */
final class Timers {
    private Timers() {}

    static Outcome expireUnpaid(Subject subject) {
        return subject.moved("consignment.expired", subject.next().close());
    }

    static Outcome refundUnshipped(Subject subject) {
        return Releasing.allToBuyer(subject, "refundUnshipped", "consignment.refunded");
    }

    static Outcome releaseInspected(Subject subject) {
        return Releasing.allToMerchant(subject, "releaseInspected", "consignment.released");
    }

    /** Nobody gave a reason: the reason's digest is zero. */
    static Outcome openLost(Subject subject) {
        return Disputes.opened(subject, Digest.ZERO, "consignment.lost");
    }
}
