import { fromBase64, toHex, utf8, type Bytes } from "./bytes.js";
import { canonicalJson, type Json } from "./canonical.js";
import { partyOf } from "./identity.js";
import { verify } from "./p256.js";
import { RefusedToSign } from "./shown.js";

/** Custody of items passes: what the taker signs, and the owner brings to the ledger. */
export interface HandOver {
  readonly ledger: string;
  readonly epcs: readonly string[];
  readonly from: string;
  readonly to: string;
  /** ISO 8601, in UTC, whole seconds. */
  readonly at: string;
  /** 32 random bytes, hexadecimal: a hand-over counts once. */
  readonly nonce: string;
}

/** A taker's word: their signature over a hand-over to them. */
export interface TakersWord {
  readonly party: string;
  readonly handOver: HandOver;
  /** base64 of DER */
  readonly signature: string;
}

/** A hand-over of one item, as of now. */
export function newHandOver(ledger: string, epc: string, from: string, to: string): HandOver {
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  return { ledger, epcs: [epc], from, to, at, nonce: toHex(crypto.getRandomValues(new Uint8Array(32))) };
}

/** What its taker signs: RFC 8785. */
export function handOverBytes(handOver: HandOver): Bytes {
  return utf8(canonicalJson(handOver as unknown as Json));
}

/**
 * RefusedToSign unless the word hands over this item alone, from this owner to whom the key belongs that signed it.
 *
 * @param publicKey base64 of the taker's SubjectPublicKeyInfo
 */
export async function requireWord(word: TakersWord, publicKey: string, ledger: string, epc: string, owner: string): Promise<void> {
  const { party, handOver, signature } = word;
  const { at, nonce } = handOver;
  const expected: HandOver = { ledger, epcs: [epc], from: owner, to: party, at, nonce };
  if (canonicalJson(handOver as unknown as Json) !== canonicalJson(expected as unknown as Json)) {
    throw new RefusedToSign("the hand-over is not of this item, from you to who asked");
  }
  const spki = fromBase64(publicKey);
  if (partyOf(spki) !== party || !(await verify(spki, handOverBytes(handOver), fromBase64(signature)))) {
    throw new RefusedToSign("the hand-over is not signed by who asked");
  }
}
