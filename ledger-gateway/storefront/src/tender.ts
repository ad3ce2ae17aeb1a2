/** What the buyer hands over where that is not the settlement asset, as the terms' quote has it. */
export interface Tender {
  /** An ISO 4217 code, or an asset's CAIP-19 name. */
  readonly unit: string;
  /** Minor units. */
  readonly amount: string;
  /** With the denominator: minor units of the tender for one of the settlement asset; a string above 2^53 - 1. */
  readonly numerator: number | string;
  readonly denominator: number | string;
  readonly provider: string;
}

/** A tender by whose it is, in its minor units: the three are its amount at any moment. */
export interface Tendered {
  readonly held: bigint;
  readonly gross: bigint;
  readonly buyer: bigint;
}

/**
 * A consignment's money in the tender, at the original rate: what goes back is its part of it, what the merchant's side gets is all but the
 * rest's part, and what is held is between them. A refund is the difference of what came after it and what came before.
 *
 * @param total of the terms, in the settlement asset as the next two
 * @param gross cumulative, to the merchant's side
 * @param buyer cumulative, back to the buyer
 */
export function inTender(tender: Tender, total: bigint, gross: bigint, buyer: bigint): Tendered {
  const whole = BigInt(tender.amount);
  const returned = nearest(buyer * whole, total);
  const kept = nearest((total - gross) * whole, total);
  return { held: kept - returned, gross: whole - kept, buyer: returned };
}

/** The tender of a total of the settlement asset at its rate: what a page compares with what it shows. */
export function tendered(tender: Tender, total: bigint): bigint {
  return nearest(total * BigInt(tender.numerator), BigInt(tender.denominator));
}

/** To the nearest whole number, a half up. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
