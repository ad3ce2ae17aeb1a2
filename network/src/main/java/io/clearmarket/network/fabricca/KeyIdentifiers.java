package io.clearmarket.network.fabricca;

import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/** What Fabric CA names a certificate by. */
final class KeyIdentifiers {
    private KeyIdentifiers() {}

    /** The authority key identifier (RFC 5280, section 4.2.1.1) in lower-case hex. */
    static String authority(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityKeyIdentifier.getId());
        if (extension == null) {
            throw new IllegalArgumentException("the certificate does not name its issuer's key");
        }
        byte[] id = AuthorityKeyIdentifier.getInstance(
                        ASN1OctetString.getInstance(extension).getOctets())
                .getKeyIdentifierOctets();
        return HexFormat.of().formatHex(id);
    }

    /** The enrolment id. */
    static String commonName(X509Certificate certificate) {
        var names = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.CN);
        if (names.length != 1) {
            throw new IllegalArgumentException("the certificate has " + names.length + " common names");
        }
        return IETFUtils.valueToString(names[0].getFirst().getValue());
    }
}
