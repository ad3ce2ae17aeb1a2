import { canonicalJson, type Json } from "../src/canonical.js";
import { tokenOf, type EscrowTerms } from "../src/escrow.js";
import { RefusedToSign, shownText } from "../src/shown.js";
import { tendered, type Tender } from "../src/tender.js";
import { byId, list, show } from "./dom.js";
import { brief, duration, money, tender, text, time, units } from "./texts.js";

/** Terms as the API gives them. */
export interface Terms extends EscrowTerms {
  readonly lines: readonly {
    readonly product: string;
    readonly gtin: string;
    readonly quantity: number;
    readonly price: string;
    readonly freight: string;
  }[];
  readonly orderTotal: { readonly amount: string; readonly currency: string };
  readonly quote: { readonly tender?: Tender };
  readonly arbiters: readonly string[];
  readonly timers: { readonly [timer: string]: number };
  readonly returnPolicy: string;
  readonly conditions?: readonly Condition[];
}

/** What an event about the goods does to the money. */
interface Condition {
  readonly effect: "RELEASE" | "REFUND" | "FREEZE";
  readonly share: number;
  readonly witnesses: readonly string[];
  readonly expected: { readonly bizStep?: string; readonly disposition?: string; readonly place?: string };
  readonly standsFor: number;
}

/** What a checkout offers, before it knows its buyer. */
export interface Offer {
  readonly orderId: string;
  readonly consignmentId: string;
  readonly status: "OPEN" | "TAKEN" | "PLACED" | "FUNDED" | "CLOSED" | "EXPIRED" | "WITHDRAWN";
  readonly challenge: string;
  readonly returnUrl?: string;
  readonly terms: Terms;
  readonly development: boolean;
}

/** Shows the order and its terms in plain words. */
export function showOffer({ terms, returnUrl }: Offer): void {
  const { currency } = terms.orderTotal;
  list(
    "lines",
    terms.lines.map((line) => {
      const freight = line.freight === "0" ? "" : ` · ${text("line.freight", money(line.freight, currency))}`;
      return `${line.quantity} × ${shownText(line.product)} · ${money(line.price, currency)}${freight} · GTIN ${line.gtin}`;
    }),
    false,
  );
  byId("total").textContent = money(terms.orderTotal.amount, currency);
  list("terms", inWords(terms));
  if (returnUrl !== undefined) {
    const back = byId<HTMLAnchorElement>("back");
    back.href = returnUrl;
    back.hidden = false;
  }
  show("order");
}

function inWords(terms: Terms): string[] {
  const within = (timer: string): string => duration(terms.timers[timer] ?? 0);
  return [
    ...payment(terms),
    text("terms.pay", time(terms.payBy)),
    text("terms.ship", within("shipWithin")),
    text("terms.inspect", within("inspectWithin")),
    text(terms.returnPolicy === "none" ? "terms.noreturn" : "terms.return"),
    ...(terms.conditions ?? []).map(condition),
    text("terms.stop", time(terms.stopDate)),
    text("terms.seller", brief(terms.merchant), terms.arbiters.map(brief).join(", ")),
  ];
}

/** What the buyer hands over, and where it is then. */
function payment(terms: Terms): string[] {
  const { tender: other } = terms.quote;
  const token = brief(tokenOf(terms));
  if (other === undefined) return [text("terms.held", units(terms.total), token)];
  if (tendered(other, BigInt(terms.total)) !== BigInt(other.amount)) throw new RefusedToSign("the tender is not the total at its rate");
  return [text("terms.tender", tender(other.amount, other.unit), other.provider, units(terms.total), token), text("terms.tender.back")];
}

function condition({ effect, share, witnesses, expected, standsFor }: Condition): string {
  const who = witnesses.map(brief).join(", ");
  const what = [expected.bizStep, expected.disposition, expected.place].filter((word) => word !== undefined).join(" · ");
  const stands = duration(standsFor);
  switch (effect) {
    case "RELEASE":
      return text("terms.releases", who, what, stands);
    case "REFUND":
      return text("terms.refunds", who, what, stands, share / 100);
    case "FREEZE":
      return text("terms.freezes", who, what, stands);
    default:
      throw new RefusedToSign("the terms have a condition that this page does not know");
  }
}

/** RefusedToSign unless the terms are those that were shown, for this buyer and wallet. */
export function requireAsShown(terms: Terms, offer: Offer, party: string, payer?: string): void {
  const { buyer, escrow, ...rest } = terms;
  const { payer: named, salt: _, ...escrowRest } = escrow;
  if (canonicalJson({ ...rest, escrow: escrowRest } as unknown as Json) !== canonicalJson(offer.terms as unknown as Json)) {
    throw new RefusedToSign("the terms to sign are not those that were offered");
  }
  if (buyer !== party) throw new RefusedToSign("the terms name another buyer");
  if (payer !== undefined && named.toLowerCase() !== payer.toLowerCase()) throw new RefusedToSign("the terms name another payer");
}
