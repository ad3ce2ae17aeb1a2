/** ISO 4217's minor units where they are not two digits, those of currencies of the past included. */
const DIGITS = new Map<string, number>([
  ...digits(0, "ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF"),
  ...digits(3, "BHD IQD JOD KWD LYD OMR TND"),
  ...digits(4, "CLF UYW"),
]);

/** Codes for metals, funds and tests, which have no minor unit. */
const NONE = new Set("XAG XAU XBA XBB XBC XBD XDR XFO XFU XPD XPT XSU XTS XUA XXX".split(" "));

/**
 * How many decimal digits a currency has by ISO 4217. Medusa's own table follows CLDR, which differs where small coins are out of use.
 *
 * @param currency code of three letters, in any case
 * @throws RangeError for a code without a minor unit, or what is no code
 */
export function minorDigits(currency: string): number {
  const code = currency.toUpperCase();
  if (!/^[A-Z]{3}$/.test(code) || NONE.has(code)) throw new RangeError(`${currency} is no currency with a minor unit`);
  return DIGITS.get(code) ?? 2;
}

/** A decimal number, exactly: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Reads a plain decimal number such as `11.8881`; an error for anything else, exponents included. */
export function decimal(text: string): Decimal {
  const found = /^(-?\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) throw new RangeError(`"${text}" is no plain decimal number`);
  const [, whole, fraction = ""] = found;
  return { units: BigInt(whole! + fraction), scale: fraction.length };
}

/**
 * An amount in major units as whole minor units. It is exact where the amount has no more digits than its currency; a shop that taxes by
 * fractions of a cent gets the nearest unit, a half rounded up, as Medusa itself compares amounts.
 */
export function toMinor(amount: string, currency: string): bigint {
  const { units, scale } = decimal(amount);
  const digits = minorDigits(currency);
  return scale <= digits ? units * 10n ** BigInt(digits - scale) : nearest(units, 10n ** BigInt(scale - digits));
}

/** Minor units as Medusa's major ones, exactly. */
export function toMajor(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  if (digits === 0) return minor.toString();
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, "0");
  return `${minor < 0n ? "-" : ""}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The nearest whole number to a fraction that is not negative, a half rounded up. */
export function nearest(numerator: bigint, denominator: bigint): bigint {
  if (numerator < 0n) throw new RangeError(`${numerator} is negative`);
  return (2n * numerator + denominator) / (2n * denominator);
}

function digits(count: number, codes: string): [string, number][] {
  return codes.split(" ").map((code) => [code, count]);
}
