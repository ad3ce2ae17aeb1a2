package io.clearmarket.chaincode.moves;

import io.clearmarket.chaincode.api.Consignment;
import io.clearmarket.chaincode.api.Consignment.Dispute;
import io.clearmarket.chaincode.api.Terms;
import io.clearmarket.wallet.identity.PartyId;

/** Whom a command of a consignment is for. A party is the public key that the terms or the shipping name. */
public enum Actor {
    BUYER,
    MERCHANT,
    /** The carrier named at shipping. */
    CARRIER,
    /** The arbiter whose turn it is. */
    ARBITER,
    /** Anybody: only time, or attested evidence, makes it legal. */
    ANYBODY;

    /** True if the party is this one of the consignment. */
    public boolean is(PartyId asker, Consignment consignment, Terms terms) {
        return switch (this) {
            case BUYER -> asker.equals(consignment.buyer());
            case MERCHANT -> asker.equals(consignment.merchant());
            case CARRIER -> asker.equals(consignment.carrier());
            case ARBITER -> {
                Dispute dispute = consignment.dispute();
                yield dispute != null && asker.equals(terms.arbiters().get(dispute.arbiter()));
            }
            case ANYBODY -> true;
        };
    }
}
