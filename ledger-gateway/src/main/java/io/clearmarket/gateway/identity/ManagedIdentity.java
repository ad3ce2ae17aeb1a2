package io.clearmarket.gateway.identity;

import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.identity.SigningIdentity;
import org.jspecify.annotations.Nullable;

/**
 * An identity whose keys this gateway holds.
 *
 * @param name its name in the configuration
 * @param signer its certificate and P-256 key
 * @param ethKey its secp256k1 key; absent for a party without money
 */
public record ManagedIdentity(
        String name, SigningIdentity signer, @Nullable Secp256k1Key ethKey) {
    /** The party it is. */
    public PartyId party() {
        return signer.partyId();
    }
}
