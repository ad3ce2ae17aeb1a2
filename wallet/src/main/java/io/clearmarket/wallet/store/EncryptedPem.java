package io.clearmarket.wallet.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.identity.Pem;
import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * Private keys as {@code ENCRYPTED PRIVATE KEY}: PKCS#8 under PBES2 (RFC 8018) with AES-256-CBC and scrypt (RFC 7914),
 * which openssl reads too.
 */
final class EncryptedPem {
    private static final String LABEL = "ENCRYPTED PRIVATE KEY";
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final int SALT_BYTES = 32;

    private EncryptedPem() {}

    static byte[] encrypt(byte[] pkcs8, char[] passphrase, ScryptCost cost) {
        try {
            var kdf = new ScryptConfig.Builder(cost.n(), ScryptCost.R, cost.p())
                    .withSaltLength(SALT_BYTES)
                    .build();
            var encryptor = new JcePKCSPBEOutputEncryptorBuilder(kdf, NISTObjectIdentifiers.id_aes256_CBC)
                    .setProvider(PROVIDER)
                    .build(passphrase);
            var encrypted = new PKCS8EncryptedPrivateKeyInfoBuilder(PrivateKeyInfo.getInstance(pkcs8)).build(encryptor);
            return Pem.encode(LABEL, encrypted.getEncoded()).getBytes(US_ASCII);
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("no AES-256 or scrypt", impossible);
        }
    }

    /**
     * The key's PKCS#8.
     *
     * @throws WrongPassphrase if the passphrase does not open it
     * @throws WalletException if the file is missing or no encrypted key
     */
    static byte[] decrypt(Path file, char[] passphrase) {
        PKCS8EncryptedPrivateKeyInfo encrypted;
        try {
            encrypted = new PKCS8EncryptedPrivateKeyInfo(Pem.decode(LABEL, PrivateFiles.readText(file)));
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, e);
        } catch (IOException e) {
            throw WalletException.of(file, "is not an encrypted PKCS#8 key", e);
        }
        try {
            return encrypted
                    .decryptPrivateKeyInfo(new JcePKCSPBEInputDecryptorProviderBuilder()
                            .setProvider(PROVIDER)
                            .build(passphrase))
                    .getEncoded();
        } catch (PKCSException | IOException garbage) {
            // CBC has no tag: a wrong key shows as bad padding or as plaintext that is no key
            throw new WrongPassphrase(file);
        }
    }
}
