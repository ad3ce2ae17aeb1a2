package io.clearmarket.network.embedded.msp;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** X.509 certificates in the PEM form (RFC 7468) that identities and configurations carry. */
public final class CertificatePem {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private CertificatePem() {}

    /** One PEM block, lines of 64 characters, final newline. */
    public static ByteString encode(X509Certificate certificate) {
        try {
            Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
            String body = base64.encodeToString(certificate.getEncoded());
            return ByteString.copyFromUtf8(BEGIN + "\n" + body + "\n" + END + "\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate has no encoding: " + e.getMessage(), e);
        }
    }

    /**
     * The first certificate of the text.
     *
     * @throws MspException if there is no PEM block or it holds no certificate
     */
    public static X509Certificate decode(ByteString pem) throws MspException {
        String text = pem.toString(StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new MspException("could not decode the PEM structure");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new MspException("parseCertificate failed: " + e.getMessage());
        }
    }
}
