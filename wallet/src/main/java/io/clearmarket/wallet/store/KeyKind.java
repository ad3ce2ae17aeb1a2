package io.clearmarket.wallet.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a key is for. */
public enum KeyKind {
    /** A member of a Fabric organisation. */
    P256,
    /** An account on an EVM chain. */
    SECP256K1,
    /** A witness of checkpoints. */
    ED25519;

    /** The name in files and on the command line. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@link IllegalArgumentException} if there is no such kind. */
    @JsonCreator
    public static KeyKind parse(String label) {
        for (KeyKind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("a key's kind is p256, secp256k1 or ed25519, not \"" + label + "\"");
    }
}
