import { orderLines, type Cart } from "./cart.js";
import { settledRefund } from "./conversion.js";
import { toMajor, toMinor } from "./decimals.js";
import { Market } from "./market.js";
import type { PaymentOptions } from "./options.js";
import { escrow, paidToMerchant, standing, unplaced, type Status } from "./standing.js";
import { termsDraft } from "./terms.js";
import { verified } from "./webhook.js";

/** What Medusa keeps of a payment session; no secret is in it but the link, which is the buyer's anyway. */
export interface PaymentData {
  readonly [member: string]: unknown;
  readonly checkout_id: string;
  readonly consignment_id: string;
  /** Where the shop sends the buyer to pay. */
  readonly checkout_url: string;
  readonly pay_by: string;
  /** In major units, by a currency in capital letters. */
  readonly amount: string;
  readonly currency: string;
  /** Which line of the terms is which variant. */
  readonly lines: readonly { readonly line: number; readonly variant_id: string; readonly gtin: string; readonly quantity: number }[];
}

/** Something that the ledger's rules do not allow now; its message says what is possible instead. */
export class NotNow extends Error {}

/** Ids of Medusa's payment sessions are the orders' ids on the ledger: a webhook tells by itself which session it is about. */
const SESSION = /^payses_[0-9A-Z]{26}$/;

/** The payment provider without Medusa: what the shop wishes, in terms of the market. */
export class Payments {
  private readonly market: Market;

  constructor(private readonly options: PaymentOptions) {
    this.market = new Market(options);
  }

  /**
   * Offers an order behind a link.
   *
   * @param session Medusa's id of the payment session
   * @param amount in major units
   */
  async initiate(session: string, amount: string, currency: string, cart: Cart): Promise<PaymentData> {
    if (!SESSION.test(session)) throw new NotNow(`${session} is no payment session of Medusa`);
    const lines = orderLines(cart, amount, currency);
    const draft = termsDraft(session, lines, currency, this.options, new Date());
    const checkout = await this.market.createCheckout(draft, this.options.returnUrl);
    return {
      checkout_id: checkout.id,
      consignment_id: checkout.consignmentId,
      checkout_url: checkout.url,
      pay_by: checkout.payBy,
      amount,
      currency: currency.toUpperCase(),
      lines: lines.map(({ line, variant_id, gtin, quantity }) => ({ line, variant_id, gtin, quantity })),
    };
  }

  /** How it stands, and the payment's data with the escrow's side. */
  async look(data: PaymentData): Promise<{ status: Status; data: PaymentData }> {
    const now = await standing(this.market, data.consignment_id);
    if (!now) return { status: unplaced(await this.market.checkout(data.checkout_id)), data };
    return { status: now.status, data: { ...data, escrow: escrow(now.consignment) } };
  }

  /**
   * Medusa's "capture": the buyer's money is out of their hands. It moves nothing. The escrow holds it, and the merchant has it once the
   * buyer accepts, the inspection window passes, or an arbiter says so, and no earlier.
   *
   * @throws NotNow while the escrow holds nothing
   */
  async capture(data: PaymentData): Promise<PaymentData> {
    const now = await this.look(data);
    if (now.status !== "authorized" && now.status !== "captured") {
      throw new NotNow(`the escrow of ${data.consignment_id} holds nothing (${now.status}): there is nothing to capture`);
    }
    return now.data;
  }

  /**
   * The merchant gives back so much of what is held.
   *
   * @param amount in major units
   * @param key Medusa's id of the refund
   */
  async refund(data: PaymentData, amount: string, key: string): Promise<PaymentData> {
    const before = await this.placed(data);
    const [ordered, total] = [BigInt(before.terms.orderTotal.amount), BigInt(before.terms.total)];
    const wished = toMinor(amount, data.currency);
    await this.market.act(data.consignment_id, "refund", `medusa:${key}`, ({ money }) => {
      const units = settledRefund(ordered, total, BigInt(money.buyer), wished);
      return { part: { amount: units.toString(), lines: [] } };
    });
    return (await this.look(data)).data;
  }

  /**
   * Everything goes back to the buyer, as long as nothing was shipped.
   *
   * @throws NotNow once it was: a refund, a return or a dispute is the way then
   */
  async cancel(data: PaymentData): Promise<PaymentData> {
    const now = await this.market.consignment(data.consignment_id);
    // a link that nobody has bought by is void at its payBy; until then whoever has it may still pay
    if (!now || now.consignment.closed) return data;
    const { consignment } = now;
    const action = consignment.money.deposited === "0" ? "cancel" : "cancel-funded";
    if (consignment.goods !== "PLACED") {
      throw new NotNow(`${data.consignment_id} is ${consignment.goods}: what was shipped cannot be cancelled; refund what is held instead`);
    }
    await this.market.act(data.consignment_id, action, `medusa:${action}:${data.consignment_id}`, () => ({}));
    return (await this.look(data)).data;
  }

  /** A webhook as what Medusa is to do; undefined for what is not about a payment session, or moves no money. */
  async heard(headers: Record<string, unknown>, body: Uint8Array<ArrayBuffer>): Promise<{ status: Status; session: string; amount: string } | undefined> {
    const { type, data } = await verified(this.options.webhookSecrets ?? [], headers, body, new Date());
    const { orderId = "", consignmentId = "" } = data;
    if (!SESSION.test(orderId) || !/^(consignment|deposit)\./.test(type)) return undefined;
    const now = await standing(this.market, consignmentId);
    if (!now) return undefined;
    const { status, terms, consignment } = now;
    const minor = status === "captured" ? paidToMerchant(consignment, terms) : BigInt(terms.orderTotal.amount);
    return { status, session: orderId, amount: toMajor(minor, terms.orderTotal.currency) };
  }

  private async placed(data: PaymentData) {
    const now = await this.market.consignment(data.consignment_id);
    if (!now) throw new NotNow(`${data.consignment_id} is not on the ledger: nothing was paid`);
    return now;
  }
}
