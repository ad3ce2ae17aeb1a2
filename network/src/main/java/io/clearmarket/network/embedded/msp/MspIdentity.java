package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import java.security.cert.X509Certificate;

/** An identity whose certificate chains to its organisation's CA; {@link #isValid()} adds the Node OU rules. */
public interface MspIdentity {
    /** The four roles that a Node OU can name. */
    enum Role {
        CLIENT,
        PEER,
        ADMIN,
        ORDERER
    }

    /** The organisation, such as {@code AuditMSP}. */
    String mspId();

    /** The certificate as presented. */
    X509Certificate certificate();

    /** SHA-256 of the certificate's DER, lower-case hex: what makes two signers the same one. */
    String id();

    /**
     * True if not a CA certificate, not revoked, and with the organisational units that its organisation demands: where it
     * has Node OUs, exactly one that names a role.
     */
    boolean isValid();

    /** True if valid and carrying this role's OU, or, for administrators, listed by the organisation. */
    boolean hasRole(Role role);

    /** True if the certificate carries this organisational unit. */
    default boolean hasUnit(String unit) {
        return false;
    }

    /** Fabric's name of the authorities above the certificate (CertifiersIdentifier). */
    default ByteString certifiers() {
        return ByteString.EMPTY;
    }

    /** True if notAfter has passed at the given epoch second. */
    boolean expiredAt(long epochSecond);

    /** True if the signature (DER, low-S) over SHA-256 of the message is this certificate's. */
    boolean verify(byte[] message, byte[] signature);
}
