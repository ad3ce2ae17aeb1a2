import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../src/bytes.js";
import type { Json } from "../src/canonical.js";
import { answered, execute, type Clearmarket, type Device } from "../src/client.js";
import { byId, list, show } from "./dom.js";
import { inTender } from "../src/tender.js";
import { Evidence } from "./evidence.js";
import type { Terms } from "./offer.js";
import { attached, salted } from "./reasons.js";
import { tender, text, time, units } from "./texts.js";

/** What the buyer's page reads of a consignment. */
export interface Consignment {
  readonly id: string;
  readonly version: number;
  readonly termsHash: string;
  readonly goods: string;
  readonly closed: boolean;
  readonly carrier?: string;
  readonly dispute?: { readonly status: "OPEN" | "RULED" };
  readonly items: readonly { readonly epcs: readonly string[] }[];
  readonly deadlines: { readonly [timer: string]: string | undefined };
  readonly money: {
    readonly deposited: string;
    readonly held: string;
    readonly gross: string;
    readonly buyer: string;
    readonly paidGross: string;
    readonly paidBuyer: string;
  };
}

/** What a buyer may do about goods that they paid for; the ledger decides, this only leaves out what it would refuse. */
export type Action = "accept" | "return" | "dispute" | "evidence";

/** What is legal for the buyer now (docs/rules.md). */
export function legal({ goods, dispute, money, deadlines }: Consignment, { returnPolicy }: Terms, now: Date): Action[] {
  if (money.held === "0" || goods === "PLACED") return [];
  const inspecting = goods === "DELIVERED" && (deadlines["inspectUntil"] ?? "") > now.toISOString();
  const actions: Action[] = [];
  if (dispute === undefined || dispute.status === "OPEN") actions.push("accept");
  if (dispute === undefined && inspecting && returnPolicy === "inspection") actions.push("return");
  if (dispute === undefined && (inspecting || goods === "SHIPPED")) actions.push("dispute");
  if (dispute?.status === "OPEN" && (deadlines["arbiterBy"] ?? "") > now.toISOString()) actions.push("evidence");
  return actions;
}

/** The other side is to be told why. */
export class ReasonMissing extends Error {}

const TIMERS = {
  shipBy: "after.shipBy",
  deliverBy: "after.deliverBy",
  inspectUntil: "after.inspectUntil",
  returnShipBy: "after.returnShipBy",
  arbiterBy: "after.arbiterBy",
};

/** The order after it was paid: where it is, what becomes of the money, and what the buyer may do. */
export class OrderView {
  private shown: Consignment | undefined;
  private readonly evidence: Evidence;

  constructor(
    private readonly market: Clearmarket,
    private readonly device: Device,
    private readonly terms: Terms,
    private readonly find: () => Promise<Consignment | undefined>,
  ) {
    this.evidence = new Evidence(market, device);
  }

  /** Shows it as the ledger has it now. */
  async refresh(): Promise<void> {
    const consignment = await this.find();
    // what either side lays before the arbiter leaves the consignment as it is
    if (consignment?.dispute) await this.evidence.refresh(consignment.id);
    if (!consignment || consignment.version === this.shown?.version) return;
    this.shown = consignment;
    const { deadlines } = consignment;
    byId("goods").textContent = text(consignment.closed ? "after.closed" : `goods.${consignment.goods}`);
    this.showMoney(consignment);
    list("deadlines", [
      ...(consignment.dispute ? [text("after.disputed")] : []),
      ...Object.entries(TIMERS)
        .filter(([timer]) => deadlines[timer] !== undefined)
        .map(([timer, key]) => text(key, time(deadlines[timer]!))),
    ]);
    this.showItems(consignment);
    const actions = legal(consignment, this.terms, new Date());
    for (const action of ["accept", "return", "dispute"] as const) show(`act-${action}`, actions.includes(action));
    show("evidence", consignment.dispute !== undefined);
    show("evidence-form", actions.includes("evidence"));
    show("reason-field", actions.includes("return") || actions.includes("dispute"));
    show("after");
  }

  /** In units of the settlement asset, and what the parties have of it in the buyer's tender if that is another. */
  private showMoney({ money }: Consignment): void {
    const { tender: other } = this.terms.quote;
    const parts = other && inTender(other, BigInt(this.terms.total), BigInt(money.gross), BigInt(money.buyer));
    for (const name of ["held", "gross", "buyer"] as const) {
      const amount = units(money[name]);
      byId(`money-${name}`).textContent = parts && money.deposited !== "0"
        ? text("after.tender", amount, tender(String(parts[name]), other.unit)) : amount;
    }
    byId("money-paid").textContent = units(String(BigInt(money.paidGross) + BigInt(money.paidBuyer)));
  }

  private showItems({ items }: Consignment): void {
    byId("items").replaceChildren(
      ...items.flatMap(({ epcs }) => epcs).map((epc) => {
        const [item, link] = [document.createElement("li"), document.createElement("a")];
        link.href = new URL(epc).pathname;
        link.textContent = new URL(epc).pathname;
        link.translate = false;
        item.append(link);
        return item;
      }),
    );
  }

  /**
   * Brings the buyer's word to the ledger. A reason is kept by the gateway; the ledger has its hash alone.
   *
   * @param file for evidence: a document in the place of words
   */
  async act(action: Action, reason: string, file?: File): Promise<void> {
    const { id, version, carrier } = this.shown!;
    if (action === "evidence") return this.evidence.submit(id, reason, file);
    const about = { commandId: `${action}-${id}-${version}`, consignmentId: id, version };
    if (action === "accept") {
      await this.command("accept", { ...about, part: { lines: [] } });
      return this.moved(version);
    }
    if (reason.trim() === "") throw new ReasonMissing();
    const document = salted(reason);
    const documents = [attached(document)];
    const because = { ...about, reason: toHex(sha256(document)) };
    if (action === "return") await this.command("requestReturn", { ...because, ...(carrier === undefined ? {} : { carrier }) }, documents);
    if (action === "dispute") await this.command("openDispute", because, documents);
    await this.moved(version);
  }

  /** Until the page shows what became of the version that was acted on, or ten seconds. */
  private async moved(version: number): Promise<void> {
    for (let i = 0; i < 40 && this.shown!.version === version; i++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      await this.refresh();
    }
  }

  /** A proof that the ledger says so, for anybody who trusts neither the shop nor this market. */
  async receipt(): Promise<Blob> {
    const query = { kind: "consignment", id: [this.shown!.id] };
    const proof = await answered(this.market.GET("/api/v1/proofs", { params: { query }, parseAs: "blob" } as never));
    return proof as unknown as Blob;
  }

  private async command(
    name: string,
    command: { commandId: string; [member: string]: Json | undefined },
    documents: { mediaType: string; content: string }[] = [],
  ): Promise<void> {
    try {
      await execute(this.market, this.device, name, command, { documents });
    } catch (e) {
      await this.refresh().catch(() => {}); // it may be refused because of what the page has not shown yet
      throw e;
    }
  }
}
