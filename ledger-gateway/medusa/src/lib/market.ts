import { answered, connect, Problem, type Clearmarket } from "@clearmarket/client";
import type { MarketOptions } from "./options.js";

/** A consignment on the ledger, as far as a shop needs it; amounts are in minor units of the settlement asset. */
export interface Consignment {
  readonly version: number;
  readonly goods: "PLACED" | "SHIPPED" | "DELIVERED" | "RETURN_REQUESTED" | "RETURN_SHIPPED" | "RETURNED";
  readonly closed: boolean;
  readonly items: readonly LineItems[];
  readonly money: {
    readonly deposited: string;
    readonly held: string;
    readonly gross: string;
    readonly buyer: string;
    readonly paidGross: string;
    readonly paidBuyer: string;
  };
}

/** Which pieces go out for a line of the terms. */
export interface LineItems {
  readonly line: number;
  readonly epcs: readonly string[];
}

export interface Terms {
  readonly total: string;
  readonly orderTotal: { readonly amount: string; readonly currency: string };
  readonly lines: readonly { readonly line: number; readonly gtin: string; readonly quantity: number }[];
}

export interface Checkout {
  readonly id: string;
  readonly url: string;
  readonly consignmentId: string;
  readonly payBy: string;
  readonly status: "OPEN" | "TAKEN" | "PLACED" | "FUNDED" | "CLOSED" | "EXPIRED" | "WITHDRAWN";
}

/** What a merchant does to a consignment from a shop system. */
export type Action = "ship" | "refund" | "cancel" | "cancel-funded";

const ATTEMPTS = 10;
const PAUSE = 500;

/** The merchant's side of the gateway's API. Repeating anything is harmless: each command has an id that follows from the shop's own ids. */
export class Market {
  private readonly api: Clearmarket;

  constructor({ url, accessKey }: MarketOptions) {
    this.api = connect(url.replace(/\/$/, ""), accessKey);
  }

  /** A checkout; the same terms again are the same checkout, so an answer that was lost is asked for once more. */
  async createCheckout(terms: object, returnUrl?: string): Promise<Checkout> {
    const body = { terms, ...(returnUrl === undefined ? {} : { returnUrl }) } as never;
    return patiently(() => answered(this.api.POST("/api/v1/checkouts", { body }))) as Promise<Checkout>;
  }

  async checkout(id: string): Promise<Checkout> {
    return patiently(() => answered(this.api.GET("/api/v1/checkouts/{id}", { params: { path: { id } } }))) as Promise<Checkout>;
  }

  /** The consignment with its terms; undefined while no order is on the ledger. */
  async consignment(id: string): Promise<{ consignment: Consignment; terms: Terms } | undefined> {
    const answer = await found(patiently(() => answered(this.api.GET("/api/v1/consignments/{id}", { params: { path: { id } } }))));
    return answer as { consignment: Consignment; terms: Terms } | undefined;
  }

  /** True if a deposit is on its way to the escrow, not final yet. */
  async depositSeen(consignmentId: string): Promise<boolean> {
    const answer = await found(answered(this.api.GET("/api/v1/deposits/{consignmentId}", { params: { path: { consignmentId } } })));
    const outcome = (answer as { outcome?: string } | undefined)?.outcome;
    return outcome !== undefined && outcome !== "REVERTED" && outcome !== "REPLACED";
  }

  /** Stores an EPCIS event, by its hash: the same event again is the same one. What the ledger takes of it. */
  async capture(event: object): Promise<unknown> {
    const call = () =>
      this.api.POST("/api/v1/provenance/captures", { body: event as never, headers: { "Content-Type": "application/ld+json" } });
    const { events } = (await patiently(() => answered(call() as never))) as { events: unknown[] };
    return events[0];
  }

  /**
   * Brings a command to the ledger once, whatever happens on the way: decided anew when the consignment has moved on, and found again
   * by its id when it was done before.
   *
   * @param key the command's id: the same for the same wish of the shop, another for another
   * @param decide the command's members at a state of the consignment, always the same ones for the same state
   */
  async act(id: string, action: Action, key: string, decide: (now: Consignment) => object): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const now = await this.consignment(id);
      if (!now) throw new Problem(404, "UNKNOWN_CONSIGNMENT", `${id} is not on the ledger`);
      try {
        return await this.send(id, action, key, { version: now.consignment.version, ...decide(now.consignment) });
      } catch (e) {
        if (!(e instanceof Problem)) throw e;
        if (e.code === "COMMAND_ID_REUSED") return this.again(id, action, key, decide);
        if (!["WRONG_VERSION", "CONFLICT"].includes(e.code) || attempt === ATTEMPTS) throw e;
        await pause(PAUSE);
      }
    }
  }

  /** The id was used: by this very wish, decided at an earlier state. Repeated as it was, it answers as it did. */
  private async again(id: string, action: Action, key: string, decide: (then: Consignment) => object): Promise<void> {
    for (const then of (await this.states(id)).reverse()) {
      try {
        return await this.send(id, action, key, { version: then.version, ...decide(then) });
      } catch (e) {
        if (!(e instanceof Problem && e.code === "COMMAND_ID_REUSED")) throw e;
      }
    }
    throw new Problem(409, "COMMAND_ID_REUSED", `${key} was used for another ${action} of ${id}`);
  }

  /** Every state that a consignment has been in, the oldest first. */
  private async states(id: string): Promise<Consignment[]> {
    const states: Consignment[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 200, ...(cursor && { cursor }) };
      const part = (await answered(
        this.api.GET("/api/v1/consignments/{id}/history", { params: { path: { id }, query } }),
      )) as unknown as { items: { value: Consignment }[]; next?: string };
      states.push(...part.items.map(({ value }) => value));
      cursor = part.next;
    } while (cursor);
    return states;
  }

  private async send(consignmentId: string, action: Action, key: string, body: object): Promise<void> {
    const call = () =>
      this.api.POST(`/api/v1/consignments/{consignmentId}/${action}`, {
        params: { path: { consignmentId }, header: { "Idempotency-Key": key } },
        body: body as never,
      });
    let { transactionId, status } = await patiently(() => answered(call()));
    for (let wait = PAUSE; status === "pending"; wait = Math.min(2 * wait, 10_000)) {
      await pause(wait);
      ({ status } = await answered(this.api.GET("/api/v1/commands/{transactionId}", { params: { path: { transactionId } } })));
    }
  }
}

/** Undefined for what is not there. */
async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (e) {
    if (e instanceof Problem && e.status === 404) return undefined;
    throw e;
  }
}

/** Asks again where nobody knows whether it was heard. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (e) {
      const inDoubt = !(e instanceof Problem) || e.status === 503 || e.status === 429;
      if (!inDoubt || attempt === 4) throw e;
      await pause(PAUSE * attempt);
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
