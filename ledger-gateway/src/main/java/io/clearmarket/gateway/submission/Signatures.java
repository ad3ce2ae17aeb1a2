package io.clearmarket.gateway.submission;

import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.p256.P256;

/** Signatures made by callers' devices. */
final class Signatures {
    private static final int RAW_BYTES = 64;

    private Signatures() {}

    /**
     * The signature in the one form that Fabric takes, DER with low s, from that or from what WebCrypto gives.
     *
     * @throws SubmissionFailure if it is not the signer's over these bytes
     */
    static byte[] checked(Identity signer, byte[] message, byte[] signature) {
        try {
            byte[] der = signature.length == RAW_BYTES ? P256.fromP1363(signature) : P256.lowS(signature);
            if (signer.verify(message, der)) {
                return der;
            }
        } catch (IllegalArgumentException e) {
            throw bad("not a P-256 signature: " + e.getMessage());
        }
        throw bad("it is not by the key of " + signer + " over these bytes (ECDSA P-256 over their SHA-256)");
    }

    private static SubmissionFailure bad(String why) {
        return new SubmissionFailure(SubmissionFailure.Kind.BAD_SIGNATURE, "the signature is refused: " + why, null);
    }
}
