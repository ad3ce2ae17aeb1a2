package io.clearmarket.wallet.identity;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.wallet.p256.P256;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.hyperledger.fabric.protos.msp.SerializedIdentity;

/** A member of an organisation, as Fabric knows it: the organisation's MSP id and a certificate. */
public sealed class Identity permits SigningIdentity {
    private static final int LONGEST_REMEMBERED = 8 * 1024;
    private static final Remembered<ByteString, Identity> PARSED = new Remembered<>(1_000);

    private final String mspId;
    private final X509Certificate certificate;

    public Identity(String mspId, X509Certificate certificate) {
        this.mspId = mspId;
        this.certificate = certificate;
    }

    /**
     * From Fabric's {@code SerializedIdentity}, as in a transaction's creator. Nothing says yet that the organisation
     * issued the certificate.
     *
     * @throws IllegalArgumentException if the bytes are no such message or hold no X.509 certificate
     */
    public static Identity fromSerialized(byte[] serializedIdentity) {
        return fromSerialized(ByteString.copyFrom(serializedIdentity));
    }

    /** The same; the newest are remembered, since the same few sign and endorse nearly everything. */
    public static Identity fromSerialized(ByteString serializedIdentity) {
        return serializedIdentity.size() > LONGEST_REMEMBERED
                ? parse(serializedIdentity)
                : PARSED.of(serializedIdentity, Identity::parse);
    }

    private static Identity parse(ByteString serializedIdentity) {
        try {
            SerializedIdentity identity = SerializedIdentity.parseFrom(serializedIdentity);
            return new Identity(
                    identity.getMspid(), Pem.certificate(identity.getIdBytes().toStringUtf8()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not a SerializedIdentity: " + e.getMessage(), e);
        }
    }

    /** The organisation, such as {@code AuditMSP}. */
    public final String mspId() {
        return mspId;
    }

    /** The certificate that the organisation's CA issued. */
    public final X509Certificate certificate() {
        return certificate;
    }

    /** The certificate in PEM. */
    public final String certificatePem() {
        return Pem.encode(certificate);
    }

    /** Who this is to the market. */
    public final PartyId partyId() {
        return PartyId.of(certificate);
    }

    /** The bytes of Fabric's {@code SerializedIdentity}: a transaction's creator. */
    public final byte[] serialized() {
        return SerializedIdentity.newBuilder()
                .setMspid(mspId)
                .setIdBytes(ByteString.copyFromUtf8(certificatePem()))
                .build()
                .toByteArray();
    }

    /** True if the signature (DER, low-S) over SHA-256 of the message is by this certificate's key. */
    public final boolean verify(byte[] message, byte[] signature) {
        return P256.verify(certificate.getPublicKey(), message, signature);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Identity that && mspId.equals(that.mspId) && certificate.equals(that.certificate);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(mspId, certificate);
    }

    /** MSP id and subject; never a key. */
    @Override
    public final String toString() {
        return mspId + ":" + certificate.getSubjectX500Principal().getName();
    }
}
