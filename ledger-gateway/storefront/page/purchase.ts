import { answered, connect, execute, Problem, type Clearmarket, type Committed, type Device, type Review } from "../src/client.js";
import { toBase64 } from "../src/bytes.js";
import { canonicalJson, type Json } from "../src/canonical.js";
import type { TypedData } from "../src/eip712.js";
import { depositAuthorization, termsBytes, termsHash } from "../src/escrow.js";
import { sign } from "../src/p256.js";
import { RefusedToSign } from "../src/shown.js";
import { list } from "./dom.js";
import type { Offer, Terms } from "./offer.js";
import { OrderView, type Consignment } from "./order.js";
import { Registration } from "./registration.js";
import { brief, text } from "./texts.js";
import type { BuyersKey, Remembered, Vault } from "./vault.js";
import { found, until } from "./waiting.js";
import type { Account } from "./wallets.js";

/** What a buyer who took the offer up has in hand. */
export interface Claimed {
  readonly party: string;
  readonly mspId: string;
  readonly certificate: string;
  readonly terms: Terms;
  readonly merchantSignature: string;
  readonly token: string;
}

/** Steps of a purchase, in order. */
export const STEPS = ["registered", "placed", "deposited", "held"] as const;
export type Step = (typeof STEPS)[number];

const HOURS = 3 * 3_600;

/** The key is registered with another address than the one that is to pay. */
export class OtherWallet extends Error {
  constructor(readonly address: string) {
    super(`registered with ${address}`);
  }
}

/** The payer's money is not there. */
export class Underfunded extends Error {}

/**
 * From the buyer's word to the money being held. Each step asks the ledger first whether it was done before, so that a page that was closed
 * anywhere goes on from there; a word that was given is remembered before it is sent, and repeated as it was.
 */
export class Purchase {
  private readonly market: Clearmarket;
  private readonly device: Device;
  private readonly registration: Registration;
  private readonly signed: string[] = [];

  constructor(
    private readonly checkout: string,
    private readonly offer: Offer,
    private readonly claimed: Claimed,
    key: BuyersKey,
    private readonly vault: Vault,
    private readonly say: (step: Step, what: "wallet" | "ledger" | "chain" | "money" | "tender") => void,
  ) {
    this.market = connect(location.origin, claimed.token);
    this.device = { certificate: claimed.certificate, mspId: claimed.mspId, party: claimed.party, key: key.pair.privateKey };
    this.registration = new Registration(this.market, this.device, claimed.terms.ledger, vault, this.review);
  }

  /** The step that comes next, or undefined where all is done. */
  async next(): Promise<Step | undefined> {
    const consignment = await this.consignment();
    if (consignment) {
      if (consignment.money.deposited !== "0") return undefined;
      return (await this.deposit()) ? "held" : "deposited";
    }
    return (await this.registration.address()) === undefined ? "registered" : "placed";
  }

  /** Does what is left. The account may be absent where the wallet has nothing left to sign. */
  async goOn(account: () => Promise<Account>): Promise<void> {
    for (let step = await this.next(); step !== undefined; step = await this.next()) {
      if (step === "registered") await this.register(await account());
      if (step === "placed") await this.place();
      if (step === "deposited" && this.claimed.terms.quote.tender) await this.paidByProvider();
      else if (step === "deposited") await this.pay(await account());
      if (step === "held") await this.held();
    }
  }

  private async register(account: Account): Promise<void> {
    this.requirePayer(account);
    await this.registration.register(account, (what) => this.say("registered", what));
  }

  private async place(): Promise<void> {
    const { terms, merchantSignature } = this.claimed;
    const registered = await this.registration.address();
    if (registered !== undefined && registered.toLowerCase() !== terms.escrow.payer.toLowerCase()) throw new OtherWallet(registered);
    this.say("placed", "ledger");
    const before = await this.remembered();
    const hash = before.termsHash;
    const buyerSignature = before.buyerSignature ?? toBase64(await sign(this.device.key, termsBytes(terms)));
    await this.vault.remember(this.checkout, { ...before, buyerSignature });
    await this.command("placeOrder", {
      commandId: `place-${hash}`,
      orderId: terms.orderId,
      consignments: [{ terms: terms as unknown as Json, buyerSignature, merchantSignature }],
    });
    const placed = await until(() => this.consignment());
    if (placed.termsHash !== hash) throw new RefusedToSign("the order on the ledger is on other terms");
  }

