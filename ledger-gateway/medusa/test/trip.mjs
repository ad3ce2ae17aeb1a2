// A real shop on a real market: carts, payment sessions, checkouts paid by buyers with keys of their own, orders, fulfilment, refunds.
// Reads where the market and the database are from standard input, as JSON; prints each step; ends with 0 if all was as it should be.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { answered, connect } from "@clearmarket/client";
import { buy, until } from "./buyer.mjs";
import { startShop } from "./server.mjs";

const { gateway, tokens, carrier, arbiter, databaseUrl } = JSON.parse(await text(process.stdin));
const merchant = connect(gateway, tokens.merchant);
const port = await freePort();
const types = ["deposit.seen", "consignment.funded", "consignment.decided", "consignment.paid", "consignment.cancelled", "consignment.refunded"];
const hook = await answered(merchant.POST("/api/v1/webhooks", { body: { url: `http://127.0.0.1:${port}/hooks/payment/clearmarket_main`, types } }));
const market = { url: gateway, accessKey: tokens.merchant, arbiter, carrier, webhookSecret: hook.secret, returnUrl: "https://shop.example/thanks" };
const shop = await startShop({ port, databaseUrl, market });
const { seeded } = shop;
try {
  await anOrderIsPlacedByTheWebhookShippedAndRefundedInParts();
  await anOrderIsPlacedByTheBuyersReturnAndCancelled();
  await aPaymentIsCapturedByItselfOnceTheMerchantIsPaid();
} finally {
  await shop.stop();
}

async function anOrderIsPlacedByTheWebhookShippedAndRefundedInParts() {
  const { cart, session } = await checkout(3);
  assert.equal(session.status, "pending");
  assert.equal(session.data.clearmarket.items[0].title, "A good thing, M", "what the browser sent is not believed");
  assert.equal((await tryToComplete(cart)).status, 400, "nothing was paid, so there is no order");
  const buyer = await buy(session.data.checkout_url);
  assert.deepEqual(buyer.terms.orderTotal, { amount: "4150", currency: "EUR" }, "3 x 9.99 + 4.90 with 19 % are 41.4953");
  assert.equal((await tryToComplete(cart)).status, 400, "an order without a deposit is not paid");
  await buyer.pay();
  const order = await until("the webhook places the order", () => orderOf(cart));
  assert.equal(order.payment_status, "authorized");
  step("an order was placed by the webhook");

  await admin("POST", `/orders/${order.id}/fulfillments`, { items: items(order), location_id: seeded.location });
  const shipped = await consignment(buyer.consignmentId);
  assert.equal(shipped.goods, "SHIPPED");
  assert.equal(shipped.items[0].epcs.length, 3);
  const { fulfillments } = (await admin("GET", `/orders/${order.id}?fields=*fulfillments.labels`)).order;
  assert.equal(fulfillments[0].labels.length, 3, "a label for each piece");
  assert.equal((await refused("POST", `/orders/${order.id}/fulfillments/${fulfillments[0].id}/cancel`, {})).status, 400);
  step("its fulfilment was shipped on the ledger");

  const [payment] = (await orderOf(cart)).payment_collections[0].payments;
  await admin("POST", `/payments/${payment.id}/capture`, {});
  assert.equal((await consignment(buyer.consignmentId)).money.gross, "0", "a capture decides nothing");
  await admin("POST", `/payments/${payment.id}/refund`, { amount: 10 });
  await admin("POST", `/payments/${payment.id}/refund`, { amount: 0.01 });
  const { money } = await consignment(buyer.consignmentId);
  assert.equal(money.buyer, String(Math.round((1001 * Number(buyer.terms.total)) / 4150)));
  assert.equal(BigInt(money.held), BigInt(buyer.terms.total) - BigInt(money.buyer));
  step("two parts were refunded on the ledger");

  await admin("POST", `/payments/${payment.id}/refund`, { amount: 31.49 });
  assert.equal((await consignment(buyer.consignmentId)).money.held, "0", "the last part is all that was left");
  assert.equal((await consignment(buyer.consignmentId)).closed, true);
  step("and the rest");
}

async function anOrderIsPlacedByTheBuyersReturnAndCancelled() {
  await webhook(false);
  const { cart, session } = await checkout(1);
  const buyer = await buy(session.data.checkout_url);
  await buyer.pay();
  await until("the escrow holds the money", async () => (await consignment(buyer.consignmentId)).money.held !== "0");
  const placed = await tryToComplete(cart);
  assert.equal(placed.body.type, "order", JSON.stringify(placed.body));
  await admin("POST", `/orders/${placed.body.order.id}/cancel`, {});
  const { money, closed } = await consignment(buyer.consignmentId);
  assert.equal(closed, true);
  assert.equal(money.buyer, buyer.terms.total);
  await webhook(true);
  step("a cancelled order's money went back");
}

