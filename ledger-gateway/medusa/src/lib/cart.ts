import { apportion } from "./conversion.js";
import { decimal, minorDigits, toMinor } from "./decimals.js";

/** What is bought, as Medusa knows it; amounts in major units as decimal text, with discounts and taxes. */
export interface Cart {
  readonly items: readonly CartItem[];
  readonly shipping: string;
}

export interface CartItem {
  readonly variant_id: string;
  readonly title: string;
  /** EAN, UPC or GTIN of the variant. */
  readonly gtin: string | null;
  readonly quantity: number;
  readonly total: string;
}

/** One line of the terms, in minor units of the order's currency: price x quantity + freight is what it costs. */
export interface OrderLine {
  readonly line: number;
  readonly variant_id: string;
  readonly product: string;
  readonly gtin: string;
  readonly quantity: number;
  readonly price: bigint;
  readonly freight: bigint;
}

/** A cart that cannot become terms; its message is for the shop. */
export class Unsellable extends Error {}

/**
 * A cart as lines that add up to exactly what is to be paid. An item's total is divided by its quantity; what is left of that, a few minor
 * units, is in the line's freight. Shipping is in the first line's freight.
 *
 * @param amount what Medusa asks to be paid, in major units
 * @throws Unsellable for things without a GTIN, and for carts whose parts do not add up to the amount (gift cards, credit)
 */
export function orderLines(cart: Cart, amount: string, currency: string): OrderLine[] {
  if (cart.items.length === 0) throw new Unsellable("there is nothing in the cart");
  const due = toMinor(amount, currency);
  const parts = [...cart.items.map((item) => item.total), cart.shipping].map((part) => share(part, currency));
  let whole: bigint[];
  try {
    whole = apportion(parts, due);
  } catch {
    throw new Unsellable(`the cart's items and shipping do not add up to ${amount} ${currency}: credit and gift cards cannot be part of escrow`);
  }
  const shipping = whole[cart.items.length]!;
  return cart.items.map((item, index) => line(item, index + 1, whole[index]!, index === 0 ? shipping : 0n));
}

function line(item: CartItem, number: number, total: bigint, shipping: bigint): OrderLine {
  const { variant_id, title, quantity } = item;
  if (!Number.isSafeInteger(quantity) || quantity < 1) throw new Unsellable(`${quantity} of "${title}": only whole pieces can be shipped`);
  const pieces = BigInt(quantity);
  const price = total / pieces;
  const freight = (total % pieces) + shipping;
  return { line: number, variant_id, product: title, gtin: gtin14(item), quantity, price, freight };
}

/** The variant's number with 14 digits, its check digit verified (GS1 General Specifications, 7.9). */
export function gtin14({ gtin, title }: Pick<CartItem, "gtin" | "title">): string {
  const digits = (gtin ?? "").trim();
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) {
    throw new Unsellable(`"${title}" has no GTIN: set its variant's barcode, EAN or UPC`);
  }
  const padded = digits.padStart(14, "0");
  const weighted = [...padded.slice(0, 13)].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  if ((10 - (weighted % 10)) % 10 !== Number(padded[13])) throw new Unsellable(`the check digit of ${digits} ("${title}") is wrong`);
  return padded;
}

function share(amount: string, currency: string) {
  const { units, scale } = decimal(amount);
  if (units < 0n) throw new Unsellable(`a part of the cart costs ${amount}`);
  const digits = minorDigits(currency);
  return scale <= digits ? { units: units * 10n ** BigInt(digits - scale), of: 1n } : { units, of: 10n ** BigInt(scale - digits) };
}
