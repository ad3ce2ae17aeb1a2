package io.clearmarket.network.conformance;

/** What not every network can do; a statement that needs one which is missing is reported as not run, never as held. */
public enum Capability {
    /** Chaincode definitions may have collections. */
    PRIVATE_DATA,
    /** A second channel {@link NetworkPlan#OTHER_CHANNEL} with the same members and chaincodes. */
    OTHER_CHANNEL,
    /** {@link NetworkUnderTest#redeploy} while the network runs. */
    UPGRADE,
    /** Definitions may require an Init call. */
    INIT_REQUIRED,
    /** {@link NetworkUnderTest#stopPeer} and {@link NetworkUnderTest#startPeer}. */
    STOP_PEER,
    /** {@link NetworkUnderTest#stopOrderer} and {@link NetworkUnderTest#startOrderer}. */
    STOP_ORDERER,
    /** {@link NetworkUnderTest#revoke}. */
    REVOCATION,
    /** {@link NetworkPlan#orderers} may be three, and {@link NetworkUnderTest#stopOrderers} ends some of them. */
    THREE_ORDERERS
}
