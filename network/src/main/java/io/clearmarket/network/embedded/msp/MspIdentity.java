package io.clearmarket.network.embedded.msp;

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

    /** True if not a CA certificate and exactly one role OU is present. */
    boolean isValid();

    /** True if valid and carrying this role's OU. */
    boolean hasRole(Role role);

    /** True if notAfter has passed at the given epoch second. */
    boolean expiredAt(long epochSecond);

    /** True if the signature (DER, low-S) over SHA-256 of the message is this certificate's. */
    boolean verify(byte[] message, byte[] signature);
}