  private async pay(account: Account): Promise<void> {
    const { terms } = this.claimed;
    this.requirePayer(account);
    const typed = await this.authorization();
    await account.requireChain(terms.escrow.chainId);
    if (account.test) await this.testMoney(account);
    this.say("deposited", "wallet");
    const before = await this.remembered();
    const signature = before.depositSignature ?? (await account.signTypedData(typed));
    await this.vault.remember(this.checkout, { ...before, depositSignature: signature });
    this.say("deposited", "chain");
    const { message } = typed as TypedData & { message: { validBefore: string } };
    const body = {
      consignmentId: this.offer.consignmentId,
      authorization: { validAfter: 0, validBefore: Number(message.validBefore), signature },
    };
    try {
      await answered(this.market.POST("/api/v1/deposits", { body }));
    } catch (e) {
      if (e instanceof Problem && e.code === "DEPOSIT_REFUSED") throw new Underfunded(e.message);
      throw e;
    }
    this.noted("ReceiveWithAuthorization", canonicalJson(typed.message as Json));
  }

  /** Of the development chain, once for each order. */
  private async testMoney({ address }: Account): Promise<void> {
    this.say("deposited", "money");
    const grants = [{ key: `checkout-${this.offer.consignmentId}-${address}`, address, amount: this.claimed.terms.total }];
    await answered(this.market.POST("/api/v1/development/faucet/grants", { body: { grants } }));
  }

  /** The buyer hands over the tender, outside of this page; its provider pays the escrow. */
  private paidByProvider(): Promise<void> {
    this.say("deposited", "tender");
    return this.funded();
  }

  private held(): Promise<void> {
    this.say("held", "chain");
    return this.funded();
  }

  private async funded(): Promise<void> {
    await until(async () => {
      const consignment = await this.consignment();
      return consignment !== undefined && consignment.money.deposited !== "0";
    }, HOURS);
  }

  /** What the wallet is to sign, made here from the terms; RefusedToSign if the gateway would have something else signed. */
  private async authorization(): Promise<TypedData> {
    const path = { params: { path: { consignmentId: this.offer.consignmentId } } };
    const given = (await answered(this.market.GET("/api/v1/deposits/{consignmentId}/authorization", path))) as unknown as TypedData;
    const { name, version } = given.domain as { name: string; version: string };
    const own = depositAuthorization(this.claimed.terms, { name, version });
    const lower = (data: TypedData): string => canonicalJson({ domain: data.domain, message: data.message } as Json).toLowerCase();
    if (lower(given) !== lower(own) || given.primaryType !== own.primaryType) {
      throw new RefusedToSign("the payment to sign is not that of these terms");
    }
    return own;
  }

  private requirePayer(account: Account): void {
    const { payer } = this.claimed.terms.escrow;
    if (account.address.toLowerCase() !== payer.toLowerCase()) throw new OtherWallet(payer);
  }

  private readonly review: Review = (shown) =>
    this.noted(shown.invocation.function, shown.invocation.arguments.join(" "), shown.channel, shown.creator.party);

  private command(name: string, command: { commandId: string; [member: string]: Json | undefined }): Promise<Committed> {
    return execute(this.market, this.device, name, command, { review: this.review });
  }

  /** The order as it goes on, once it is paid. */
  order(): OrderView {
    return new OrderView(this.market, this.device, this.claimed.terms, () => this.consignment());
  }

  private noted(what: string, content: string, where = "", who = this.claimed.terms.escrow.payer): void {
    this.signed.push(text("signed.line", what, where || `eip155:${this.claimed.terms.escrow.chainId}`, brief(who), content));
    list("signed", this.signed, false);
  }

  /** What was given for these very terms; a word on others counts for nothing here. */
  private async remembered(): Promise<Remembered> {
    const { terms } = this.claimed;
    const fresh = { payer: terms.escrow.payer, termsHash: termsHash(terms) };
    const before = await this.vault.remembered(this.checkout);
    return before?.termsHash === fresh.termsHash ? before : fresh;
  }

  private async consignment(): Promise<Consignment | undefined> {
    const path = { params: { path: { id: this.offer.consignmentId } } };
    const answer = await found(answered(this.market.GET("/api/v1/consignments/{id}", path)));
    return (answer as unknown as { consignment: Consignment } | undefined)?.consignment;
  }

  private async deposit(): Promise<boolean> {
    const path = { params: { path: { consignmentId: this.offer.consignmentId } } };
    const deposit = await found(answered(this.market.GET("/api/v1/deposits/{consignmentId}", path)));
    const outcome = (deposit as { outcome?: string } | undefined)?.outcome;
    return outcome !== undefined && outcome !== "REVERTED" && outcome !== "REPLACED";
  }
}
