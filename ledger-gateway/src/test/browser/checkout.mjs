// Buyers at the checkout, each a browser of their own with a phone's screen. Reads what to do from standard input, as JSON; prints what was found.
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, overflow, violations } from "./look.mjs";
import { handedOn } from "./own.mjs";
import { passkey } from "./passkey.mjs";
import { buyers } from "./wallet.mjs";

const { base, chromium: executablePath, client, chainId, merchantToken, carrier, checkouts, keys, handedOver, words: { reasons, evidence } } =
  JSON.parse(await text(process.stdin));
const browser = await chromium.launch({ executablePath, args, headless: true });
const buyer = await buyers(browser, client, chainId);

async function open({ context, wallet }, url) {
  const page = await context.newPage();
  // a refusal by the ledger or the gateway is an answer, which the browser reports too
  page.on("console", (message) =>
    message.type() === "error" && !message.text().includes("status of 4") && wallet.errors.push(message.text()));
  page.on("pageerror", (error) => wallet.errors.push(String(error)));
  const response = await page.goto(url);
  wallet.policy = response.headers()["content-security-policy"];
  await page.waitForFunction(() => document.querySelector("#order:not([hidden]), #trouble:not([hidden])"));
  return page;
}

const choose = (page) => page.getByRole("button", { name: "Pocket Wallet" }).click();
const pay = (page) => page.locator("#pay").click();
const trouble = async (page) => {
  await page.locator("#trouble:not([hidden])").waitFor();
  return page.locator("#trouble").textContent();
};
/** Until the money is held; where it is not, what the page says instead. */
const held = (page) => page.waitForFunction(() => document.querySelectorAll("#steps li[data-state=done]").length === 4)
  .catch(async (e) => { throw new Error(`${e}: ${await page.locator("main").innerText()}`); });

/** Until what was asked for can be asked no more; where it still can, what the page says. */
const acted = (page, action) => page.locator(`#act-${action}`).waitFor({ state: "hidden" })
  .catch(async (e) => { throw new Error(`${e}: ${await page.locator("main").innerText()}`); });

async function look(page) {
  const seen = await page.evaluate(() => ({ text: document.body.innerText, language: document.documentElement.lang }));
  return { ...seen, overflow: await page.evaluate(overflow), violations: await violations(page) };
}

/** True if the private key in the page's storage can be read out of it. */
const extractable = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const opened = indexedDB.open("clearmarket");
  opened.onerror = reject;
  opened.onsuccess = () => {
    const key = opened.result.transaction("keys").objectStore("keys").get("buyer");
    key.onsuccess = () => resolve(key.result.pair.privateKey.extractable);
  };
}));

/** Wrong chain, declined, no money: each said, and each time it goes on. */
async function trip(url, key) {
  const one = await buyer(key);
  const { wallet } = one;
  const page = await open(one, url);
  const offered = await look(page);
  wallet.answer = (method) => (method === "eth_chainId" ? { result: "0x1" } : undefined);
  await choose(page);
  const wrongChain = await trouble(page);
  wallet.answer = (method) => (method === "personal_sign" ? { error: { code: 4001, message: "no" } } : undefined);
  await choose(page);
  await page.locator("#review:not([hidden])").waitFor();
  const review = await look(page);
  await pay(page);
  const declined = await trouble(page);
  wallet.answer = () => undefined;
  wallet.prompts = 0;
  await pay(page);
  const underfunded = await trouble(page);
  const prompts = wallet.prompts;
  const grants = [{ key: url, address: wallet.address, amount: "100000" }];
  await fetch(`${base}/api/v1/development/faucet/grants`, {
    method: "POST",
    headers: { authorization: `Bearer ${merchantToken}`, "content-type": "application/json" },
    body: JSON.stringify({ grants }),
  });
  await pay(page);
  await held(page);
  const done = await look(page);
  return { offered, review, done, wrongChain, declined, underfunded, prompts, extractable: await extractable(page), ...wallet };
}