async function aPaymentIsCapturedByItselfOnceTheMerchantIsPaid() {
  const { cart, session } = await checkout(1);
  const buyer = await buy(session.data.checkout_url);
  await buyer.pay();
  const order = await until("the webhook places the order", () => orderOf(cart));
  await admin("POST", `/orders/${order.id}/fulfillments`, {
    items: items(order), location_id: seeded.location, metadata: { clearmarket_serials: { [seeded.variant]: [`S-${Date.now()}`] } },
  });
  const shipped = await consignment(buyer.consignmentId);
  assert.match(shipped.items[0].epcs[0], /21\/S-\d+$/, "the shop's own serial number");
  await deliver(buyer.consignmentId, shipped);
  const { version } = await until("delivered", async () => {
    const now = await consignment(buyer.consignmentId);
    return now.goods === "DELIVERED" && now;
  });
  await buyer.accept(version);
  const captured = await until("the payment is captured", async () => {
    const now = await orderOf(cart);
    return now.payment_status === "captured" && now;
  });
  const [payment] = captured.payment_collections[0].payments;
  const late = await refused("POST", `/payments/${payment.id}/refund`, { amount: 1 });
  assert.match(JSON.stringify(late.body), /NOTHING_HELD|held|closed/i);
  step("a payment was captured when the merchant was paid");
}

/** A cart of so many good things, as a buyer's browser makes it, up to its payment session. */
async function checkout(quantity) {
  const address = { first_name: "B", last_name: "uyer", address_1: "Street 1", city: "Berlin", country_code: "de", postal_code: "10115" };
  const { cart } = await store("POST", "/carts", {
    region_id: seeded.region, email: "b@shop.example", shipping_address: address, items: [{ variant_id: seeded.variant, quantity }],
  });
  await store("POST", `/carts/${cart.id}/shipping-methods`, { option_id: seeded.option });
  const { payment_collection: collection } = await store("POST", "/payment-collections", { cart_id: cart.id });
  const forged = { items: [{ variant_id: seeded.variant, title: "Gold", gtin: "09521234123453", quantity: 1, total: "0.01" }], shipping: "0" };
  const { payment_collection } = await store("POST", `/payment-collections/${collection.id}/payment-sessions`, {
    provider_id: "pp_clearmarket_main", data: { clearmarket: forged },
  });
  return { cart: cart.id, session: payment_collection.payment_sessions[0] };
}

function tryToComplete(cart) {
  return call("POST", `/store/carts/${cart}/complete`, { "x-publishable-api-key": seeded.publishable }, {});
}

function items(order) {
  return order.items.map(({ id, quantity }) => ({ id, quantity }));
}

async function orderOf(cart) {
  const fields = "id,payment_status,metadata,*items,*payment_collections.payments,*cart";
  const { orders } = await admin("GET", `/orders?fields=${fields}&order=-created_at`);
  return orders.find((order) => order.cart?.id === cart && order.metadata?.clearmarket);
}

async function consignment(id) {
  return (await answered(merchant.GET("/api/v1/consignments/{id}", { params: { path: { id } } }))).consignment;
}

/** The gateway tells the shop nothing while this is off. */
async function webhook(active) {
  const { id, url } = hook.webhook ?? hook;
  await answered(merchant.PUT("/api/v1/webhooks/{id}", { params: { path: { id } }, body: { url, types, active } }));
}

async function deliver(consignmentId, { version, items }) {
  const hands = connect(gateway, tokens.carrier);
  const event = {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", type: "ObjectEvent", action: "OBSERVE",
    eventTime: new Date().toISOString(), eventTimeZoneOffset: "+00:00", epcList: items.flatMap(({ epcs }) => epcs), bizStep: "receiving",
    disposition: "in_progress", readPoint: { id: "https://id.gs1.org/414/9521234000020" },
  };
  const headers = { "Content-Type": "application/ld+json" };
  const { events } = await answered(hands.POST("/api/v1/provenance/captures", { body: event, headers }));
  const params = { path: { consignmentId }, header: { "Idempotency-Key": `deliver-${consignmentId}` } };
  await answered(hands.POST("/api/v1/consignments/{consignmentId}/deliver", { params, body: { version, event: events[0] } }));
}

async function call(method, path, headers, body) {
  const response = await fetch(`${shop.url}${path}`, {
    method, headers: { "content-type": "application/json", ...headers }, ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const said = await response.text();
  assert.ok(!said.includes(tokens.merchant), "no answer of the shop may hold its access key");
  return { status: response.status, body: said ? JSON.parse(said) : {} };
}

async function done(method, path, headers, body) {
  const answer = await call(method, path, headers, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function store(method, path, body) {
  return done(method, `/store${path}`, { "x-publishable-api-key": seeded.publishable }, body);
}

function office() {
  return { authorization: `Basic ${Buffer.from(`${seeded.secret}:`).toString("base64")}` };
}

function admin(method, path, body) {
  return done(method, `/admin${path}`, office(), body);
}

async function refused(method, path, body) {
  const answer = await call(method, `/admin${path}`, office(), body);
  assert.ok(answer.status >= 400 && answer.status < 500, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

function step(what) {
  process.stdout.write(`${new Date().toISOString()} ${what}\n`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}
