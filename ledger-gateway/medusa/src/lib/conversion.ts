import { decimal, nearest } from "./decimals.js";

/** A rate between minor units: settled = ordered x numerator / denominator. */
export interface Quote {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * A rate between major units as a quote between minor ones, exactly.
 *
 * @param rate settlement asset for one of the order currency, such as `0.1853`
 * @param assetDigits the token's `decimals`
 */
export function quote(rate: string, currencyDigits: number, assetDigits: number): Quote {
  const { units, scale } = decimal(rate);
  if (units <= 0n) throw new RangeError(`a rate of ${rate}: it must be more than zero`);
  const shift = assetDigits - currencyDigits - scale;
  const numerator = shift > 0 ? units * 10n ** BigInt(shift) : units;
  const denominator = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  const common = gcd(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** A sum of prices in the settlement asset: the nearest whole unit, a half rounded up. */
export function whole({ numerator, denominator }: Quote, price: bigint): bigint {
  return nearest(price * numerator, denominator);
}

/** Each price in the settlement asset, rounded up or down so that all add up to {@link whole} of their sum. */
export function settledLines(rate: Quote, prices: readonly bigint[]): bigint[] {
  const shares = prices.map((price) => ({ units: price * rate.numerator, of: rate.denominator }));
  return apportion(shares, whole(rate, sum(prices)));
}

/** What a cumulative settled amount is in the order's currency: its part of the order's total. */
export function inOrderCurrency(ordered: bigint, total: bigint, settled: bigint): bigint {
  return nearest(settled * ordered, total);
}

/**
 * How much more of a settlement to give back, so that what the buyer has got back, seen in the order's currency, grows by so much. All
 * of the order is all of the settlement, whatever the parts were.
 *
 * @param returned what has been given back so far, in the settlement asset
 * @param refund in minor units of the order's currency
 */
export function settledRefund(ordered: bigint, total: bigint, returned: bigint, refund: bigint): bigint {
  const after = inOrderCurrency(ordered, total, returned) + refund;
  return nearest(after * total, ordered) - returned;
}

/**
 * Fractions as whole units that add up to a given sum, by largest remainders; of equal ones the first is rounded up.
 *
 * @throws RangeError if the sum is not within the fractions' roundings
 */
export function apportion(shares: readonly { readonly units: bigint; readonly of: bigint }[], total: bigint): bigint[] {
  const floors = shares.map(({ units, of }) => units / of);
  const left = total - sum(floors);
  const byRemainder = shares
    .map(({ units, of }, index) => ({ index, rest: units % of, of }))
    .filter(({ rest }) => rest > 0n)
    .sort((a, b) => Number(sign(b.rest * a.of - a.rest * b.of)) || a.index - b.index);
  if (left < 0n || left > BigInt(byRemainder.length)) throw new RangeError(`parts that add up to about ${sum(floors)} make no ${total}`);
  for (const { index } of byRemainder.slice(0, Number(left))) floors[index]! += 1n;
  return floors;
}

export function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
