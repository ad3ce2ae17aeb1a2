package io.clearmarket.gateway.attester;

/** The moments of an attester at which a test kills it. What is lost by a crash is asked for again, and what was counted counts once. */
public enum AttesterStep {
    /** Facts are signed; the gateway has no answer. It asks again, and they are signed again. */
    FACTS_SIGNED,
    /** Entitlements are counted against the limit, on the disk; nothing is signed. The same cumulative amounts count once. */
    OUTFLOW_RESERVED,
    /** A batch is signed; the gateway has no answer. It asks for another batch of the same amounts. */
    BATCH_SIGNED;

    /** What a process that stops dead ends with. */
    public static final int KILLED = 137;
}
