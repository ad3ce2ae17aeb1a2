import { sha256 } from "@noble/hashes/sha2.js";
import { toHex, utf8, type Bytes } from "./bytes.js";
import { BIT_STRING, der, INTEGER, readDer, SEQUENCE } from "./der.js";
import { isP256, publicKeyInfo, sign } from "./p256.js";
import { fromPem, toPem } from "./pem.js";

const ECDSA_WITH_SHA256 = Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
const COMMON_NAME = Uint8Array.of(0x06, 3, 0x55, 4, 3);
const [SET, UTF8_STRING, CONTEXT_0] = [0x31, 0x0c, 0xa0];

/** Who somebody is to the market: SHA-256 of their key's SubjectPublicKeyInfo, 64 lower-case hexadecimal digits. */
export function partyOf(spki: Uint8Array): string {
  return toHex(sha256(spki));
}

/** The P-256 SubjectPublicKeyInfo of an X.509 certificate in PEM; an error if it has none. Nothing else of it is checked. */
export function certificateKey(pem: string): Bytes {
  const certificate = only(readDer(fromPem("CERTIFICATE", pem)), "certificate");
  const parts = readDer(certificate.content);
  const tbs = readDer(parts[0]?.content ?? new Uint8Array());
  // version [0], serial number, signature, issuer, validity, subject, key (RFC 5280, section 4.1)
  const spki = tbs[tbs[0]?.tag === CONTEXT_0 ? 6 : 5]?.whole;
  if (parts.length !== 3 || !spki || !isP256(spki)) throw new TypeError("not a certificate of a P-256 key");
  return spki;
}

/** A certificate signing request (PKCS #10, RFC 2986) in PEM, made and signed where the key is. */
export async function certificateRequest(pair: CryptoKeyPair, commonName: string): Promise<string> {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, utf8(commonName)))));
  const info = der(SEQUENCE, der(INTEGER, Uint8Array.of(0)), name, await publicKeyInfo(pair.publicKey), der(CONTEXT_0));
  const signature = der(BIT_STRING, Uint8Array.of(0), await sign(pair.privateKey, info));
  return toPem("CERTIFICATE REQUEST", der(SEQUENCE, info, der(SEQUENCE, ECDSA_WITH_SHA256), signature));
}

function only<T>(items: readonly T[], what: string): T {
  if (items.length !== 1) throw new TypeError(`not one ${what}`);
  return items[0]!;
}
