package io.clearmarket.wallet.fabric;

import io.clearmarket.wallet.ShownText;
import io.clearmarket.wallet.identity.Identity;
import io.clearmarket.wallet.identity.SigningIdentity;
import io.clearmarket.wallet.p256.P256;

/**
 * Signs what was shown, and completes what another device signed.
 *
 * <p>The flow: the gateway prepares, the device decodes ({@link ShownProposal#decode}), its owner reads
 * {@link Shown#text()} and agrees, the device signs, the gateway passes the signature to fabric-gateway's
 * {@code newSignedProposal(bytes, signature)}; then the same for the transaction, whose content must be the proposal's
 * ({@link ShownTransaction#requireOf}).
 */
public final class OfflineSigner {
    private OfflineSigner() {}

    /**
     * The signature over SHA-256 of the shown bytes: DER, low-S.
     *
     * @throws RefusedToSign if the creator named in the bytes is not the signer
     */
    public static byte[] sign(SigningIdentity signer, Shown shown) {
        Identity creator = shown.creator();
        if (!creator.equals(signer)) {
            throw new RefusedToSign("it is to be signed by " + ShownText.of(creator.toString()) + " (party "
                    + creator.partyId() + "), not by " + ShownText.of(signer.toString()) + " (party "
                    + signer.partyId() + ")");
        }
        return signer.sign(shown.bytes());
    }

    /**
     * A device's signature in the form that Fabric takes.
     *
     * @param signature DER with either s, or the 64 bytes r||s of WebCrypto
     * @return DER, low-S
     * @throws RefusedToSign if it is not the creator's signature over the shown bytes
     */
    public static byte[] accept(Shown shown, byte[] signature) {
        byte[] der;
        try {
            der = signature.length == 64 ? P256.fromP1363(signature) : P256.lowS(signature);
        } catch (IllegalArgumentException e) {
            throw new RefusedToSign("the signature is malformed: " + e.getMessage(), e);
        }
        if (!shown.creator().verify(shown.bytes(), der)) {
            throw new RefusedToSign("the signature is not "
                    + ShownText.of(shown.creator().toString()) + "'s over transaction " + shown.transactionId());
        }
        return der;
    }
}
