package io.clearmarket.network.embedded.peer.chaincode;

import io.clearmarket.network.embedded.ledger.PeerLedger;

/** Which package a peer's organisation has approved to run a definition. */
@FunctionalInterface
public interface ApprovedPackages {
    /**
     * The package id; "" if the organisation runs the chaincode nowhere.
     *
     * @throws ChaincodeFailure if the organisation has not approved the definition
     */
    String of(PeerLedger.ChaincodeDefinition definition) throws ChaincodeFailure;
}
