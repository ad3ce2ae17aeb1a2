package io.clearmarket.wallet.proof;

import java.util.Base64;

/** Base64 (RFC 4648 section 4) with one spelling for each value: padded, no stray bits, nothing between. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below
        }
        throw InvalidProof.format("\"" + Shortened.of(text) + "\" is not base64 in its canonical form");
    }
}
