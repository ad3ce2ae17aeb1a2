import { concat, type Bytes } from "./bytes.js";

/** One element of DER (ITU-T X.690). */
export interface Element {
  readonly tag: number;
  /** Its content. */
  readonly content: Bytes;
  /** Tag, length and content. */
  readonly whole: Bytes;
}

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;

/** The elements that the bytes hold one after the other; an error if they are not DER. */
export function readDer(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at]!;
    let length = bytes[at + 1] ?? 0x80;
    let header = 2;
    if (length >= 0x80) {
      const digits = length - 0x80;
      if (digits < 1 || digits > 3) throw new TypeError("not DER: a length that is not definite and small");
      length = 0;
      for (let i = 0; i < digits; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
      header += digits;
    }
    const end = at + header + length;
    if (end > bytes.length) throw new TypeError("not DER: an element is longer than the rest");
    elements.push({ tag, content: concat(bytes.subarray(at + header, end)), whole: concat(bytes.subarray(at, end)) });
    at = end;
  }
  return elements;
}

/** An element with the parts as its content. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const content = concat(...parts);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff);
  const header = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return concat(Uint8Array.from(header), content);
}

/** A number that is not negative, as an INTEGER. */
export function derInteger(bigEndian: Uint8Array): Bytes {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bigEndian.subarray(first);
  return der(INTEGER, digits[0]! >= 0x80 ? Uint8Array.of(0) : Uint8Array.of(), digits);
}
