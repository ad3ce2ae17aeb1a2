// A shop that sells one item: it sends buyers to a checkout, ships once the money is held, and hears when it is paid.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { CLEARMARKET_URL: gateway = "http://127.0.0.1:8080", CLEARMARKET_TOKEN: token = "" } = process.env;
const { CARRIER: carrier, ARBITER: arbiter, PORT: port = "3000", SHIP_BY_HAND: byHand } = process.env;
const item = { gtin: "09521234123453", serial: randomBytes(6).toString("hex"), price: 1250 }; // centavos
const epc = `https://id.gs1.org/01/${item.gtin}/21/${item.serial}`;

async function api(method, path, body, key = randomBytes(16).toString("hex")) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key };
  const response = await fetch(`${gateway}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.code} ${answer.detail}`);
  return answer;
}

/** A link at which somebody buys one piece, with a key and a wallet of their own. */
async function checkout(shop) {
  const [now, day] = [Math.floor(Date.now() / 1000), 86400];
  const at = (days) => new Date((now + days * day) * 1000).toISOString().replace(".000", "");
  const [price, amount] = [`${item.price}`, `${item.price * 100}`];
  const timers = ["ship", "deliver", "inspect", "returnShip", "returnDeliver", "returnInspect", "arbiter", "appeal"];
  const terms = {
    lines: [{ line: 1, product: "A good thing", gtin: item.gtin, quantity: 1, price, freight: "0", amount }],
    orderTotal: { amount: price, currency: "BRL" }, total: amount, arbiters: [arbiter], payBy: at(1), stopDate: at(100),
    quote: { numerator: 100, denominator: 1, source: "shop", at: at(0), expiry: at(1) },
    timers: Object.fromEntries(timers.map((name) => [`${name}Within`, day])),
  };
  return (await api("POST", "/checkouts", { terms, returnUrl: shop })).url;
}

async function ship({ consignmentId, data: { version } }) {
  const event = {
    "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", type: "ObjectEvent", action: "OBSERVE",
    eventTime: new Date().toISOString(), eventTimeZoneOffset: "+00:00", epcList: [epc], bizStep: "shipping",
    disposition: "in_transit", readPoint: { id: "https://id.gs1.org/414/9521234000013" },
  };
  const captured = await api("POST", "/provenance/captures", event);
  const items = [{ line: 1, epcs: [epc] }];
  await api("POST", `/consignments/${consignmentId}/ship`, { version, items, carrier, event: captured.events[0] },
    `ship-${consignmentId}`); // the same key however often we are told, so we ship once
  console.log(`shipped ${consignmentId} as ${gateway}/01/${item.gtin}/21/${item.serial}`);
}

/** Standard Webhooks: HMAC-SHA256 over id, timestamp and body. */
function signedBy(secret, headers, body) {
  const text = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const mac = createHmac("sha256", Buffer.from(secret.slice(6), "base64")).update(text).digest();
  const given = (headers["webhook-signature"] ?? "").split(" ").map((s) => Buffer.from(s.slice(3), "base64"));
  const fresh = Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) < 300;
  return fresh && given.some((s) => s.length === mac.length && timingSafeEqual(s, mac));
}

let secret = "";
const shop = createServer(async (request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  const body = (await request.toArray()).join("");
  const answer = (status, value) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  try {
    if (request.url === "/") return response.end("<h1>A good thing</h1><form action=/buy method=post><button>Buy</button></form>");
    if (request.url === "/buy") return response.writeHead(303, { location: await checkout(`http://${request.headers.host}/`) }).end();
    if (request.url !== "/hook" || !signedBy(secret, request.headers, body)) return answer(404, {});
    const { type, data } = JSON.parse(body);
    if (type === "consignment.funded" && !byHand) await ship(data);
    else console.log(type.split(".")[1], data.consignmentId, data.data.money.paidGross);
    answer(200, {});
  } catch (e) { console.error(e.message); answer(500, {}); } // the gateway tells us again later
}).listen(Number(port), "127.0.0.1", async () => {
  const types = ["consignment.funded", "consignment.decided", "consignment.paid"];
  secret = (await api("POST", "/webhooks", { url: `http://127.0.0.1:${shop.address().port}/hook`, types })).secret;
  console.log(`open on http://127.0.0.1:${shop.address().port}`);
});
