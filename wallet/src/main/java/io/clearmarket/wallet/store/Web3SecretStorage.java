package io.clearmarket.wallet.store;

import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.WalletException;
import io.clearmarket.wallet.eth.Keccak;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.json.Json;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Web3 Secret Storage, version 3: the key file that every Ethereum client reads. */
public final class Web3SecretStorage {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();
    private static final int DERIVED_BYTES = 32;
    private static final long MAX_MEMORY = 1L << 30;

    private Web3SecretStorage() {}

    /** The key as JSON, with scrypt and AES-128-CTR. */
    public static byte[] encrypt(Secp256k1Key key, char[] passphrase, ScryptCost cost) {
        byte[] salt = random(32);
        byte[] iv = random(16);
        byte[] derived = SCrypt.generate(utf8(passphrase), salt, cost.n(), ScryptCost.R, cost.p(), DERIVED_BYTES);
        byte[] ciphertext = aesCtr(derived, iv, key.privateKey());
        Map<String, Object> kdfParams = Map.of(
                "dklen", DERIVED_BYTES, "n", cost.n(), "r", ScryptCost.R, "p", cost.p(), "salt", HEX.formatHex(salt));
        Map<String, Object> crypto = Map.of(
                "cipher",
                "aes-128-ctr",
                "cipherparams",
                Map.of("iv", HEX.formatHex(iv)),
                "ciphertext",
                HEX.formatHex(ciphertext),
                "kdf",
                "scrypt",
                "kdfparams",
                kdfParams,
                "mac",
                HEX.formatHex(mac(derived, ciphertext)));
        return Json.MAPPER.writeValueAsBytes(Map.of(
                "address",
                key.address().lower().substring(2),
                "crypto",
                crypto,
                "id",
                UUID.randomUUID().toString(),
                "version",
                3));
    }

    /**
     * The key in a file, with scrypt or PBKDF2.
     *
     * @throws WrongPassphrase if the passphrase does not open it
     * @throws WalletException naming the file and what is wrong with it
     */
    public static Secp256k1Key decrypt(Path file, char[] passphrase) {
        try {
            JsonNode root = Json.MAPPER.readTree(PrivateFiles.readText(file));
            JsonNode crypto = root.path("crypto");
            requireText(root, "version", "3");
            requireText(crypto, "cipher", "aes-128-ctr");
            byte[] ciphertext = hex(crypto, "ciphertext");
            byte[] derived = derive(crypto, utf8(passphrase));
            if (!MessageDigest.isEqual(mac(derived, ciphertext), hex(crypto, "mac"))) {
                throw new WrongPassphrase(file);
            }
            return Secp256k1Key.fromPrivateKey(aesCtr(derived, hex(crypto.path("cipherparams"), "iv"), ciphertext));
        } catch (JacksonException e) {
            throw WalletException.of(file, "is not JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw WalletException.of(file, "is no Web3 Secret Storage: " + e.getMessage(), e);
        }
    }

    private static byte[] derive(JsonNode crypto, byte[] passphrase) {
        JsonNode params = crypto.path("kdfparams");
        requireText(params, "dklen", "32");
        byte[] salt = hex(params, "salt");
        String kdf = crypto.path("kdf").asString("");
        return switch (kdf) {
            case "scrypt" -> {
                int n = positive(params, "n");
                int r = positive(params, "r");
                if (128L * n * r > MAX_MEMORY) {
                    throw new IllegalArgumentException("scrypt with n " + n + " and r " + r + " needs over 1 GiB");
                }
                yield SCrypt.generate(passphrase, salt, n, r, positive(params, "p"), DERIVED_BYTES);
            }
            case "pbkdf2" -> {
                requireText(params, "prf", "hmac-sha256");
                var generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
                generator.init(passphrase, salt, positive(params, "c"));
                yield ((KeyParameter) generator.generateDerivedMacParameters(8 * DERIVED_BYTES)).getKey();
            }
            default -> throw new IllegalArgumentException("kdf is scrypt or pbkdf2, not \"" + kdf + "\"");
        };
    }

    private static void requireText(JsonNode node, String name, String expected) {
        String actual = node.path(name).asString("");
        if (!actual.equals(expected)) {
            throw new IllegalArgumentException(name + " is \"" + actual + "\", not " + expected);
        }
    }

    private static int positive(JsonNode node, String name) {
        int value = node.path(name).asInt(0);
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is no positive number");
        }
        return value;
    }

    private static byte[] hex(JsonNode node, String name) {
        String text = node.path(name).asString("");
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return HEX.parseHex(text);
    }

    private static byte[] mac(byte[] derived, byte[] ciphertext) {
        return Keccak.hash256(Arrays.copyOfRange(derived, 16, 32), ciphertext);
    }

    private static byte[] aesCtr(byte[] derived, byte[] iv, byte[] content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(Arrays.copyOf(derived, 16), "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("AES-128-CTR cannot be set up: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(char[] passphrase) {
        var bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
