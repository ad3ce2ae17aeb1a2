package io.clearmarket.wallet.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store says about a key without a passphrase.
 *
 * @param name the key's name in the store
 * @param kind what it is for
 * @param publicId who its holder is: a party id, an account's address, or a raw public key in hex
 * @param mspId the organisation that certified it, once one has
 * @param created when it came into the store
 */
public record WalletEntry(
        String name,
        KeyKind kind,
        String publicId,
        @Nullable String mspId,
        Instant created) {}
