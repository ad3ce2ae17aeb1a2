package io.clearmarket.wallet.ca;

import io.clearmarket.wallet.identity.PartyId;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the CA writes into an enrolment certificate.
 *
 * @param commonName the subject's name; never a person's, because certificates end up in blocks
 * @param nodeOu the one role
 * @param attributes what chaincode may read, by name ({@link CertificateAttributes})
 * @param validity from when to when
 * @param dnsNames subject alternative names, usually none
 * @param ipAddresses further alternative names, as text
 * @param units further organisational units, such as a Fabric CA's affiliations; one that names a role makes the
 *     certificate unusable
 */
public record CertificateRequest(
        String commonName,
        NodeOu nodeOu,
        Map<String, String> attributes,
        Validity validity,
        List<String> dnsNames,
        List<String> ipAddresses,
        List<String> units) {
    private static final int ONE_YEAR = 365;
    private static final int PSEUDONYM_DIGITS = 16;

    /** @throws IllegalArgumentException if the name is blank or longer than X.520 allows (64) */
    public CertificateRequest {
        if (commonName.isBlank() || commonName.length() > 64) {
            throw new IllegalArgumentException("a common name has 1 to 64 characters, not " + commonName.length());
        }
        attributes = Map.copyOf(attributes);
        dnsNames = List.copyOf(dnsNames);
        ipAddresses = List.copyOf(ipAddresses);
        units = List.copyOf(units);
    }

    /** Valid for a year, without attributes and alternative names. */
    public static CertificateRequest of(String commonName, NodeOu nodeOu) {
        return new CertificateRequest(
                commonName, nodeOu, Map.of(), Validity.ofDays(ONE_YEAR), List.of(), List.of(), List.of());
    }

    /**
     * A client under a name that says nothing about the person: the kind and the first digits of the key's
     * {@link PartyId}, such as {@code buyer-3f9c0a1b2c3d4e5f}. The same key always gets the same name.
     */
    public static CertificateRequest pseudonymous(String kind, PublicKey key) {
        return of(kind + "-" + PartyId.of(key).value().substring(0, PSEUDONYM_DIGITS), NodeOu.CLIENT);
    }

    /** The same with one attribute more. */
    public CertificateRequest withAttribute(String name, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(name, value);
        return new CertificateRequest(commonName, nodeOu, more, validity, dnsNames, ipAddresses, units);
    }

    /** The same with another validity. */
    public CertificateRequest withValidity(Validity other) {
        return new CertificateRequest(commonName, nodeOu, attributes, other, dnsNames, ipAddresses, units);
    }

    /** The same with these alternative names. */
    public CertificateRequest withAlternativeNames(List<String> dns, List<String> ip) {
        return new CertificateRequest(commonName, nodeOu, attributes, validity, dns, ip, units);
    }

    /** The same with one organisational unit more. */
    public CertificateRequest withUnit(String unit) {
        List<String> more = new ArrayList<>(units);
        more.add(unit);
        return new CertificateRequest(commonName, nodeOu, attributes, validity, dnsNames, ipAddresses, more);
    }
}
