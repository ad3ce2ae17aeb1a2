package io.clearmarket.chaincode.model;

/** Who asks, as the consignment sees them. */
public enum Who {
    BUYER,
    MERCHANT,
    CARRIER,
    FIRST_ARBITER,
    SECOND_ARBITER,
    STRANGER;

    boolean trades() {
        return this == BUYER || this == MERCHANT;
    }

    /** The arbiter with this place in the terms. */
    static Who arbiter(int index) {
        return index == 0 ? FIRST_ARBITER : SECOND_ARBITER;
    }
}