/** The tab is closed after every single answer of the gateway that changes something, before the page has it. */
async function interrupted(url, key) {
  const one = await buyer(key);
  const cut = new Set();
  for (;;) {
    const page = await open(one, url);
    let closing = () => {};
    const closed = new Promise((resolve) => (closing = resolve));
    await page.route("**/api/v1/**", async (route) => {
      const request = route.request();
      const step = await page.evaluate(() => document.querySelector("#steps li[data-state=now]")?.dataset.step ?? "").catch(() => "");
      const label = `${step} ${new URL(request.url()).pathname.replace(/checkouts\/[^/]+/, "checkouts")}`;
      if (request.method() !== "POST" || cut.has(label)) return route.continue().catch(() => {});
      cut.add(label);
      await route.fetch().catch(() => {});
      closing("closed");
    });
    const going = (async () => {
      await page.waitForFunction(() => document.querySelector("#connect:not([hidden]), #review:not([hidden]), #progress:not([hidden])"));
      if (await page.locator("#connect").isVisible()) await choose(page);
      await page.waitForFunction(() => document.querySelector("#review:not([hidden]), #progress:not([hidden])"));
      if (await page.locator("#review").isVisible()) await pay(page);
      // a page that was opened again asks for the wallet when it has something left to sign
      await page.waitForFunction(() => document.querySelector("#connect:not([hidden]), #steps li[data-state=done]:nth-child(4)"));
      if (await page.locator("#connect").isVisible()) await choose(page);
      await held(page);
      return "held";
    })().catch((e) => `${e}`);
    const end = await Promise.race([going, closed]);
    const now = end === "closed" ? "" : await page.locator("body").innerText();
    await page.close();
    if (end !== "closed") return { end, cut: [...cut], now, ...one.wallet };
  }
}

/** A gateway that has something else signed than was shown. */
async function cheated(url, key) {
  const one = await buyer(key);
  const sent = [];
  const page = await open(one, url);
  page.on("request", (request) => request.method() === "POST" && sent.push(new URL(request.url()).pathname.split("/").at(-1)));
  const change = async (pattern, changed) => {
    await page.route(pattern, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: changed(await response.json()) });
    });
    return () => page.unroute(pattern);
  };
  const found = {};
  let honest = await change("**/claims", (a) => ({ ...a, terms: { ...a.terms, total: `${a.terms.total}0` } }));
  await choose(page);
  found.terms = await trouble(page);
  await honest();
  honest = await change("**/prepare", (a) => {
    const proposal = Buffer.from(a.proposal, "base64");
    proposal[proposal.indexOf('"role":"BUYER"') + 8] ^= 1;
    return { ...a, proposal: proposal.toString("base64") };
  });
  await choose(page);
  await pay(page);
  found.proposal = await trouble(page);
  found.sentAfterProposal = sent.includes("endorse");
  await honest();
  honest = await change("**/authorization", (a) => ({ ...a, message: { ...a.message, to: a.message.from } }));
  await pay(page);
  found.authorization = await trouble(page);
  found.promptsBeforePayment = one.wallet.prompts;
  found.deposited = sent.includes("deposits");
  await honest();
  await pay(page);
  await held(page);
  return { ...found, ...one.wallet };
}

