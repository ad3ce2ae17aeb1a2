package io.clearmarket.gateway.client;

import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;

/**
 * Somebody who acts on the market with keys of their own.
 *
 * @param identity certificate and P-256 key
 * @param address secp256k1 key of their money
 * @param token bearer token for the gateway's API
 */
public record Actor(SigningIdentity identity, Secp256k1Key address, String token) {
    public PartyId party() {
        return identity.partyId();
    }

    /** Keys and tokens stay out of logs. */
    @Override
    public String toString() {
        return "Actor[" + party() + "]";
    }
}
