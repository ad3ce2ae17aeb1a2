/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * The JSON Canonicalization Scheme (RFC 8785): the same value is always the same text, so it can be hashed and signed. Members
 * that are undefined are left out. An error for a number that a double does not hold exactly, and for half of a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value as { [name: string]: Json | undefined })
      .filter((member): member is [string, Json] => member[1] !== undefined)
      // by UTF-16 code units, which is how strings compare
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${text(name)}:${canonicalJson(member)}`).join(",")}}`;
  }
  if (typeof value === "string") return text(value);
  if (typeof value === "number" && !(Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value))) {
    throw new RangeError(`the number ${value} may have lost digits; write it as a string`);
  }
  return JSON.stringify(value);
}

function text(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new RangeError("a string holds half of a surrogate pair");
  return JSON.stringify(value);
}
