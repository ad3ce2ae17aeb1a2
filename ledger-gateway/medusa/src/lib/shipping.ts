import { Market, type LineItems } from "./market.js";
import type { ShippingOptions } from "./options.js";
import { NotNow, type PaymentData } from "./payments.js";

/** What goes out: pieces of a variant. */
export interface Piece {
  readonly variant_id: string;
  readonly quantity: number;
}

export interface Shipped {
  readonly consignment_id: string;
  readonly items: readonly LineItems[];
  /** Each piece's page: its GS1 Digital Link at the gateway. */
  readonly pages: readonly string[];
}

/** The fulfilment provider without Medusa. */
export class Shipping {
  private readonly market: Market;

  constructor(private readonly options: ShippingOptions) {
    this.market = new Market(options);
  }

  /**
   * Hands a whole consignment to a carrier on the ledger; doing it again is harmless.
   *
   * @param payment of the order that is shipped
   * @param pieces all of them: a consignment is shipped at once
   * @param serials of each variant's pieces, where the shop has them; else they are made from the consignment's id
   * @param at when the goods were packed: part of the event's hash, so the same each time
   */
  async ship(
    payment: Pick<PaymentData, "consignment_id" | "lines">,
    carrier: string,
    pieces: readonly Piece[],
    serials: Readonly<Record<string, readonly string[]>>,
    at: Date,
  ): Promise<Shipped> {
    const id = payment.consignment_id;
    requireWhole(payment.lines, pieces);
    const items = await itemsOf(payment, serials);
    const epcs = items.flatMap((item) => item.epcs);
    const now = await this.market.consignment(id);
    if (!now || now.consignment.money.deposited === "0") throw new NotNow(`the escrow of ${id} holds nothing yet: nothing can be shipped`);
    if (now.consignment.goods === "PLACED") {
      const event = await this.market.capture(shippingEvent(epcs, this.options.readPoint, at));
      await this.market.act(id, "ship", `medusa:ship:${id}`, () => ({ items, carrier, event }));
    } else if (JSON.stringify(now.consignment.items) !== JSON.stringify(items)) {
      throw new NotNow(`${id} is ${now.consignment.goods} already, with other items`);
    }
    return { consignment_id: id, items, pages: epcs.map((epc) => epc.replace("https://id.gs1.org", this.options.url)) };
  }
}

function requireWhole(lines: PaymentData["lines"], pieces: readonly Piece[]): void {
  const [ordered, packed] = [byVariant(lines), byVariant(pieces)];
  for (const variant of new Set([...ordered.keys(), ...packed.keys()])) {
    const [of, some] = [ordered.get(variant) ?? 0, packed.get(variant) ?? 0];
    if (of !== some) throw new NotNow(`${some} of ${of} pieces of ${variant}: a consignment is shipped whole, so fulfil all of the order at once`);
  }
}

function byVariant(pieces: readonly Piece[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { variant_id, quantity } of pieces) found.set(variant_id, (found.get(variant_id) ?? 0) + quantity);
  return found;
}

/** The pieces of each line as GS1 Digital Link URIs; a variant's serials are used up line by line. */
async function itemsOf({ consignment_id, lines }: Pick<PaymentData, "consignment_id" | "lines">, serials: Readonly<Record<string, readonly string[]>>) {
  const left = new Map(Object.entries(serials).map(([variant, all]) => [variant, [...all]]));
  const items: LineItems[] = [];
  for (const { line, variant_id, gtin, quantity } of lines) {
    const given = left.get(variant_id)?.splice(0, quantity);
    if (given !== undefined && given.length !== quantity) throw new NotNow(`${given.length} serials of ${variant_id} for ${quantity} pieces`);
    const numbers = given ?? (await Promise.all(Array.from({ length: quantity }, (_, i) => serial(`${consignment_id}/${line}/${i + 1}`))));
    items.push({ line, epcs: numbers.map((number) => `https://id.gs1.org/01/${gtin}/21/${encodeURIComponent(number)}`) });
  }
  return items;
}

/** 20 characters, the most that a GS1 serial number has, always the same for the same piece. */
async function serial(piece: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(piece)));
  return [...hash.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function shippingEvent(epcList: readonly string[], readPoint: string, at: Date): object {
  return {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
    type: "ObjectEvent",
    action: "OBSERVE",
    eventTime: at.toISOString(),
    eventTimeZoneOffset: "+00:00",
    epcList,
    bizStep: "shipping",
    disposition: "in_transit",
    readPoint: { id: readPoint },
  };
}
