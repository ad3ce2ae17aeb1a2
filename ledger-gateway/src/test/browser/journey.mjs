// From the shop's button to the merchant's statement: a buyer and a merchant, each on a phone of their own, in one language. Reads what to do
// from standard input, as JSON; prints the screens that were seen, and the buyer's keys, which are to be looked for where they must not be.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { args, overflow, violations, words } from "./look.mjs";
import { buyers } from "./wallet.mjs";

const { base, chromium: executablePath, client, chainId, merchantToken, carrier, deliver, trips } = JSON.parse(await text(process.stdin));
const { unwrapKey } = await import(pathToFileURL(`${client}/target/dist/src/backup.js`).href);
const PASSPHRASE = "correct horse battery";

/** One language's buyer and merchant; every screen goes to `seen`. */
class Journey {
  constructor(trip, buyer, merchant) {
    Object.assign(this, trip, { buyer, merchant, seen: [], errors: [] });
  }

  async page(context) {
    const page = await context.newPage();
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) =>
      message.type() === "error" && !message.text().includes("status of 4") && this.errors.push(message.text()));
    return page;
  }

  async look(page, name) {
    const screen = await page.evaluate(() => ({ language: document.documentElement.lang, text: document.body.innerText }));
    this.seen.push({ name, asked: this.language, ...screen, overflow: await page.evaluate(overflow),
      words: await page.evaluate(words), violations: await violations(page) });
  }

  /** Shop, checkout, wallet: until the money is held. */
  async buys() {
    const page = this.order = await this.page(this.buyer.context);
    await page.goto(this.shop);
    await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Buy" }).click()]);
    await page.locator("#order:not([hidden])").waitFor();
    this.checkout = page.url();
    await this.look(page, "offer");
    await page.locator("#key-new summary").click();
    await page.locator("#passphrase").fill(PASSPHRASE);
    const download = page.waitForEvent("download");
    await page.locator("#backup button").click();
    this.backup = readFileSync(await (await download).path(), "utf8");
    await page.locator("#key-state:not([hidden])").waitFor();
    const wallet = this.key ? page.getByRole("button", { name: "Pocket Wallet" }) : page.locator("#wallets button");
    await wallet.first().click();
    await page.locator("#review:not([hidden])").waitFor();
    await this.look(page, "review");
    await page.locator("#pay").click();
    await page.waitForFunction(() => document.querySelectorAll("#steps li[data-state=done]").length === 4);
    await this.look(page, "held");
    const offer = await (await fetch(`${base}/api/v1/checkouts/${this.checkout.split("/").at(-1)}/offer`)).json();
    this.id = offer.consignmentId;
  }

  /** The merchant finds what is to be done, and ships it. */
  async ships() {
    const page = this.console = await this.page(this.merchant);
    await page.goto(`${base}/login?token=${encodeURIComponent(merchantToken)}`);
    await page.goto(`${base}/merchant?lang=${this.language}`);
    await this.look(page, "to do");
    await this.goes(page, page.locator(`a[href="/merchant/consignments/${this.id}/ship"]`));
    await page.locator("#items-1").fill(this.serial);
    await page.locator("#carrier").fill(carrier);
    await this.goes(page, page.locator("button[value=review]"));
    await this.goes(page, page.locator("button[value=write]"));
    await this.look(page, "shipped");
  }

  async goes(page, to) {
    await Promise.all([page.waitForNavigation(), to.click()]);
  }

  /** The buyer's page follows the goods; once they came, the buyer accepts them. */
  async accepts() {
    const page = this.order;
    await page.locator("#act-dispute:not([hidden])").waitFor();
    await this.look(page, "on the way");
    const before = await page.locator("#goods").textContent();
    if (this.hasty) await this.acceptsTooSoon();
    else await promisify(execFile)("bash", [deliver]);
    await page.waitForFunction((goods) => document.querySelector("#goods").textContent !== goods, before);
    await this.look(page, "came");
    await page.locator("#act-accept").click();
    await page.locator("#act-accept").waitFor({ state: "hidden" })
      .catch(async (e) => { throw new Error(`${e}: ${await page.locator("main").innerText()}`); });
    await this.look(page, "accepted");
  }

  /** On what the page shows, when the ledger has gone on: it is refused, in words, and asked again. */
  async acceptsTooSoon() {
    const page = this.order;
    const reads = /\/api\/v1\/consignments\//;
    await page.route(reads, (route) => (route.request().method() === "GET" ? route.fulfill({ status: 429, json: {} }) : route.continue()));
    await promisify(execFile)("bash", [deliver]);
    await page.locator("#act-accept").click();
    await page.locator("#trouble:not([hidden])").waitFor();
    await this.look(page, "too soon");
    await page.unroute(reads);
  }

  /** Decided and paid are different things: the statement has both lines once the chain's block is final. */
  async isPaid() {
    const page = this.console ?? await this.page(this.merchant);
    await page.goto(`${base}/login?token=${encodeURIComponent(merchantToken)}`);
    const paid = page.locator(`tr[data-consignment^="${this.id} PAYOUT"]`);
    for (const end = Date.now() + 120_000; ;) {
      await page.goto(`${base}/statement?lang=${this.language}`);
      if (await paid.count()) break;
      if (Date.now() > end) throw new Error(`not paid: ${await page.locator("main").innerText()}`);
      await new Promise((wait) => setTimeout(wait, 500));
    }
    await this.look(page, "statement");
  }

  /** The buyer's keys, hexadecimal: the one that signs on the ledger and the wallet's. */
  async keys() {
    const { privateKey, publicKey } = await unwrapKey(this.backup, PASSPHRASE, true);
    const { d } = await crypto.subtle.exportKey("jwk", privateKey);
    const point = Buffer.from(await crypto.subtle.exportKey("raw", publicKey)).toString("hex");
    const wallet = this.key ?? await this.order.evaluate(() => new Promise((resolve, reject) => {
      const opened = indexedDB.open("clearmarket");
      opened.onerror = reject;
      opened.onsuccess = () => {
        const key = opened.result.transaction("wallets").objectStore("wallets").get("test");
        key.onsuccess = () => resolve([...key.result].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      };
    }));
    return { signing: Buffer.from(d, "base64url").toString("hex"), wallet, public: point };
  }
}

async function travel(browser, opened, trip) {
  const buyer = await opened(trip.key, trip.language);
  const merchant = await browser.newContext({ locale: trip.language, viewport: { width: 320, height: 700 } });
  const journey = new Journey(trip, buyer, merchant);
  if (trip.key) {
    const headers = { authorization: `Bearer ${merchantToken}`, "content-type": "application/json" };
    const grants = [{ key: trip.key.slice(0, 16), address: buyer.wallet.address, amount: "125000" }];
    const given = await fetch(`${base}/api/v1/development/faucet/grants`, { method: "POST", headers, body: JSON.stringify({ grants }) });
    if (!given.ok) throw new Error(await given.text());
  }
  await journey.buys();
  if (trip.serial) await journey.ships();
  await journey.accepts();
  await journey.isPaid();
  const { id, seen, errors } = journey;
  return { language: trip.language, consignment: id, seen, errors, prompts: buyer.wallet.prompts, keys: await journey.keys() };
}

const browser = await chromium.launch({ executablePath, args, headless: true });
try {
  const opened = await buyers(browser, client, chainId);
  const results = [];
  for (const trip of trips) results.push(await travel(browser, opened, trip));
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.close();
}
