// Opens the verifier page from disk, or from an address and then turns the network off, and gives it proof files. Reads what to do from standard input.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const { chromium: executablePath, page: file, proofs } = JSON.parse(await text(process.stdin));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const browser = await chromium.launch({ executablePath, args });
const context = await browser.newContext({ offline: !file.startsWith("http"), locale: "en-GB", viewport: { width: 320, height: 700 } });
const page = await context.newPage();
const errors = [];
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
page.on("pageerror", (error) => errors.push(String(error)));
await page.goto(file.startsWith("http") ? file : pathToFileURL(file).href);
await context.setOffline(true);

const seen = async () => page.evaluate(() => ({
  language: document.documentElement.lang,
  direction: document.documentElement.dir,
  verdict: document.querySelector("#result > section")?.className ?? "",
  text: document.body.innerText,
  ours: [...document.querySelectorAll("h1, h2, p, dt, summary, label")].filter((each) => !each.closest("[translate=no], noscript"))
    .map((each) => [...each.childNodes].filter((node) => !node.closest?.("[translate=no]")
      && !node.querySelector?.("[translate=no]")).map((node) => node.textContent).join(" ")),
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
}));

const found = [];
for (const proof of proofs) {
  await page.setInputFiles("#file", { name: proof.name, mimeType: "application/json", buffer: Buffer.from(proof.base64, "base64") });
  await page.waitForFunction((before) => (document.querySelector("#result > section")?.outerHTML ?? "") !== before,
    await page.evaluate(() => globalThis.lastSeen ?? ""));
  await page.evaluate(() => { globalThis.lastSeen = document.querySelector("#result > section").outerHTML; });
  const session = await context.newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const checked = await session.send("Runtime.evaluate",
    { expression: "axe.run(document).then((r) => JSON.stringify(r.violations))", awaitPromise: true, returnByValue: true });
  const violations = JSON.parse(checked.result.value).filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id);
  const milliseconds = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const begun = performance.now();
    await globalThis.clearmarket.verify(bytes, document.getElementById("policy").textContent).catch(() => {});
    return performance.now() - begun;
  }, proof.base64);
  const english = await seen();
  await page.screenshot({ path: `verifier-${proof.name.replaceAll(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true });
  const translated = {};
  for (const language of ["zh", "es", "pt", "fr", "ar"]) {
    await page.selectOption("#language", language);
    translated[language] = await seen();
  }
  await page.selectOption("#language", "en");
  await page.evaluate(() => { globalThis.lastSeen = document.querySelector("#result > section").outerHTML; });
  found.push({ name: proof.name, ...english, translated, violations, milliseconds, errors: [...errors] });
}
console.log(JSON.stringify(found));
await browser.close();
