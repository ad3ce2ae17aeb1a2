import { concat, utf8, type Bytes } from "./bytes.js";
import { fromPem, toPem } from "./pem.js";

/** A PKCS #8 key wrapped by a passphrase, as text: what a buyer keeps to move to another device. */
export async function wrapKey(key: CryptoKey, passphrase: string): Promise<string> {
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", key);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await wrapping(passphrase, salt), pkcs8);
  return toPem("CLEARMARKET KEY BACKUP", concat(salt, iv, new Uint8Array(sealed)));
}

/**
 * The key pair of a backup. An error if the passphrase is not the backup's, or a bit of it was changed.
 *
 * @param extractable false for a key to use; true only to wrap it again at once
 */
export async function unwrapKey(backup: string, passphrase: string, extractable = false): Promise<CryptoKeyPair> {
  const bytes = fromPem("CLEARMARKET KEY BACKUP", backup);
  const key = await wrapping(passphrase, bytes.slice(0, 16));
  const pkcs8 = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.slice(16, 28) }, key, bytes.slice(28));
  return keyPair(new Uint8Array(pkcs8), extractable);
}

/** A pair that signs, from PKCS #8 of P-256. */
export async function keyPair(pkcs8: Bytes, extractable = false): Promise<CryptoKeyPair> {
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  // the public key is in the private one's JWK: WebCrypto has no other way from one to the other
  const readable = await crypto.subtle.importKey("pkcs8", pkcs8, curve, true, ["sign"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", readable);
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", pkcs8, curve, extractable, ["sign"]),
    publicKey: await crypto.subtle.importKey("jwk", { kty, crv, x, y } as JsonWebKey, curve, true, ["verify"]),
  };
}

const ITERATIONS = 600_000; // PBKDF2-HMAC-SHA-256, by OWASP's password storage cheat sheet

async function wrapping(passphrase: string, salt: Bytes): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const kdf = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS };
  return crypto.subtle.deriveKey(kdf, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}
