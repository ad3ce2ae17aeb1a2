package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.p256.P256;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
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
    private final Set<String> units;
    private final Set<Role> roles;
    private final ByteString certifiers;
    private final Judgement judgement;

    /** What the organisation makes of the certificate, beside its units. */
    private record Judgement(boolean sound, boolean nodeUnits, boolean listedAdmin) {}

    private X509Identity(
            String mspId,
            X509Certificate certificate,
            PublicKey key,
            String id,
            Set<String> units,
            Set<Role> roles,
            ByteString certifiers,
            Judgement judgement) {
        this.mspId = mspId;
        this.certificate = certificate;
        this.key = key;
        this.id = id;
        this.units = units;
        this.roles = roles;
        this.certifiers = certifiers;
        this.judgement = judgement;
    }

    /**
     * An identity that nobody has judged yet, and so not a valid one.
     *
     * @param certifiers names the authorities above it
     */
    static X509Identity of(
            String mspId, X509Certificate certificate, Map<String, Role> roleUnits, ByteString certifiers)
            throws MspException {
        try {
            PublicKey key = Keys.requireP256(certificate.getPublicKey());
            byte[] digest = Digests.sha256(certificate.getEncoded());
            Set<String> units = unitsOf(certificate);
            Set<Role> roles = EnumSet.noneOf(Role.class);
            units.forEach(unit -> Optional.ofNullable(roleUnits.get(unit)).ifPresent(roles::add));
            return new X509Identity(
                    mspId,
                    certificate,
                    key,
                    HexFormat.of().formatHex(digest),
                    units,
                    roles,
                    certifiers,
                    new Judgement(false, true, false));
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            throw new MspException("certificate has no usable P-256 key: " + e.getMessage());
        }
    }

    /**
     * The identity as its organisation judges it.
     *
     * @param sound false if revoked or otherwise refused
     * @param nodeUnits whether the organisation has Node OUs
     * @param listedAdmin whether the organisation lists the certificate among its administrators
     */
    X509Identity judged(boolean sound, boolean nodeUnits, boolean listedAdmin) {
        return new X509Identity(
                mspId, certificate, key, id, units, roles, certifiers, new Judgement(sound, nodeUnits, listedAdmin));
    }

    private static Set<String> unitsOf(X509Certificate certificate) {
        Set<String> units = new HashSet<>();
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        for (RDN rdn : subject.getRDNs(BCStyle.OU)) {
            for (var attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.OU)) {
                    units.add(IETFUtils.valueToString(attribute.getValue()));
                }
            }
        }
        return units;
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
        return judgement.sound()
                && certificate.getBasicConstraints() < 0
                && (!judgement.nodeUnits() || roles.size() == 1);
    }

    @Override
    public boolean hasRole(Role role) {
        return isValid() && (roles.contains(role) || (role == Role.ADMIN && judgement.listedAdmin()));
    }

    @Override
    public boolean hasUnit(String unit) {
        return units.contains(unit);
    }

    @Override
    public ByteString certifiers() {
        return certifiers;
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
