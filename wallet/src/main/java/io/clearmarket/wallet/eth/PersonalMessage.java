package io.clearmarket.wallet.eth;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text signed by an account, as wallets' {@code personal_sign} does it (EIP-191, version 0x45). */
public final class PersonalMessage {
    private PersonalMessage() {}

    /** The digest that {@link Secp256k1Key#signDigest} takes: prefix, length in bytes as decimal, UTF-8 text. */
    public static byte[] digest(String text) {
        byte[] message = text.getBytes(UTF_8);
        byte[] prefix = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(UTF_8);
        return Keccak.hash256(prefix, message);
    }
}
