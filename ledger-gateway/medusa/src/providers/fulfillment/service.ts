import type { CreateFulfillmentResult, FulfillmentDTO, FulfillmentItemDTO, FulfillmentOption, FulfillmentOrderDTO } from "@medusajs/framework/types";
import { AbstractFulfillmentProviderService, MedusaError } from "@medusajs/framework/utils";
import { requireShipping, type ShippingOptions } from "../../lib/options.js";
import type { PaymentData } from "../../lib/payments.js";
import { Shipping, type Piece } from "../../lib/shipping.js";
import { said } from "../said.js";

type Items = Partial<Omit<FulfillmentItemDTO, "fulfillment">>[];

/** What the plug-in's subscriber has written to an order that was paid by Clearmarket. */
export interface PaidByClearmarket extends Pick<PaymentData, "consignment_id" | "lines"> {
  readonly order_id: string;
}

/** Shipping on Clearmarket's ledger: a fulfilment is the merchant's `ship` command, with the pieces by their serial numbers. */
export class ClearmarketFulfillmentProvider extends AbstractFulfillmentProviderService {
  static override identifier = "clearmarket";

  private readonly shipping: Shipping;

  static validateOptions(options: Record<string, unknown>): void {
    requireShipping(options);
  }

  constructor(
    _container: unknown,
    private readonly options: ShippingOptions,
  ) {
    super();
    this.shipping = new Shipping(options);
  }

  /** One for each carrier. */
  override async getFulfillmentOptions(): Promise<FulfillmentOption[]> {
    return Object.keys(this.options.carriers).map((name) => ({ id: name, name }));
  }

  override async validateOption(data: Record<string, unknown>): Promise<boolean> {
    return typeof data.id === "string" && data.id in this.options.carriers;
  }

  override async validateFulfillmentData(optionData: Record<string, unknown>): Promise<Record<string, unknown>> {
    return { carrier: optionData.id };
  }

  /** Prices are the shop's: escrow has no opinion about freight. */
  override async canCalculate(): Promise<boolean> {
    return false;
  }

  /**
   * Ships the whole consignment of the order. Serial numbers come from the fulfilment's metadata, `clearmarket_serials` by variant, else
   * they are made.
   */
  override async createFulfillment(
    data: Record<string, unknown>,
    items: Items,
    order: Partial<FulfillmentOrderDTO> | undefined,
    fulfillment: Partial<Omit<FulfillmentDTO, "provider_id" | "data" | "items">>,
  ): Promise<CreateFulfillmentResult> {
    const paid = paidOrder(order);
    const carrier = this.options.carriers[String(data.carrier)];
    if (!carrier) throw new MedusaError(MedusaError.Types.INVALID_DATA, `"${String(data.carrier)}" is no carrier of option "carriers"`);
    const serials = (fulfillment.metadata?.clearmarket_serials ?? {}) as Record<string, string[]>;
    const packed = new Date(fulfillment.packed_at ?? fulfillment.created_at ?? Date.now());
    const shipped = await said(() => this.shipping.ship(paid, carrier, pieces(items, order!), serials, packed));
    return {
      data: { ...data, ...shipped },
      labels: shipped.pages.map((page) => ({ tracking_number: shipped.consignment_id, tracking_url: page, label_url: page })),
    };
  }

  /** The ledger has no way back from SHIPPED but delivery, a refund, a return or a dispute. */
  override async cancelFulfillment(data: Record<string, unknown>): Promise<never> {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `${String(data.consignment_id ?? "the consignment")} was handed to the carrier on the ledger, which cannot be undone: refund the payment, or have it returned`,
    );
  }

  /** A return is the buyer's own command, on their order's page: nobody can ask for it in their name. */
  override async createReturnFulfillment(): Promise<never> {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "the buyer asks for a return at the checkout's link, with their own key");
  }
}

/** Its own word alone counts: a cart's metadata, which the buyer can write, becomes the order's and knows no order id. */
function paidOrder(order: Partial<FulfillmentOrderDTO> | undefined): PaidByClearmarket {
  const paid = (order?.metadata as { clearmarket?: PaidByClearmarket } | null | undefined)?.clearmarket;
  if (!paid || paid.order_id !== order?.id) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `order ${order?.id} was not paid by Clearmarket: fulfil it by another provider`);
  }
  return paid;
}

/** Pieces of variants; a kit's several inventory items are one piece of what was sold. */
function pieces(items: Items, order: Partial<FulfillmentOrderDTO>): Piece[] {
  return [...new Set(items.map((item) => item.line_item_id))].map((id) => {
    const parts = items.filter((item) => item.line_item_id === id);
    const sold = order.items?.find((item) => item.id === id);
    if (!sold?.variant_id) throw new MedusaError(MedusaError.Types.INVALID_DATA, `item ${id} is not of this order`);
    return { variant_id: sold.variant_id, quantity: parts.length === 1 ? Number(parts[0]!.quantity) : Number(sold.quantity) };
  });
}
