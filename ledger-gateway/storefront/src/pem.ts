import { fromBase64, toBase64, type Bytes } from "./bytes.js";

/** PEM (RFC 7468) of this label. */
export function toPem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/** The one block of this label; an error if there is another text. */
export function fromPem(label: string, text: string): Bytes {
  const found = new RegExp(`^\\s*-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----\\s*$`).exec(text);
  if (!found) throw new TypeError(`not one PEM block of a ${label}`);
  return fromBase64(found[1]!.replace(/\s/g, ""));
}
