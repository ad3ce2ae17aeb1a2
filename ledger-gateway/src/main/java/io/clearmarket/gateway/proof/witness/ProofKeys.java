package io.clearmarket.gateway.proof.witness;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ed25519.Ed25519Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Ed25519 keys in files: the seed in hexadecimal, readable by its owner only. */
public final class ProofKeys {
    private ProofKeys() {}

    /**
     * Reads a key.
     *
     * @param make true to make one where there is none
     * @throws IllegalStateException naming the file, if it holds no key
     */
    public static Ed25519Key open(Path file, boolean make) {
        if (make && !Files.exists(file)) {
            PrivateFiles.write(
                    file, HexFormat.of().formatHex(Ed25519Key.generate().seed()));
        }
        try {
            return Ed25519Key.fromSeed(
                    HexFormat.of().parseHex(PrivateFiles.readText(file).strip()));
        } catch (IllegalArgumentException notAKey) {
            throw new IllegalStateException(
                    file + " holds no Ed25519 seed: 64 hexadecimal digits are expected", notAKey);
        }
    }
}
