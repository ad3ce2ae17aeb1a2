package io.clearmarket.wallet.identity;

import io.clearmarket.wallet.p256.NativeCrypto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** PEM (RFC 7468) of certificates and unencrypted P-256 keys. */
public final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** A {@code CERTIFICATE}. */
    public static String encode(X509Certificate certificate) {
        try {
            return encode("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a parsed certificate without its encoding", impossible);
        }
    }

    /** A {@code PRIVATE KEY}: PKCS#8 (RFC 5958), not encrypted. */
    public static String encode(PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        if (pkcs8 == null) {
            throw new IllegalArgumentException("the private key cannot leave its device");
        }
        return encode("PRIVATE KEY", pkcs8);
    }

    /** A {@code PUBLIC KEY}: SubjectPublicKeyInfo. */
    public static String encode(PublicKey key) {
        return encode("PUBLIC KEY", Keys.subjectPublicKeyInfo(key));
    }

    /** Any DER under a label. */
    public static String encode(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** The DER under a label; {@link IllegalArgumentException} if the first PEM object has another label. */
    public static byte[] decode(String label, String pem) {
        try (PemReader reader = new PemReader(new StringReader(pem))) {
            PemObject object = reader.readPemObject();
            if (object == null || !object.getType().equals(label)) {
                throw new IllegalArgumentException("no PEM " + label);
            }
            return object.getContent();
        } catch (IOException e) {
            throw new IllegalArgumentException("not PEM: " + e.getMessage(), e);
        }
    }

    /**
     * The certificate in a PEM text.
     *
     * @throws IllegalArgumentException if there is none, or something else
     */
    public static X509Certificate certificate(String pem) {
        if (!(first(pem) instanceof X509CertificateHolder holder)) {
            throw new IllegalArgumentException("no PEM certificate");
        }
        try {
            return certificate(holder.getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException("not an X.509 certificate: " + e.getMessage(), e);
        }
    }

    /** A certificate from DER; {@link IllegalArgumentException} if it is none. */
    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not an X.509 certificate: " + e.getMessage(), e);
        }
    }

    /**
     * The P-256 private key in a PEM text, PKCS#8 or SEC 1, not encrypted.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PrivateKey privateKey(String pem) {
        PrivateKeyInfo info = switch (first(pem)) {
            case PrivateKeyInfo pkcs8 -> pkcs8;
            case PEMKeyPair sec1 -> sec1.getPrivateKeyInfo();
            case null, default -> throw new IllegalArgumentException("no PEM private key");
        };
        try {
            return p256PrivateKey(info.getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException("not a private key: " + e.getMessage(), e);
        }
    }

    /** A P-256 private key from PKCS#8; {@link IllegalArgumentException} if it is none. */
    public static PrivateKey p256PrivateKey(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("EC", NativeCrypto.provider())
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 private key: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object first(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return parser.readObject();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new IllegalArgumentException("not PEM: " + e.getMessage(), e);
        }
    }
}
