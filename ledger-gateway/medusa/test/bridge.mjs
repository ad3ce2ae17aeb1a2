// The providers' own parts without Medusa, on a running market: one call a line, as JSON, and its answer in a line.
import { createInterface } from "node:readline";
import { Payments } from "../target/lib/payments.js";
import { Shipping } from "../target/lib/shipping.js";

let payments, shipping;
const calls = {
  open({ payment, ship }) {
    payments = new Payments(payment);
    shipping = new Shipping(ship);
  },
  initiate: ({ session, amount, currency, cart }) => payments.initiate(session, amount, currency, cart),
  look: ({ data }) => payments.look(data),
  capture: ({ data }) => payments.capture(data),
  refund: ({ data, amount, key }) => payments.refund(data, amount, key),
  cancel: ({ data }) => payments.cancel(data),
  ship: ({ data, carrier, pieces, serials, at }) => shipping.ship(data, carrier, pieces, serials, new Date(at)),
  heard: ({ headers, body }) => payments.heard(headers, new TextEncoder().encode(body)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { call, ...args } = JSON.parse(line);
  let answer;
  try {
    answer = { done: (await calls[call](args)) ?? null };
  } catch (e) {
    answer = { error: e.constructor.name, code: e.code ?? null, message: e.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
