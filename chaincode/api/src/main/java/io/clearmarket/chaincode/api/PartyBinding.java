package io.clearmarket.chaincode.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.identity.PartyId;

/**
 * What an EVM address signs to say "this certificate is mine too" (ERC-191 personal message, so that every wallet can show
 * it); the certificate says the same of the address by signing the registering transaction.
 */
public final class PartyBinding {
    private PartyBinding() {}

    /** The text that {@code personal_sign} shows and signs. */
    public static String message(String ledger, PartyId party) {
        return "Clearmarket: this address acts for party " + party + " on ledger " + ledger;
    }

    /** The ERC-191 version 0x45 bytes to hash with Keccak-256. */
    public static byte[] signedBytes(String ledger, PartyId party) {
        byte[] message = message(ledger, party).getBytes(UTF_8);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(UTF_8);
        byte[] all = new byte[prefix.length + message.length];
        System.arraycopy(prefix, 0, all, 0, prefix.length);
        System.arraycopy(message, 0, all, prefix.length, message.length);
        return all;
    }
}
