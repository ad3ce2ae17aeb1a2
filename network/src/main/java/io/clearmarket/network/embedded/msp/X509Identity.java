package io.clearmarket.network.embedded.msp;

import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.p256.P256;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** An identity as one X.509 certificate; everything is worked out once, when it is made. */
final class X509Identity implements MspIdentity {
    private final String mspId;
    private final X509Certificate certificate;
    private final PublicKey key;
    private final String id;
    private final Set<Role> roles;
    private final boolean authority;

    private X509Identity(
            String mspId, X509Certificate certificate, PublicKey key, String id, Set<Role> roles, boolean authority) {
        this.mspId = mspId;
        this.certificate = certificate;
        this.key = key;
        this.id = id;
        this.roles = roles;
        this.authority = authority;
    }

    static X509Identity of(String mspId, X509Certificate certificate, Map<String, Role> roleUnits) throws MspException {
        try {
            PublicKey key = Keys.requireP256(certificate.getPublicKey());
            byte[] digest = Digests.sha256(certificate.getEncoded());
            Set<Role> roles = rolesOf(certificate, roleUnits);
            boolean authority = certificate.getBasicConstraints() >= 0;
            return new X509Identity(mspId, certificate, key, HexFormat.of().formatHex(digest), roles, authority);
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            throw new MspException("certificate has no usable P-256 key: " + e.getMessage());
        }
    }

    private static Set<Role> rolesOf(X509Certificate certificate, Map<String, Role> roleUnits) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : subject.getRDNs(BCStyle.OU)) {
            for (var attribute : rdn.getTypesAndValues()) {
                Role role = roleUnits.get(IETFUtils.valueToString(attribute.getValue()));
                if (role != null && attribute.getType().equals(BCStyle.OU)) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    @Override
    public String mspId() {
        return mspId;
    }

    @Override
    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean isValid() {
        return !authority && roles.size() == 1;
    }

    @Override
    public boolean hasRole(Role role) {
        return isValid() && roles.contains(role);
    }

    @Override
    public boolean expiredAt(long epochSecond) {
        return certificate.getNotAfter().toInstant().getEpochSecond() < epochSecond;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return P256.verify(key, message, signature);
    }
}
