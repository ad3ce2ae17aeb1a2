package io.clearmarket.chaincode.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clearmarket.wallet.ed25519.Ed25519Key;
import io.clearmarket.wallet.identity.Keys;
import io.clearmarket.wallet.identity.PartyId;
import io.clearmarket.wallet.p256.P256;
import java.util.Base64;

/**
 * A device's public key: Ed25519 (RFC 8032) or P-256. It signs as JSON Web Signatures do (RFC 7518, section 3.4; RFC 8037): 64 bytes.
 *
 * @param spki base64 of the SubjectPublicKeyInfo DER
 */
public record DeviceKey(String spki) {
    /** @throws InvalidValue if it is neither, or in another encoding */
    public DeviceKey {
        byte[] der = der(spki);
        if (!isEd25519(der) && !isP256(der)) {
            throw new InvalidValue("publicKey", spki, "base64 of the SubjectPublicKeyInfo of an Ed25519 or P-256 key");
        }
    }

    /** The key's name on the ledger: SHA-256 of the SubjectPublicKeyInfo. */
    public Digest id() {
        return Digest.sha256(der(spki));
    }

    /** {@code EdDSA} or {@code ES256}, as a JSON Web Signature names it. */
    public String algorithm() {
        return isEd25519(der(spki)) ? "EdDSA" : "ES256";
    }

    /** True if the key signed the bytes; false for a malformed signature too. */
    public boolean hasSigned(byte[] bytes, byte[] signature) {
        byte[] der = der(spki);
        if (isEd25519(der)) {
            return Ed25519Key.verify(Ed25519Key.publicKey(der), bytes, signature);
        }
        try {
            return P256.verify(Keys.p256(der), bytes, P256.fromP1363(signature));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** What the key signs to say that it belongs to a party. */
    public static byte[] binding(String ledger, Digest device, PartyId owner) {
        return ("Clearmarket: device " + device + " belongs to party " + owner + " on ledger " + ledger)
                .getBytes(UTF_8);
    }

    private static boolean isEd25519(byte[] der) {
        try {
            Ed25519Key.publicKey(der);
            return true;
        } catch (IllegalArgumentException otherKey) {
            return false;
        }
    }

    private static boolean isP256(byte[] der) {
        try {
            Keys.p256(der);
            return true;
        } catch (IllegalArgumentException otherKey) {
            return false;
        }
    }

    private static byte[] der(String spki) {
        try {
            return Base64.getDecoder().decode(spki);
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidValue("publicKey", spki, "base64");
        }
    }
}
