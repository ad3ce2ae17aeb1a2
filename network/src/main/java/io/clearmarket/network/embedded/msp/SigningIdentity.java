package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.p256.P256;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** A certificate together with its private key: signs as that member of its organisation. */
public final class SigningIdentity {
    private final String mspId;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final ByteString serialized;

    private SigningIdentity(String mspId, X509Certificate certificate, PrivateKey key) {
        this.mspId = mspId;
        this.certificate = certificate;
        this.key = key;
        this.serialized = serialize(mspId, certificate);
    }

    /** The signer of an organisation; nothing is checked here, a peer does that. */
    public static SigningIdentity of(String mspId, X509Certificate certificate, PrivateKey key) {
        return new SigningIdentity(mspId, certificate, key);
    }

    /** {@code SerializedIdentity} bytes: MSP id and certificate in PEM. */
    public static ByteString serialize(String mspId, X509Certificate certificate) {
        return SerializedIdentity.newBuilder()
                .setMspid(mspId)
                .setIdBytes(CertificatePem.encode(certificate))
                .build()
                .toByteString();
    }

    public String mspId() {
        return mspId;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** What goes into creator and endorser fields. */
    public ByteString serialized() {
        return serialized;
    }

    /** Signs SHA-256 of the message: DER, low-S. */
    public ByteString sign(byte[] message) {
        return ByteString.copyFrom(P256.sign(key, message));
    }
}
