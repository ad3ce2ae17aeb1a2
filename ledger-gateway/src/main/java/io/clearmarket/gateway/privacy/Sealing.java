package io.clearmarket.gateway.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.chaincode.api.Digest;
import io.clearmarket.wallet.json.CanonicalJson;
import io.clearmarket.wallet.json.Json;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Fields as they lie in the database: AES-256-GCM (NIST SP 800-38D), a fresh nonce first, bound to their commitment. */
final class Sealing {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Sealing() {}

    static byte[] seal(PrivateField field, SecretKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, key, nonce, CanonicalJson.bytes(field), field.commitment());
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws IllegalStateException if it was sealed under another key or for another commitment */
    static PrivateField open(byte[] stored, SecretKey key, Digest commitment) {
        byte[] nonce = new byte[NONCE_BYTES];
        byte[] sealed = new byte[stored.length - NONCE_BYTES];
        ByteBuffer.wrap(stored).get(nonce).get(sealed);
        byte[] json = run(Cipher.DECRYPT_MODE, key, nonce, sealed, commitment);
        return Json.MAPPER.readValue(json, PrivateField.class);
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, Digest commitment) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(commitment.hex().getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the field of commitment " + commitment + " cannot be sealed or opened", e);
        }
    }
}
