package io.clearmarket.gateway.settlement.attester;

/** An operator's pause in front of an attester's key. It outlives a restart of whatever keeps it. */
public interface Pausable {
    /**
     * Stops or resumes the signing of entitlements; facts for the ledger go on.
     *
     * @param by who wants it, for the record
     */
    void pause(boolean paused, String by);

    /** True while the pause lasts. */
    boolean isPaused();
}
