package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A node's signing identity in the types of the wire: what a peer endorses and an orderer signs blocks with. */
public final class SigningIdentity {
    private final io.clearmarket.wallet.identity.SigningIdentity signer;
    private final ByteString serialized;

    private SigningIdentity(io.clearmarket.wallet.identity.SigningIdentity signer) {
        this.signer = signer;
        this.serialized = ByteString.copyFrom(signer.serialized());
    }

    /** The same identity, serialized once. */
    public static SigningIdentity of(io.clearmarket.wallet.identity.SigningIdentity signer) {
        return new SigningIdentity(signer);
    }

    /** From its parts; {@link IllegalArgumentException} if the key is not the certificate's. */
    public static SigningIdentity of(String mspId, X509Certificate certificate, PrivateKey key) {
        return of(new io.clearmarket.wallet.identity.SigningIdentity(mspId, certificate, key));
    }

    /** The organisation, such as {@code AuditMSP}. */
    public String mspId() {
        return signer.mspId();
    }

    /** The certificate that its organisation issued. */
    public X509Certificate certificate() {
        return signer.certificate();
    }

    /** {@code SerializedIdentity} bytes, for creator and endorser fields. */
    public ByteString serialized() {
        return serialized;
    }

    /** Signs SHA-256 of the message: DER, low-S. */
    public ByteString sign(byte[] message) {
        return ByteString.copyFrom(signer.sign(message));
    }
}
