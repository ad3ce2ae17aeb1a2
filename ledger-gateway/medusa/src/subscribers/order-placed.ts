import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import type { PaymentData } from "../lib/payments.js";
import type { PaidByClearmarket } from "../providers/fulfillment/service.js";

/** Writes to an order which consignment it is on the ledger: a fulfilment provider is told of an order, and not of its payment. */
export default async function orderPlaced({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> {
  const { id } = event.data;
  const query = container.resolve(ContainerRegistrationKeys.QUERY);
  const { data: orders } = await query.graph({
    entity: "order",
    fields: ["id", "metadata", "payment_collections.payments.provider_id", "payment_collections.payments.data"],
    filters: { id },
  });
  const order = orders[0] as unknown as PlacedOrder | undefined;
  const payments = order?.payment_collections?.flatMap((collection) => collection.payments ?? []) ?? [];
  const payment = payments.find(({ provider_id }) => provider_id.startsWith("pp_clearmarket_"));
  if (!payment) return;
  const { consignment_id, lines } = payment.data;
  const clearmarket: PaidByClearmarket = { order_id: id, consignment_id, lines };
  await container.resolve(Modules.ORDER).updateOrders([{ id, metadata: { ...order?.metadata, clearmarket } }]);
}

export const config: SubscriberConfig = { event: "order.placed" };

interface PlacedOrder {
  readonly metadata: Record<string, unknown> | null;
  readonly payment_collections?: readonly { readonly payments?: readonly { readonly provider_id: string; readonly data: PaymentData }[] }[];
}
