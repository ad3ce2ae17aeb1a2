import { toHex } from "./bytes.js";

/** What is not to be signed, with the reason. */
export class RefusedToSign extends Error {
  override name = "RefusedToSign";
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** Text as a page shows it as it is: control characters and those that turn the direction of writing are escaped. */
export function shownText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0)!;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
  });
}

/** Bytes as text where they are UTF-8, else 0x and hexadecimal. */
export function shownBytes(bytes: Uint8Array): string {
  try {
    return shownText(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return `0x${toHex(bytes)}`;
  }
}
