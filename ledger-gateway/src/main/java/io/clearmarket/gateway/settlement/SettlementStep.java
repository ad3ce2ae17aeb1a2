package io.clearmarket.gateway.settlement;

/**
 * The moments between persisting and sending, in the order in which one consignment's money passes them. Whatever is lost
 * by a crash at one of them is found again by looking, and what was done is never done twice.
 */
public enum SettlementStep {
    /** A deposit's signed transaction is committed; nothing was sent. */
    DEPOSIT_PERSISTED,
    /** The node has transactions; no row says so. They are sent again as the same bytes. */
    CHAIN_SENT,
    /** Logs of a range were read; neither they nor the position are stored. The range is read again. */
    LOGS_READ,
    /** Logs and position are committed together; nothing was signed. */
    LOGS_PERSISTED,
    /** Attesters signed facts; the signatures are not stored. They sign again. */
    EVIDENCE_SIGNED,
    /** The evidence is committed; no command was submitted. */
    EVIDENCE_PERSISTED,
    /** The command is on the ledger; the row does not say so. It is submitted again, with no second effect. */
    EVIDENCE_COMMITTED,
    /** An attester in this process counted entitlements against its limit; it signed nothing. The same cumulative amounts count once. */
    OUTFLOW_RESERVED,
    /** Attesters signed a batch of entitlements; nothing is stored. A new batch is made. */
    PAYOUT_SIGNED,
    /** The batch and its signed transaction are committed together; nothing was sent. */
    PAYOUT_PERSISTED,
    /** The batch's transaction is final; the batch does not say so. Its outcome is looked up again. */
    PAYOUT_FINAL,
    /** A command's signed envelope is committed; nothing was sent. It is sent after the start. */
    ENVELOPE_PERSISTED,
    /** The orderer has the envelope; nobody was told. It is looked for in the blocks, and sent again as the same bytes. */
    ENVELOPE_SENT,
    /** A block has the envelope; the row does not say so. The block is read again. */
    ENVELOPE_COMMITTED,
    /** A transaction that offered too little is signed anew under its own nonce and committed; it was not sent. */
    TRANSACTION_REPRICED,
    /** A standby and its fellows signed a batch in the required attester's place; nothing is stored. A new batch is made. */
    STANDBY_SIGNED,
    /** That batch and the signed transaction that announces it are committed together; nothing was sent. */
    STANDBY_PERSISTED,
    /** The delay is over, and the signed transaction that settles by the standby's batch is committed; nothing was sent. */
    STANDBY_SETTLING
}
