// Amounts, conversion, carts and webhooks, against what Java made for this run (MedusaPluginTest).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gtin14, orderLines, Unsellable } from "../target/lib/cart.js";
import { inOrderCurrency, quote, settledLines, settledRefund, whole } from "../target/lib/conversion.js";
import { minorDigits, toMajor, toMinor } from "../target/lib/decimals.js";
import { requirePayment } from "../target/lib/options.js";
import { statusOf } from "../target/lib/standing.js";
import { termsDraft } from "../target/lib/terms.js";
import { NotBelieved, verified } from "../target/lib/webhook.js";

const vectors = JSON.parse(readFileSync(process.env.CLEARMARKET_VECTORS, "utf8"));
const item = (total, quantity = 1) => ({ variant_id: "v", title: "Thing", gtin: "9521234123453", quantity, total });

test("every currency of ISO 4217 has the digits that Java knows, and an amount goes there and back", () => {
  assert.ok(Object.keys(vectors.currencies).length > 150);
  for (const [code, digits] of Object.entries(vectors.currencies)) {
    if (digits < 0) {
      assert.throws(() => minorDigits(code), RangeError, code);
      continue;
    }
    assert.equal(minorDigits(code.toLowerCase()), digits, code);
    for (const minor of [0n, 1n, 9n, 10n ** 18n + 7n]) assert.equal(toMinor(toMajor(minor, code), code), minor, code);
  }
  assert.equal(toMajor(5n, "BHD"), "0.005");
  assert.equal(toMajor(-1234n, "EUR"), "-12.34");
});

test("an amount is exact where it has no more digits than its currency, else the nearest unit", () => {
  assert.equal(toMinor("90071992547409.93", "EUR"), 9007199254740993n); // 2^53 + 1: no double holds it
  assert.equal(toMinor("11.8881", "EUR"), 1189n);
  assert.equal(toMinor("0.005", "EUR"), 1n);
  assert.equal(toMinor("0.0049999", "EUR"), 0n);
  assert.equal(toMinor("7", "JPY"), 7n);
  for (const wrong of ["1e3", "1,5", "", "NaN", ".5"]) assert.throws(() => toMinor(wrong, "EUR"), RangeError, wrong);
});

test("quotes and lines are those that the ledger's own rules compute", () => {
  for (const { rate, currencyDigits, assetDigits, numerator, denominator, prices, lines, total } of vectors.quotes) {
    const made = quote(rate, currencyDigits, assetDigits);
    assert.equal(made.numerator.toString(), numerator, rate);
    assert.equal(made.denominator.toString(), denominator, rate);
    const units = prices.map(BigInt);
    assert.deepEqual(settledLines(made, units).map(String), lines, rate);
    assert.equal(whole(made, units.reduce((a, b) => a + b, 0n)).toString(), total);
  }
  for (const { ordered, total, settled, back } of vectors.back) {
    assert.equal(inOrderCurrency(BigInt(ordered), BigInt(total), BigInt(settled)).toString(), back);
  }
});

test("refunds in parts are what was asked for in the order's currency, and all of them are all that was paid", () => {
  for (const [ordered, total] of [[4150n, 45122950n], [3n, 1000n], [997n, 997n]]) {
    let returned = 0n;
    for (let refunded = 0n; refunded < ordered; refunded++) {
      returned += settledRefund(ordered, total, returned, 1n);
      assert.equal(inOrderCurrency(ordered, total, returned), refunded + 1n);
    }
    assert.equal(returned, total);
  }
});

test("a cart's lines add up to what is to be paid, to the last unit", () => {
  const cart = { items: [item("35.6643", 3), item("0.0031"), item("5")], shipping: "5.831" };
  const lines = orderLines(cart, "46.4984", "eur");
  const costs = lines.map(({ price, quantity, freight }) => price * BigInt(quantity) + freight);
  assert.equal(costs.reduce((a, b) => a + b, 0n), 4650n);
  assert.deepEqual(lines[0], { line: 1, variant_id: "v", product: "Thing", gtin: "09521234123453", quantity: 3, price: 1189n, freight: 583n });
});