async function api(token, path, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const response = await fetch(`${base}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
  return response.json();
}

/** The merchant ships the items with this serial; answers with how the carrier delivers them. */
async function shipped(url, serial) {
  const { consignmentId } = await (await fetch(`${base}/api/v1/checkouts/${url.split("/").at(-1)}/offer`)).json();
  const epc = `https://id.gs1.org/01/09521234123453/21/${serial}`;
  const captured = async (token, bizStep, disposition) => {
    const event = {
      "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", type: "ObjectEvent", action: "OBSERVE",
      eventTime: new Date().toISOString(), eventTimeZoneOffset: "+00:00", epcList: [epc, `${epc}-2`], bizStep, disposition,
      readPoint: { id: "https://id.gs1.org/414/9521234000013" },
    };
    return (await api(token, "/provenance/captures", event)).events[0];
  };
  const items = [{ line: 1, epcs: [epc, `${epc}-2`] }];
  const shipping = await captured(merchantToken, "shipping", "in_transit");
  await api(merchantToken, `/consignments/${consignmentId}/ship`, { version: 2, items, carrier: carrier.party, event: shipping });
  return async () => {
    const receiving = await captured(carrier.token, "receiving", "in_progress");
    await api(carrier.token, `/consignments/${consignmentId}/deliver`, { version: 3, event: receiving });
  };
}

/** A buyer with the page's own test wallet, whose money is held. */
async function paid(url) {
  const one = await buyer(undefined);
  const page = await open(one, url);
  await page.locator("#wallets button").click();
  await page.locator("#review:not([hidden])").waitFor();
  await pay(page);
  await held(page);
  return { page, wallet: one.wallet };
}

/** What the buyer says about goods that are on the way or came, signed by the key in the page. */
async function says(page, action, reason) {
  const posted = [];
  page.on("request", (request) => request.method() === "POST" && posted.push(new URL(request.url()).pathname));
  await page.locator(`#act-${action}:not([hidden])`).waitFor();
  await page.locator(`#act-${action}`).click();
  const unsaid = await trouble(page);
  const sentUnsaid = posted.length;
  await page.locator("#reason").fill(reason);
  const before = await look(page);
  await page.locator(`#act-${action}`).click();
  await acted(page, action);
  const silent = await page.locator("#trouble").isHidden();
  return { unsaid, sentUnsaid, silent, posted, before, after: await look(page) };
}

/** On a small phone: what the buyer shows to the arbiter, in words and as a document, and what a gateway changes of it, which is not signed. */
async function shows(page, { words, document }) {
  const posted = [];
  page.on("request", (request) => request.method() === "POST" && posted.push(new URL(request.url()).pathname));
  await page.setViewportSize({ width: 320, height: 640 });
  const show = page.locator("#act-evidence");
  await show.click();
  const missing = await trouble(page);
  const sentMissing = posted.length;
  const before = await look(page);
  await page.route("**/prepare", async (route) => {
    const response = await route.fetch();
    const prepared = await response.json();
    const proposal = Buffer.from(prepared.proposal, "base64");
    proposal[proposal.indexOf('"document":"') + 12] ^= 1;
    await route.fulfill({ response, json: { ...prepared, proposal: proposal.toString("base64") } });
  });
  await page.locator("#evidence-words").fill(words);
  await show.click();
  const tampered = await trouble(page);
  const sentTampered = posted.some((path) => path.endsWith("/endorse"));
  await page.unroute("**/prepare");
  await show.click();
  await page.locator("#exhibits li").nth(0).waitFor();
  await page.locator("#evidence-words:enabled").waitFor();
  await page.waitForFunction(() => document.querySelector("#evidence-words").value === "");
  await page.locator("#evidence-file").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: Buffer.from(document, "utf8") });
  await show.click();
  await page.locator("#exhibits li").nth(1).waitFor();
  return { missing, sentMissing, tampered, sentTampered, before, after: await look(page) };
}

/** The goods came, and are sent back. */
async function returned(url, reason) {
  const { page, wallet } = await paid(url);
  await (await shipped(url, "returned"))();
  return { ...await says(page, "return", reason), ...wallet };
}

/** The goods are on the way, and the buyer disputes and shows evidence. */
async function disputed(url, reason) {
  const { page, wallet } = await paid(url);
  await shipped(url, "disputed");
  return { ...await says(page, "dispute", reason), evidence: await shows(page, evidence), ...wallet };
}

/** A receipt can be had once a checkpoint covers the order. */
async function receipt(page) {
  for (let i = 0; i < 30; i++) {
    const download = page.waitForEvent("download", { timeout: 2_000 }).catch(() => undefined);
    await page.locator("#receipt:enabled").click();
    const got = await download;
    if (got) return readFileSync(await got.path(), "utf8");
  }
  return "none";
}

