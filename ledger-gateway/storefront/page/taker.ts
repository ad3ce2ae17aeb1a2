import { toBase64 } from "../src/bytes.js";
import { answered, connect, Problem, type Clearmarket, type Device, type Review } from "../src/client.js";
import { handOverBytes, newHandOver, type TakersWord } from "../src/handover.js";
import { sign } from "../src/p256.js";
import { fingerprint, provenSoon } from "./custody.js";
import { byId, list, show } from "./dom.js";
import { Registration } from "./registration.js";
import { brief, text, time } from "./texts.js";
import type { Vault } from "./vault.js";
import type { Account } from "./wallets.js";

/** A transfer, as its link shows it. */
export interface TransferOffer {
  readonly epc: string;
  readonly status: "OPEN" | "WANTED" | "CHOSEN" | "DONE" | "WITHDRAWN" | "EXPIRED" | "GONE";
  readonly expiresAt: string;
  readonly ledger: string;
  readonly chainId: number;
  readonly development: boolean;
}

/** What somebody who asked has in hand. */
export interface Asked {
  readonly from: string;
  readonly given?: TakersWord;
}

const LOOKS_EVERY = 3_000;

/** Somebody who opened the link and has a key: signs for the item, then waits for the owner's word. */
export class Taker {
  private readonly market: Clearmarket;
  private readonly registration: Registration;
  private account: Account | undefined;

  constructor(
    private readonly id: string,
    private readonly offer: TransferOffer,
    private readonly asked: Asked,
    private readonly device: Device,
    token: string,
    vault: Vault,
    review: Review,
    private readonly ask: () => Promise<Asked>,
  ) {
    this.market = connect(location.origin, token);
    this.registration = new Registration(this.market, device, offer.ledger, vault, review);
  }

  /** True if a wallet must say first whose address it is. */
  async needsWallet(): Promise<boolean> {
    return this.asked.given === undefined && (await this.registration.address()) === undefined;
  }

  /** Shows what would be signed, or what became of what was. */
  go(account?: Account): void {
    this.account = account;
    if (this.asked.given) return this.wait();
    const said = (proven: string): void => list("found", [proven, text("own.checked.not")]);
    said(text("own.checked.wait"));
    void provenSoon(this.market, this.offer.epc, this.asked.from, said);
    list("signs", [
      ...(account ? [text("review.register", brief(account.address))] : []),
      text("own.sign.take", fingerprint(this.asked.from)),
    ]);
    show("review");
  }

  async sign(): Promise<void> {
    const { ledger, epc } = this.offer;
    if (this.account) {
      await this.registration.register(this.account, (what) => (byId("now").textContent = text(`now.${what}`)));
    }
    const handOver = newHandOver(ledger, epc, this.asked.from, this.device.party);
    const signature = toBase64(await sign(this.device.key, handOverBytes(handOver)));
    const body = { handOver, signature } as never;
    await answered(this.market.POST("/api/v1/transfers/{id}/takers", { params: { path: { id: this.id } }, body }));
    this.wait();
  }

  /** Until the ledger has the item with this key. */
  private wait(): void {
    show("review", false);
    byId("now").textContent = "";
    byId("fingerprint").textContent = fingerprint(this.device.party);
    show("waiting");
    let timer = 0;
    const look = async (): Promise<void> => {
      const path = { params: { path: { id: this.id } } };
      const { status } = (await answered(this.market.GET("/api/v1/transfers/{id}/offer", path))) as unknown as TransferOffer;
      const mine = (status !== "CHOSEN" && status !== "DONE") || (await this.isChosen());
      byId("state").textContent = text(mine ? STATES[status] : "own.taken");
      if (!mine || ENDS.has(status)) clearInterval(timer);
      if (mine && status === "DONE") this.received();
    };
    const tried = (): void => void look().catch(() => {}); // the next time may be luckier
    timer = setInterval(() => document.visibilityState === "visible" && tried(), LOOKS_EVERY);
    tried();
  }

  /** Whom the owner said yes to only the chosen one is told. */
  private async isChosen(): Promise<boolean> {
    try {
      await this.ask();
      return true;
    } catch (e) {
      if (e instanceof Problem && e.code === "TRANSFER_TAKEN") return false;
      throw e;
    }
  }

  private received(): void {
    const said = (proven: string): void => list("received", [proven, text("own.checked.not")]);
    said(text("own.checked.wait"));
    void provenSoon(this.market, this.offer.epc, this.device.party, said);
    show("received");
  }

  /** Until when, and by whom it is offered. */
  static introduce({ expiresAt }: TransferOffer, holder: string): void {
    byId("offered-by").textContent = text("own.offered.by", holder, time(expiresAt));
    show("offered");
  }
}

const ENDS = new Set<string>(["DONE", "WITHDRAWN", "EXPIRED", "GONE"]);

const STATES = {
  OPEN: "own.wait",
  WANTED: "own.wait",
  CHOSEN: "own.wait.chosen",
  DONE: "own.done",
  WITHDRAWN: "own.withdrawn",
  EXPIRED: "own.expired",
  GONE: "own.gone",
} as const;