test("what cannot become terms is refused with the reason", () => {
  assert.throws(() => orderLines({ items: [item("5")], shipping: "0" }, "4", "eur"), /gift cards/);
  assert.throws(() => orderLines({ items: [item("5")], shipping: "0" }, "5.01", "eur"), Unsellable);
  assert.throws(() => orderLines({ items: [item("5", 1.5)], shipping: "0" }, "5", "eur"), /whole pieces/);
  assert.throws(() => orderLines({ items: [{ ...item("5"), gtin: null }], shipping: "0" }, "5", "eur"), /no GTIN/);
  assert.throws(() => gtin14({ gtin: "9521234123454", title: "Thing" }), /check digit/);
  assert.equal(gtin14({ gtin: "36000291452 ".padStart(13, "0"), title: "UPC" }), "00036000291452");
  const lines = orderLines({ items: [item("5")], shipping: "0" }, "5", "eur");
  assert.throws(() => termsDraft("payses_1", lines, "usd", { rates: { EUR: "1" }, arbiters: [] }, new Date()), /no rate for USD/);
});

test("a payment stands as the ledger says", () => {
  const state = (money, closed = false) => statusOf({ closed, money: { deposited: "9", held: "9", gross: "0", buyer: "0", paidGross: "0", paidBuyer: "0", ...money } });
  assert.equal(state({ deposited: "0", held: "0" }), "requires_more");
  assert.equal(state({ deposited: "0", held: "0" }, true), "canceled");
  assert.equal(state({}), "authorized");
  assert.equal(state({ held: "4", gross: "5", paidGross: "5" }), "authorized", "there is more to decide");
  assert.equal(state({ held: "0", gross: "9" }, true), "authorized", "decided is not paid");
  assert.equal(state({ held: "0", gross: "5", buyer: "4", paidGross: "5" }, true), "captured");
  assert.equal(state({ held: "0", buyer: "9" }, true), "canceled");
});

test("a webhook counts as the gateway signed it, now, and not otherwise", async () => {
  const { headers, body, secrets, seconds } = vectors.webhook;
  const [bytes, now] = [new TextEncoder().encode(body), (offset) => new Date((seconds + offset) * 1000)];
  assert.equal((await verified([secrets[1]], headers, bytes, now(0))).type, "consignment.funded");
  assert.equal((await verified(["whsec_" + btoa("another"), secrets[0]], headers, bytes, now(299))).data.orderId, vectors.webhook.orderId);
  const refused = [
    [secrets, headers, bytes, now(301), "an old one again"],
    [secrets, headers, bytes, now(-301), "one of the future"],
    [["whsec_" + btoa("another")], headers, bytes, now(0), "another secret"],
    [[], headers, bytes, now(0), "no secret"],
    [secrets, headers, new TextEncoder().encode(body.replace("funded", "paid")), now(0), "another body"],
    [secrets, { ...headers, "webhook-id": "1.0.0" }, bytes, now(0), "another id"],
    [secrets, { ...headers, "webhook-timestamp": String(seconds + 1) }, bytes, now(0), "another time"],
    [secrets, { ...headers, "webhook-signature": "v1,AAAA" }, bytes, now(0), "no signature of it"],
    [secrets, {}, bytes, now(0), "no headers"],
  ];
  for (const [by, with_, of, at, why] of refused) await assert.rejects(verified(by, with_, of, at), NotBelieved, why);
});

test("options that cannot work are named, and a secret is never in what is said", () => {
  const good = { url: "http://127.0.0.1:8080", accessKey: "top-secret", rates: { EUR: "1" }, arbiters: ["a"], webhookSecrets: ["whsec_AAAA"] };
  requirePayment(good);
  for (const wrong of [{ url: "nowhere" }, { accessKey: "" }, { rates: {} }, { rates: { eur: "1" } }, { rates: { EUR: "0" } }, { arbiters: [] }, { webhookSecrets: ["top-secret"] }]) {
    assert.throws(() => requirePayment({ ...good, ...wrong }), (e) => /option/.test(e.message) && !e.message.includes("top-secret"));
  }
});
