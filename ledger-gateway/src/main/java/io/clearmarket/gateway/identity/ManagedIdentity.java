package io.clearmarket.gateway.identity;

import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;

/**
 * An identity whose keys this gateway holds.
 *
 * @param name its name in the configuration
 * @param signer its certificate and P-256 key
 */
public record ManagedIdentity(String name, SigningIdentity signer) {
    /** The party it is. */
    public PartyId party() {
        return signer.partyId();
    }
}
