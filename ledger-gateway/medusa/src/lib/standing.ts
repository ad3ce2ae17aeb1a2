import { inOrderCurrency } from "./conversion.js";
import type { Checkout, Consignment, Market, Terms } from "./market.js";

/**
 * How a payment stands, in Medusa's words.
 *
 * - `requires_more`: the buyer has not paid
 * - `pending`: a deposit is on its way to the escrow, not final
 * - `authorized`: the escrow holds the money
 * - `captured`: what goes to the merchant was seen paid on the settlement chain, and nothing is held
 * - `canceled`: nothing was paid in time, or everything went back to the buyer
 */
export type Status = "requires_more" | "pending" | "authorized" | "captured" | "canceled";

/** What the ledger says of a payment. */
export interface Standing {
  readonly status: Status;
  readonly consignment: Consignment;
  readonly terms: Terms;
}

/** Asked of the ledger each time; nothing is remembered. Undefined while no order is on it. */
export async function standing(market: Market, consignmentId: string): Promise<Standing | undefined> {
  const placed = await market.consignment(consignmentId);
  if (!placed) return undefined;
  const status = statusOf(placed.consignment);
  return { ...placed, status: status === "requires_more" && (await market.depositSeen(consignmentId)) ? "pending" : status };
}

/** Before there is an order. */
export function unplaced({ status }: Checkout): Status {
  return status === "EXPIRED" || status === "WITHDRAWN" ? "canceled" : "requires_more";
}

/** Of an order that is on the ledger. */
export function statusOf({ money, closed }: Consignment): Status {
  if (money.deposited === "0") return closed ? "canceled" : "requires_more";
  if (money.held !== "0" || !closed) return "authorized";
  if (money.gross === "0") return "canceled";
  return money.paidGross === money.gross ? "captured" : "authorized";
}

/** What was seen paid to the merchant, in minor units of the order's currency. */
export function paidToMerchant({ money }: Consignment, { orderTotal, total }: Terms): bigint {
  return inOrderCurrency(BigInt(orderTotal.amount), BigInt(total), BigInt(money.paidGross));
}

/** The escrow's side, for whoever looks at the payment in the shop: decided is the ledger's word, paid was seen on the settlement chain. */
export function escrow({ goods, closed, money }: Consignment) {
  return {
    goods,
    closed,
    deposited: money.deposited,
    held: money.held,
    decided_to_merchant: money.gross,
    decided_to_buyer: money.buyer,
    paid_to_merchant: money.paidGross,
    paid_to_buyer: money.paidBuyer,
  };
}
