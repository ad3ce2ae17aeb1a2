package io.clearmarket.wallet.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in servers that one authority has certified, and in no others. */
public final class TlsTrust {
    private TlsTrust() {}

    /** @throws IllegalArgumentException if the certificate can't be used for TLS */
    public static TrustManagerFactory only(X509Certificate authority) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return trust;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    /** For a client that shows no certificate of its own. */
    public static SSLContext context(X509Certificate authority) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, only(authority).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static IllegalArgumentException unusable(Exception e) {
        return new IllegalArgumentException("not usable for TLS: " + e.getMessage(), e);
    }
}
