package io.clearmarket.gateway.chain;

import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.EthSigner;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.store.Web3SecretStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files with a secp256k1 key: encrypted (Web3 Secret Storage, as every Ethereum client writes it), or plain for development. */
public final class KeyFiles {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);

    private KeyFiles() {}

    /**
     * Opens a key, wherever it is.
     *
     * @param file as {@link #read} takes it
     * @param token where the key is if it is in no file
     * @throws IllegalArgumentException if it is in neither or in both, or can't be opened
     */
    public static EthSigner open(@Nullable Path file, @Nullable Path passphrase, @Nullable TokenKey token) {
        if (token == null && file != null) {
            return read(file, passphrase);
        }
        if (token == null || file != null) {
            throw new IllegalArgumentException("a key is either in a file or in a PKCS#11 token: name one of the two");
        }
        try {
            return token.open();
        } catch (IOException | WalletException e) {
            throw new IllegalArgumentException("no key can be opened in a token: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a key.
     *
     * @param file 64 hexadecimal digits, 0x before them or not; with a passphrase Web3 Secret Storage
     * @param passphrase file whose first line opens the key; absent for a plain one
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    public static Secp256k1Key read(Path file, @Nullable Path passphrase) {
        try {
            if (passphrase != null) {
                return decrypt(file, passphrase);
            }
            String hex = Files.readString(file).strip();
            if (hex.startsWith("{")) {
                throw new IllegalArgumentException("it is encrypted, and no file with its passphrase is named");
            }
            LOG.debug("{} is not encrypted", file);
            return Secp256k1Key.fromPrivateKey(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
        } catch (IOException | IllegalArgumentException | WalletException e) {
            throw new IllegalArgumentException(file + ": no secp256k1 key can be read: " + e.getMessage(), e);
        }
    }

    private static Secp256k1Key decrypt(Path file, Path passphrase) throws IOException {
        char[] secret =
                Files.readString(passphrase).lines().findFirst().orElse("").toCharArray();
        try {
            return Web3SecretStorage.decrypt(file, secret);
        } finally {
            Arrays.fill(secret, ' ');
        }
    }
}
