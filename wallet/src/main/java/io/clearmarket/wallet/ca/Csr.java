package io.clearmarket.wallet.ca;

import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.p256.P256;
import java.io.IOException;
import java.io.StringReader;
import java.security.KeyPair;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A certificate signing request (PKCS #10, RFC 2986) for a P-256 key, whose own signature has been checked: whoever sent
 * it holds the private key.
 */
public final class Csr {
    private final PKCS10CertificationRequest request;
    private final PublicKey publicKey;

    private Csr(PKCS10CertificationRequest request, PublicKey publicKey) {
        this.request = request;
        this.publicKey = publicKey;
    }

    /** Made where the key is; the name is a wish that a CA is free to ignore. */
    public static Csr create(KeyPair pair, String commonName) {
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        var key = SubjectPublicKeyInfo.getInstance(Keys.subjectPublicKeyInfo(pair.getPublic()));
        var signed =
                new PKCS10CertificationRequestBuilder(subject, key).build(new LowSContentSigner(pair.getPrivate()));
        return new Csr(signed, pair.getPublic());
    }

    /**
     * From PEM.
     *
     * @throws IllegalArgumentException if it is no CSR, not for a P-256 key or not signed by that key
     */
    public static Csr parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
                throw new IllegalArgumentException("no PEM certificate signing request");
            }
            return checked(request);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a certificate signing request: " + e.getMessage(), e);
        }
    }

    private static Csr checked(PKCS10CertificationRequest request) throws IOException {
        PublicKey key = Keys.p256(request.getSubjectPublicKeyInfo().getEncoded());
        if (!LowSContentSigner.ALGORITHM.equals(request.getSignatureAlgorithm())) {
            throw new IllegalArgumentException("the request is not signed with ECDSA and SHA-256");
        }
        byte[] signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded();
        // browsers and openssl do not normalise s; the request never reaches Fabric, so either half will do
        if (!P256.verify(key, signed, P256.lowS(request.getSignature()))) {
            throw new IllegalArgumentException("the request is not signed by the key that it asks a certificate for");
        }
        return new Csr(request, key);
    }

    /** The key that a certificate is wanted for. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The subject asked for, in RFC 4514 form; unchecked text. */
    public String requestedSubject() {
        return request.getSubject().toString();
    }

    /** A {@code CERTIFICATE REQUEST}. */
    public String toPem() {
        try {
            return Pem.encode("CERTIFICATE REQUEST", request.getEncoded());
        } catch (IOException impossible) {
            throw new IllegalStateException("a parsed request without its encoding", impossible);
        }
    }
}
