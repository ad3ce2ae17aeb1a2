import { toBase64, toHex, utf8 } from "../src/bytes.js";

/** The document of a reason; its hash can't be guessed by trying reasons. */
export function salted(reason: string): Uint8Array {
  return utf8(`${reason}\n${toHex(crypto.getRandomValues(new Uint8Array(16)))}\n`);
}

/** As it goes with the command that names its hash. */
export function attached(document: Uint8Array): { mediaType: string; content: string } {
  return { mediaType: "text/plain", content: toBase64(document) };
}
