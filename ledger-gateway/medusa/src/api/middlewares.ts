import { defineMiddlewares, type MedusaNextFunction, type MedusaRequest, type MedusaResponse } from "@medusajs/framework/http";
import { ContainerRegistrationKeys, MathBN, MedusaError } from "@medusajs/framework/utils";
import type { Cart } from "../lib/cart.js";

const PROVIDER = "pp_clearmarket_";

/**
 * Medusa tells a payment provider an amount and no more; terms name what is bought. So the cart is read here, on the server, and put in
 * the place of whatever the buyer's browser may have sent under that name.
 */
export default defineMiddlewares({
  routes: [
    {
      method: ["POST"],
      matcher: "/store/payment-collections/:id/payment-sessions",
      middlewares: [withCart],
    },
  ],
});

async function withCart(request: MedusaRequest, _response: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const body = request.body as { provider_id?: unknown; data?: Record<string, unknown> } | undefined;
  if (!body || !String(body.provider_id).startsWith(PROVIDER)) return next();
  const cart = await cartOf(request, String(request.params.id));
  body.data = { ...body.data, clearmarket: cart };
  next();
}

async function cartOf(request: MedusaRequest, collection: string): Promise<Cart> {
  const query = request.scope.resolve(ContainerRegistrationKeys.QUERY);
  const { data: links } = await query.graph({
    entity: "cart_payment_collection",
    fields: ["cart_id"],
    filters: { payment_collection_id: collection },
  });
  const { data: carts } = await query.graph({
    entity: "cart",
    fields: ["id", "currency_code", "total", "shipping_total", "items.*", "items.total", "items.variant.barcode", "items.variant.ean", "items.variant.upc"],
    filters: { id: (links[0]?.cart_id as string | undefined) ?? "" },
  });
  const cart = carts[0] as unknown as StoredCart | undefined;
  if (!cart) throw new MedusaError(MedusaError.Types.NOT_FOUND, `payment collection ${collection} has no cart`);
  return {
    items: cart.items.map((item) => {
      if (!item.requires_shipping) throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `"${item.title}" is not shipped: escrow is for goods`);
      return {
        variant_id: item.variant_id,
        title: item.variant_title && item.variant_title !== item.product_title ? `${item.product_title}, ${item.variant_title}` : item.title,
        gtin: item.variant?.barcode || item.variant?.ean || item.variant?.upc || null,
        quantity: MathBN.convert(item.quantity).toNumber(),
        total: MathBN.convert(item.total).toFixed(),
      };
    }),
    shipping: MathBN.convert(cart.shipping_total).toFixed(),
  };
}

interface StoredCart {
  readonly shipping_total: number;
  readonly items: readonly {
    readonly variant_id: string;
    readonly title: string;
    readonly product_title: string;
    readonly variant_title: string;
    readonly quantity: number;
    readonly total: number;
    readonly requires_shipping: boolean;
    readonly variant?: { readonly barcode: string | null; readonly ean: string | null; readonly upc: string | null };
  }[];
}
