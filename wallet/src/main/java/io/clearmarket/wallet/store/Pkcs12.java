package io.clearmarket.wallet.store;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.Pem;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/** Identities as PKCS#12 files (RFC 7292), the form that browsers and other tools exchange. */
public final class Pkcs12 {
    private static final String ALIAS = "identity";

    private Pkcs12() {}

    /** Writes key, certificate and the CA's certificate, readable by the owner alone. */
    public static void write(Path file, SigningIdentity identity, X509Certificate ca, char[] passphrase) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, passphrase);
            store.setKeyEntry(ALIAS, identity.privateKey(), passphrase, new Certificate[] {identity.certificate(), ca});
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, passphrase);
            PrivateFiles.write(file, bytes.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw WalletException.of(file, "cannot be made a PKCS#12 file: " + e.getMessage(), e);
        }
    }

    /**
     * The one identity in a file.
     *
     * @throws WrongPassphrase if the passphrase does not open it
     * @throws WalletException if it is no PKCS#12 file, holds not exactly one P-256 key, or the certificate is another's
     */
    public static SigningIdentity read(String mspId, Path file, char[] passphrase) {
        byte[] content = PrivateFiles.read(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), passphrase);
            List<String> aliases = Collections.list(store.aliases());
            List<String> keys =
                    aliases.stream().filter(alias -> hasKey(store, alias)).toList();
            if (keys.size() != 1) {
                throw WalletException.of(file, "holds " + keys.size() + " private keys where one is expected");
            }
            PrivateKey key = (PrivateKey) store.getKey(keys.getFirst(), passphrase);
            X509Certificate certificate = (X509Certificate) store.getCertificate(keys.getFirst());
            return new SigningIdentity(mspId, certificate, Pem.p256PrivateKey(key.getEncoded()));
        } catch (UnrecoverableKeyException e) {
            throw new WrongPassphrase(file);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new WrongPassphrase(file);
            }
            throw WalletException.of(file, "is no PKCS#12 file: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw WalletException.of(file, "cannot be read as PKCS#12: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        }
    }

    private static boolean hasKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a loaded key store that is not loaded", impossible);
        }
    }
}
