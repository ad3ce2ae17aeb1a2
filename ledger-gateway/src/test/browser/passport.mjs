// Opens an item's page as a phone does: without script, with it, with lies on the way, and without a network.
import http from "node:http";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, violations } from "./look.mjs";

const { base, chromium: executablePath, path, long, seenBefore = {} } = JSON.parse(await text(process.stdin));

// The phone's way to the gateway, which can be cut; a service worker's requests go by it too.
let bytes = 0;
const proxy = http.createServer((request, response) => {
  const to = http.request(base + request.url, { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.on("data", (chunk) => { bytes += chunk.length; });
    answer.pipe(response);
  });
  request.pipe(to);
});
await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
const phone = `http://127.0.0.1:${proxy.address().port}`;

const browser = await chromium.launch({ executablePath, args, headless: true });
const device = { locale: "en-US", viewport: { width: 320, height: 640 } };

const seen = (page) => page.evaluate(() => ({
  verdict: document.getElementById("verdict").className,
  said: document.getElementById("verdict").innerText,
  steps: [...document.querySelectorAll("#story > li > .check")].map((check) => ({ kind: check.className, text: check.innerText })),
  warnings: [...document.querySelectorAll("[data-warning]")].map((warning) => ({
    kind: warning.dataset.warning,
    text: warning.innerText,
    shown: [...warning.querySelectorAll("a[href^='#']")].map((link) => document.querySelector(`${link.hash} strong`).innerText),
  })),
  inError: [...document.querySelectorAll("#story > li > .in-error")].map((error) => `${error.parentNode.id}: ${error.innerText}`),
  warned: document.querySelector("ul.warnings")?.innerText ?? "",
  shownAt: [...document.querySelectorAll("[data-warning] a")].map((link) => link.getAttribute("href")),
  numbers: [...document.querySelectorAll("#story > li")].map((step) => step.id),
  parts: [...document.querySelectorAll("#story ~ .part a")].map((link) => `${link.rel} ${link.getAttribute("href")}`),
  text: document.body.innerText,
  offline: !document.getElementById("offline").hidden,
  stops: [...document.querySelectorAll(".map text")].map((each) => each.textContent),
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
}));

async function opened(name, options, prepare, waiting = "[data-checked]", at = path) {
  const context = await browser.newContext({ ...device, ...options });
  const page = await context.newPage();
  const errors = [];
  const requests = [];
  page.on("console", (message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await prepare?.(page);
  await page.goto(phone + at);
  if (waiting) await page.waitForSelector(waiting, { state: "attached" });
  return { name, context, page, found: { name, errors: [...errors], requests: [...requests], ...await seen(page) } };
}

const isProof = (address) => address.pathname === "/api/v1/proofs";

const results = [];
try {
  const plain = await opened("without script", { javaScriptEnabled: false }, null, null);
  results.push(plain.found);
  await plain.context.close();

  bytes = 0;
  const kept = await opened("with script", {}, null, "[data-kept]");
  kept.found.bytes = bytes;
  kept.found.violations = await violations(kept.page);
  await kept.page.screenshot({ path: "passport-light.png", fullPage: true });
  await kept.page.emulateMedia({ colorScheme: "dark" });
  kept.found.violations.push(...await violations(kept.page));
  await kept.page.screenshot({ path: "passport-dark.png", fullPage: true });
  await kept.page.emulateMedia({ media: "print", colorScheme: "light" });
  kept.found.printed = await kept.page.evaluate(() => ["header", "#story", ".map", "#verdict"]
    .filter((each) => document.querySelector(each).getClientRects().length > 0));
  await kept.page.emulateMedia({ media: "screen" });
  kept.found.aloud = await kept.page.locator("main").ariaSnapshot();
  const session = await kept.context.newCDPSession(kept.page);
  const manifest = await session.send("Page.getAppManifest");
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  kept.found.manifest = { errors: manifest.errors, data: manifest.data, hindrances: installabilityErrors.map((each) => each.errorId) };
  kept.found.social = await kept.page.evaluate(() => Object.fromEntries(
    [...document.querySelectorAll("meta[property^=og]")].map((meta) => [meta.getAttribute("property"), meta.content])));
  results.push(kept.found);

  if (long) {
    const longPlain = await opened("long story without script", { javaScriptEnabled: false }, null, null, long);
    results.push(longPlain.found);
    await longPlain.context.close();
    bytes = 0;
    const newest = await opened("long story", {}, null, "[data-kept]", long);
    newest.found.bytes = bytes;
    newest.found.violations = await violations(newest.page);
    await newest.page.screenshot({ path: "passport-long.png", fullPage: true });
    results.push(newest.found);
    await newest.page.click("#story ~ .part a[rel=prev]");
    await newest.page.waitForURL(/until=/);
    await newest.page.waitForSelector("[data-checked]", { state: "attached" });
    results.push({ name: "long story, the part before", ...await seen(newest.page) });
    await newest.page.goto(phone + long + newest.found.shownAt[0].slice(newest.found.shownAt[0].indexOf("?")));
    await newest.page.waitForSelector("[data-checked]", { state: "attached" });
    results.push({ name: "long story, the part of a warning", ...await seen(newest.page) });
    await newest.context.close();
  }

  const lies = {
    "a flipped byte of a proof": (page) => page.route(isProof, async (route) => {
      const answer = await route.fetch();
      const body = Buffer.from(await answer.body());
      body[body.length - 5] ^= 1;
      await route.fulfill({ response: answer, body });
    }),
    "another place than was recorded": (page) => page.route(phone + path, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace("data-place=\"geo:-23.55", "data-place=\"geo:-3.55") });
    }),
    "proofs that do not come": (page) => page.route(isProof, (route) => route.abort()),
  };
  for (const [name, lie] of Object.entries(lies)) {
    const lied = await opened(name, { serviceWorkers: "block" }, lie);
    results.push(lied.found);
    await lied.page.unrouteAll({ behavior: "ignoreErrors" });
    await lied.context.close();
  }

  // what this browser saw of the log before, as it would have kept it
  for (const [name, note] of Object.entries(seenBefore)) {
    const at = `clearmarket.log ${note.slice(0, note.indexOf("\n"))}`;
    const again = await opened(name, { serviceWorkers: "block" },
      (page) => page.addInitScript(([key, value]) => localStorage.setItem(key, value), [at, note]));
    again.found.remembered = await again.page.evaluate((key) => localStorage.getItem(key), at);
    again.found.violations = await violations(again.page);
    results.push(again.found);
    await again.context.close();
  }

  proxy.close();
  proxy.closeAllConnections();
  for (const language of ["", "?lang=ar"]) {
    await kept.page.goto(phone + path + language);
    await kept.page.waitForSelector("[data-checked]", { state: "attached" });
    results.push({ name: `without network ${language}`, ...await seen(kept.page) });
  }
} finally {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
}
process.stdout.write(JSON.stringify(results));
