package io.clearmarket.gateway.testing;

/** Known bugs of settlement engines, each a switch of the simulation: whoever looks for bugs must be seen to find these. */
public enum Bug {
    /** What got no answer is signed again under the next nonce and sent beside the first (web3j#332). */
    DOUBLE_SEND_AFTER_TIMEOUT,
    /** A node that does not answer is taken for one that has no logs (web3j#703). */
    LOST_FILTERS,
    /** A receipt in the newest block is taken for the end (evmconnect#72). */
    FLIPPING_RECEIPTS,
    /** That a command was carried out is stored before it is sent (firefly#1219). */
    IDEMPOTENCY_BEFORE_SUBMIT,
    /** The position moves past a block before what it says is stored (firefly-transaction-manager#182). */
    CHECKPOINT_PAST_UNACKNOWLEDGED,
    /** A command whose fate is unknown is repeated under a new id. */
    NEW_COMMAND_ID_AFTER_TIMEOUT,
    /** Logs are believed from the moment a block has them. */
    NO_WAIT_FOR_FINALITY,
    /** How far the chain was read and what was read there are stored one after the other. */
    POSITION_APART_FROM_EFFECT,
    /** A transaction is sent before its row is committed. */
    SENT_BEFORE_PERSISTED,
    /** Once a transaction is replaced, its old hash is forgotten. */
    REPLACEMENT_FORGOTTEN,
    /** What offers too little is signed anew under the next nonce. */
    REPLACED_UNDER_NEW_NONCE,
    /** The chain is what one node says. */
    ONE_NODE_BELIEVED,
    /** The next nonce is what one node says. */
    NONCE_OF_ONE_NODE,
    /** What became of a transaction is what one node says. */
    RECEIPT_OF_ONE_NODE,
    /** A fact counts as recorded once it is signed. */
    RECORDED_BEFORE_COMMITTED,
    /** A batch that took no effect counts as paid. */
    FAILED_BATCH_FORGOTTEN
}