/** In Chinese, with the page's own test wallet, a backup, and the order found again on another device. */
async function moved(url) {
  const one = await buyer(undefined, "zh-CN");
  const page = await open(one, url);
  await page.locator("#key-new summary").click();
  await page.locator("#passphrase").fill("correct horse battery");
  const download = page.waitForEvent("download");
  await page.locator("#backup button").click();
  const backup = await (await download).path();
  await page.locator("#key-state:not([hidden])").waitFor();
  await page.locator("#wallets button").click();
  await page.locator("#review:not([hidden])").waitFor();
  await pay(page);
  await held(page);
  const done = await look(page);
  const other = await buyer(undefined, "zh-CN");
  const second = await open(other, url);
  const stranger = await trouble(second);
  await second.locator("#key-old summary").click();
  await second.locator("#backup-file").setInputFiles(backup);
  await second.locator("#backup-passphrase").fill("wrong");
  await second.locator("#restore button").click();
  await second.waitForFunction((before) => document.querySelector("#trouble").textContent !== before, stranger);
  const wrong = await trouble(second);
  await second.locator("#backup-passphrase").fill("correct horse battery");
  await second.locator("#restore button").click();
  await held(second);
  await (await shipped(url, "moved"))();
  // it can be accepted before it is delivered, too: on the version that the page showed then
  await second.locator("#goods", { hasText: "已送达" }).waitFor();
  const inspecting = await look(second);
  await second.locator("#act-accept").click();
  await acted(second, "accept");
  const accepted = await look(second);
  const items = await second.locator("#items a").first().getAttribute("href");
  const handed = await handedOn({ base, owner: other, taker: await buyer(), stranger: await buyer(), item: items, look, trouble });
  return { inspecting, accepted, receipt: await receipt(second), items, handed, done, stranger, wrong, backup: readFileSync(backup, "utf8"), extractable: await extractable(second), ...one.wallet };
}

async function late(url) {
  const page = await open(await buyer(), url);
  return { trouble: await trouble(page), connect: await page.locator("#connect").isVisible() };
}

/** The shop calls the offer off while a buyer has the page open, before and after they chose a wallet; and to whoever comes later. */
async function withdrawn(url, key) {
  const one = await buyer(key);
  const reader = await open(await buyer(), url);
  const page = await open(one, url);
  await choose(page);
  await page.locator("#review:not([hidden])").waitFor();
  const answer = await fetch(`${base}/api/v1/checkouts/${url.split("/").at(-1)}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${merchantToken}` },
  });
  // as somebody does who was about to, whether the page has heard of it or not
  await page.evaluate(() => document.querySelector("#pay").click());
  const paying = await trouble(page);
  const reading = await trouble(reader);
  const screen = await look(reader);
  const later = await open(await buyer(), url);
  const visible = async (where) => (await where.locator("#connect, #review, #progress").filter({ visible: true }).count());
  const left = [await visible(page), await visible(reader), await visible(later)];
  return { status: answer.status, paying, reading, later: await trouble(later), left, screen, ...one.wallet };
}

/** The buyer hands euro to a provider, who pays the escrow; the wallet says only whose address it is. Then all of it comes back. */
async function tendered(url) {
  const { consignmentId } = await (await fetch(`${base}/api/v1/checkouts/${url.split("/").at(-1)}/offer`)).json();
  const one = await buyer(undefined);
  const page = await open(one, url);
  const offered = await look(page);
  await page.locator("#wallets button").click();
  await page.locator("#review:not([hidden])").waitFor();
  const review = await look(page);
  await pay(page);
  await page.locator("#steps li[data-step=deposited][data-state=now]").waitFor()
    .catch(async (e) => { throw new Error(`${e}: ${await page.locator("main").innerText()}`); });
  const waiting = await look(page);
  writeFileSync(handedOver, "113.57 EUR");
  await held(page);
  await page.locator("#after:not([hidden])").waitFor();
  const done = await look(page);
  await api(merchantToken, `/consignments/${consignmentId}/cancel-funded`, { version: 2 });
  await page.waitForFunction(() => document.querySelector("#money-held").textContent.startsWith("0"));
  return { offered, review, waiting, done, after: await look(page), ...one.wallet };
}

try {
  const results = await Promise.all([
    trip(checkouts.trip, keys.trip),
    interrupted(checkouts.interrupted, keys.interrupted),
    cheated(checkouts.cheated, keys.cheated),
    moved(checkouts.moved),
    late(checkouts.late),
    returned(checkouts.returned, reasons.returned),
    disputed(checkouts.disputed, reasons.disputed),
    passkey(checkouts.passkey, { buyer, look, trouble, pay, held }),
    withdrawn(checkouts.withdrawn, keys.withdrawn),
    tendered(checkouts.tendered),
  ]);
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}
