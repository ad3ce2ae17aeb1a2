package io.clearmarket.wallet.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.p256.P256;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** An identity with its private key. */
public final class SigningIdentity extends Identity {
    private static final byte[] PROBE = "clearmarket: does this key belong to this certificate?".getBytes(UTF_8);

    private final PrivateKey privateKey;

    /** @throws IllegalArgumentException if the private key is not the certificate's, or not on P-256 */
    public SigningIdentity(String mspId, X509Certificate certificate, PrivateKey privateKey) {
        super(mspId, certificate);
        this.privateKey = privateKey;
        if (!verify(PROBE, P256.sign(privateKey, PROBE))) {
            throw new IllegalArgumentException("the private key does not belong to the certificate of "
                    + certificate.getSubjectX500Principal().getName());
        }
    }

    /** The private key; for a TLS stack or a store, never for a message. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** Signs SHA-256 of the message: DER, low-S. */
    public byte[] sign(byte[] message) {
        return P256.sign(privateKey, message);
    }
}
