package io.clearmarket.gateway.settlement;

/** What settlement does, by an operator's word. */
public enum Mode {
    /** Everything. */
    RUNNING,
    /** It reads the chain and says what it would do; nothing is sent to either ledger. */
    DRY_RUN,
    /** Nothing. What comes meanwhile waits; what was sent before may still take effect. */
    PAUSED
}
