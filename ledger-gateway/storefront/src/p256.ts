import { concat, equal, fromHex, toHex, type Bytes } from "./bytes.js";
import { der, derInteger, INTEGER, readDer, SEQUENCE } from "./der.js";

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const ECDSA = { name: "ECDSA", hash: "SHA-256" } as const;
/** SubjectPublicKeyInfo of every uncompressed P-256 point begins so. */
const SPKI_PREFIX = fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04");
const SPKI_LENGTH = 91;

/** A new key pair; what is not extractable can be stored in IndexedDB and used, and never read. */
export async function generateKey(extractable = false): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(CURVE, extractable, ["sign", "verify"]);
}

/** The key's SubjectPublicKeyInfo in DER. */
export async function publicKeyInfo(key: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("spki", key));
}

/** True if this is the SubjectPublicKeyInfo of an uncompressed P-256 key. */
export function isP256(spki: Uint8Array): boolean {
  return spki.length === SPKI_LENGTH && equal(spki.subarray(0, SPKI_PREFIX.length), SPKI_PREFIX);
}

/** ECDSA over SHA-256 of the bytes, as Fabric takes it: DER with the lower s. */
export async function sign(key: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return toLowS(new Uint8Array(await crypto.subtle.sign(ECDSA, key, bytes)));
}

/** WebCrypto's r||s as DER with the lower s. */
export function toLowS(raw: Uint8Array): Bytes {
  const s = BigInt(`0x${toHex(raw.subarray(32))}`);
  const low = s > ORDER / 2n ? ORDER - s : s;
  return der(SEQUENCE, derInteger(raw.subarray(0, 32)), derInteger(fromHex(low.toString(16).padStart(64, "0"))));
}

/** True if the DER signature, with the lower s, is this key's over SHA-256 of the bytes. */
export async function verify(spki: Bytes, bytes: Bytes, signature: Uint8Array): Promise<boolean> {
  const raw = fromDer(signature);
  if (!isP256(spki) || !raw || BigInt(`0x${toHex(raw.subarray(32))}`) > ORDER / 2n) return false;
  try {
    const key = await crypto.subtle.importKey("spki", spki, CURVE, false, ["verify"]);
    return await crypto.subtle.verify(ECDSA, key, raw, bytes);
  } catch (e) {
    if (e instanceof DOMException) return false; // the key is no point of the curve
    throw e;
  }
}

function fromDer(signature: Uint8Array): Bytes | undefined {
  try {
    const [sequence, ...more] = readDer(signature);
    if (sequence?.tag !== SEQUENCE || more.length > 0) return undefined;
    const numbers = readDer(sequence.content);
    if (numbers.length !== 2 || numbers.some(({ tag }) => tag !== INTEGER)) return undefined;
    return concat(...numbers.map(({ content }) => fixed(content)));
  } catch (e) {
    if (e instanceof TypeError || e instanceof RangeError) return undefined;
    throw e;
  }
}

/** A DER integer as 32 bytes. */
function fixed(integer: Uint8Array): Bytes {
  const digits = integer.length === 33 && integer[0] === 0 ? integer.subarray(1) : integer;
  if (digits.length > 32) throw new RangeError("an integer of more than 32 bytes");
  return concat(new Uint8Array(32 - digits.length), digits);
}
