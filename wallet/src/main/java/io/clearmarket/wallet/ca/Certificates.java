package io.clearmarket.wallet.ca;

import io.clearmarket.wallet.Digests;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** The three kinds of certificate (RFC 5280) as Fabric's CA and cryptogen write them, and the list of those that are revoked. */
final class Certificates {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SERIAL_BITS = 128;

    private Certificates() {}

    static X509Certificate root(KeyPair pair, String mspId, String commonName, Validity validity) {
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, mspId)
                .addRDN(BCStyle.CN, commonName)
                .build();
        try {
            X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), validity)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, pair.getPrivate());
        } catch (CertIOException e) {
            throw unencodable(e);
        }
    }

    static X509Certificate enrolment(SigningIdentity ca, PublicKey key, CertificateRequest request) {
        X500NameBuilder names = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.OU, request.nodeOu().ouValue());
        request.units().forEach(unit -> names.addRDN(BCStyle.OU, unit));
        X500Name subject = names.addRDN(BCStyle.CN, request.commonName()).build();
        try {
            X509v3CertificateBuilder builder = leaf(ca, subject, key, request.validity())
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            addAlternativeNames(builder, request.dnsNames(), request.ipAddresses());
            if (!request.attributes().isEmpty()) {
                builder.addExtension(
                        CertificateAttributes.OID, false, CertificateAttributes.encode(request.attributes()));
            }
            return sign(builder, ca.privateKey());
        } catch (CertIOException e) {
            throw unencodable(e);
        }
    }

    static X509Certificate tls(
            SigningIdentity ca,
            PublicKey key,
            String commonName,
            List<String> dnsNames,
            List<String> ipAddresses,
            Validity validity) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        try {
            X509v3CertificateBuilder builder = leaf(ca, subject, key, validity)
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }));
            addAlternativeNames(builder, dnsNames, ipAddresses);
            return sign(builder, ca.privateKey());
        } catch (CertIOException e) {
            throw unencodable(e);
        }
    }

    private static X509v3CertificateBuilder leaf(SigningIdentity ca, X500Name subject, PublicKey key, Validity validity)
            throws CertIOException {
        X500Name issuer =
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded());
        return builder(issuer, subject, key, validity)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        new AuthorityKeyIdentifier(keyId(ca.certificate().getPublicKey())));
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Validity validity)
            throws CertIOException {
        // RFC 5280, section 4.1.2.2: positive; the top bit keeps every serial at the same length
        BigInteger serial = new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
        return new X509v3CertificateBuilder(
                        issuer,
                        serial,
                        Date.from(validity.notBefore()),
                        Date.from(validity.notAfter()),
                        subject,
                        SubjectPublicKeyInfo.getInstance(Keys.subjectPublicKeyInfo(key)))
                .addExtension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key)));
    }

    /** SHA-256 of the uncompressed point: the identifier that cryptogen and Fabric's key store use. */
    private static byte[] keyId(PublicKey key) {
        return Digests.sha256(SubjectPublicKeyInfo.getInstance(Keys.subjectPublicKeyInfo(key))
                .getPublicKeyData()
                .getOctets());
    }

    private static void addAlternativeNames(
            X509v3CertificateBuilder builder, List<String> dnsNames, List<String> ipAddresses) throws CertIOException {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        ipAddresses.forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            return Pem.certificate(builder.build(new LowSContentSigner(key)).getEncoded());
        } catch (IOException e) {
            throw unencodable(e);
        }
    }

    static byte[] revocationList(SigningIdentity ca, Collection<X509Certificate> revoked) {
        Date now = Date.from(Instant.now());
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()), now);
        revoked.forEach(certificate -> builder.addCRLEntry(certificate.getSerialNumber(), now, CRLReason.unspecified));
        try {
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(keyId(ca.certificate().getPublicKey())));
            builder.addExtension(
                    Extension.cRLNumber,
                    false,
                    new CRLNumber(BigInteger.valueOf(now.toInstant().toEpochMilli())));
            return builder.build(new LowSContentSigner(ca.privateKey())).getEncoded();
        } catch (IOException e) {
            throw unencodable(e);
        }
    }

    private static IllegalArgumentException unencodable(IOException e) {
        return new IllegalArgumentException("the certificate cannot be encoded: " + e.getMessage(), e);
    }
}
