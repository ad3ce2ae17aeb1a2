package io.clearmarket.gateway.device;

/** What became of a batch. */
public enum Verdict {
    /** Kept, and under a root on the ledger soon. */
    ACCEPTED,
    /** It is no signed batch of readings, or tells of a time to come. */
    MALFORMED,
    /** Nobody registered the device. */
    UNKNOWN_DEVICE,
    /** The signature is not the device's. */
    FORGED,
    /** The device was revoked. */
    REVOKED,
    /** The very batch is here already. */
    REPLAYED,
    /** Its sequence number or its times are not after those of the device's last batch. */
    OUT_OF_ORDER
}
