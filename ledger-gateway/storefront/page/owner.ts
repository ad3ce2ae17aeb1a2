import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../src/bytes.js";
import { answered, execute, type Clearmarket, type Device, type Review } from "../src/client.js";
import type { Json } from "../src/canonical.js";
import { handOverBytes, requireWord, type TakersWord } from "../src/handover.js";
import { drawCode } from "./code.js";
import { fingerprint, provenSoon } from "./custody.js";
import { byId, list, show } from "./dom.js";
import { text, time } from "./texts.js";
import { until } from "./waiting.js";

/** A transfer, as its owner sees it. */
export interface OfferedTransfer {
  readonly id: string;
  readonly url: string;
  readonly code: readonly string[];
  readonly expiresAt: string;
  readonly status: "OPEN" | "WANTED" | "CHOSEN" | "DONE" | "WITHDRAWN" | "EXPIRED" | "GONE";
  readonly takers: readonly (TakersWord & { readonly publicKey: string })[];
  readonly chosen?: string;
}

/** What the gateway says of a key that has the item. */
export interface Held {
  readonly under: string;
  readonly since: string;
  readonly inOpenConsignment: boolean;
  readonly ledger: string;
  readonly transfer?: OfferedTransfer;
}

const LOOKS_EVERY = 3_000;

/** Whoever has the item on the ledger: what was checked of that, and handing it on. */
export class Owner {
  private shown: OfferedTransfer | undefined;

  constructor(
    private readonly market: Clearmarket,
    private readonly device: Device,
    private readonly epc: string,
    private readonly held: Held,
    private readonly attempt: (action: () => Promise<void>) => Promise<void>,
    private readonly review: Review,
  ) {}

  start(): void {
    const { under, since, inOpenConsignment, transfer } = this.held;
    const { party } = this.device;
    const said = [text("own.checked.key"), text("own.checked.ledger", fingerprint(under), time(since))];
    if (under !== party) said.push(text("own.checked.successor", fingerprint(under)));
    const checks = (proven: string): void => list("checks", [...said, proven, text("own.checked.not")]);
    checks(text("own.checked.wait"));
    void provenSoon(this.market, this.epc, under, checks);
    show("open-sale", inOpenConsignment);
    show("make", !inOpenConsignment);
    byId("make").addEventListener("click", () => void this.attempt(() => this.make()));
    byId("withdraw").addEventListener("click", () => void this.attempt(() => this.withdraw()));
    show("owner");
    if (transfer) this.show(transfer);
    setInterval(() => {
      if (document.visibilityState === "visible") void this.refresh().catch(() => {}); // the next time may be luckier
    }, LOOKS_EVERY);
  }

  private async make(): Promise<void> {
    const body = { epc: this.epc } as never;
    this.show((await answered(this.market.POST("/api/v1/transfers", { body }))) as unknown as OfferedTransfer);
  }

  private async withdraw(): Promise<void> {
    const path = { params: { path: { id: this.shown!.id } } };
    await answered(this.market.DELETE("/api/v1/transfers/{id}", path));
    this.over(text("own.withdrawn"));
    show("make");
  }

  private async refresh(): Promise<void> {
    const id = this.shown?.id;
    if (id === undefined) return;
    const transfer = await this.read(id);
    if (this.shown?.id === id) this.show(transfer);
  }

  private async read(id: string): Promise<OfferedTransfer> {
    return (await answered(this.market.GET("/api/v1/transfers/{id}", { params: { path: { id } } }))) as unknown as OfferedTransfer;
  }

  private show(transfer: OfferedTransfer): void {
    const { status, takers, chosen, url } = transfer;
    if (status === "DONE") return this.handed(transfer);
    if (status === "EXPIRED") this.over(text("own.expired"));
    if (status === "GONE") this.over(text("own.gone"));
    show("make", status === "EXPIRED");
    if (status === "EXPIRED" || status === "GONE" || JSON.stringify(transfer) === JSON.stringify(this.shown)) return;
    if (this.shown?.id !== transfer.id) drawCode(byId("code"), transfer.code);
    this.shown = transfer;
    byId("link").textContent = url;
    byId("until").textContent = text("own.link", time(transfer.expiresAt));
    const asking = takers.filter(({ party }) => chosen === undefined || chosen === party);
    byId("takers").replaceChildren(...asking.map((taker) => this.taker(taker)));
    show("nobody", asking.length === 0);
    show("compare", asking.length > 0);
    show("transfer");
  }

  private taker(taker: OfferedTransfer["takers"][number]): HTMLElement {
    const [item, button] = [document.createElement("li"), document.createElement("button")];
    button.type = "button";
    button.textContent = text("own.yes", fingerprint(taker.party));
    button.addEventListener("click", () => void this.attempt(() => this.handOver(taker)));
    item.append(button);
    return item;
  }

  /** On the owner's word alone: what was signed by the taker is read here, and recorded under the owner's own key. */
  private async handOver({ publicKey, ...word }: OfferedTransfer["takers"][number]): Promise<void> {
    const { id } = this.shown!;
    await requireWord(word, publicKey, this.held.ledger, this.epc, this.device.party);
    const body = { party: word.party } as never;
    await answered(this.market.POST("/api/v1/transfers/{id}/choice", { params: { path: { id } }, body }));
    byId("now").textContent = text("now.ledger");
    const command = {
      commandId: `hand-over-${toHex(sha256(handOverBytes(word.handOver)))}`,
      handOver: word.handOver as unknown as Json,
      counterSignature: word.signature,
    };
    await execute(this.market, this.device, "recordHandOver", command, { review: this.review });
    this.handed(await until(async () => {
      const transfer = await this.read(id);
      return transfer.status === "DONE" && transfer;
    }));
  }

  private handed({ chosen }: OfferedTransfer): void {
    this.over(text("own.handed", fingerprint(chosen ?? "")));
    show("owner", false);
  }

  private over(words: string): void {
    this.shown = undefined;
    show("transfer", false);
    byId("now").textContent = words;
  }
}
