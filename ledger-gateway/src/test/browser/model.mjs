// Asks an item's page for its maker's 3D model: as it was recorded, and with lies on the way.
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, overflow, violations } from "./look.mjs";

const { base, chromium: executablePath, named, inParts } = JSON.parse(await text(process.stdin));
const webGlBySoftware = [...args.filter((arg) => arg !== "--disable-gpu"), "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const browser = await chromium.launch({ executablePath, args: webGlBySoftware, headless: true });

const flipped = (address) => (page) => page.route(address, async (route) => {
  const answer = await route.fetch();
  const body = Buffer.from(await answer.body());
  body[body.length - 9] ^= 1;
  await route.fulfill({ response: answer, body });
});
const isModel = (address) => address.pathname.endsWith("/model.glb");
const isEvent = (address) => address.pathname.startsWith("/api/v1/documents/");
const isProof = (address) => address.pathname === "/api/v1/proofs";

const pixels = (page) => page.evaluate(() => {
  const canvas = document.querySelector("#model canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.getContext("2d").drawImage(canvas, 0, 0);
  return [...copy.getContext("2d").getImageData(0, 0, copy.width, copy.height).data];
});

async function asked(name, path, lie) {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 320, height: 640 }, serviceWorkers: "block" });
  const page = await context.newPage();
  const errors = [];
  const loaded = [];
  page.on("console", (message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => loaded.push(request.url()));
  await lie?.(page);
  await page.goto(base + path);
  await page.waitForSelector("[data-checked]", { state: "attached" });
  const early = loaded.filter((address) => /model\.(entry\.js|glb)/.test(address));
  const check = page.locator("#model .check");
  const before = await check.innerText();
  await page.locator("#model button").click();
  await page.waitForSelector("#model[data-shown]");
  const found = { name, before, early, errors, said: await check.innerText(), kind: await check.getAttribute("class"),
    canvas: await page.locator("#model canvas").count() > 0,
    overflow: await page.evaluate(overflow) };
  if (!lie && found.canvas) {
    const drawn = await pixels(page);
    found.red = drawn.filter((value, i) => i % 4 === 0 && value > 128 && drawn[i + 1] < 100 && drawn[i + 3] > 128).length;
    await page.locator("#model canvas").focus();
    await page.keyboard.press("ArrowRight");
    const turned = await pixels(page);
    found.turned = drawn.filter((value, i) => i % 4 === 3 && value !== turned[i]).length;
    found.violations = await violations(page);
    await page.screenshot({ path: "model.png", fullPage: true });
  }
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await context.close();
  return found;
}

const results = [];
try {
  results.push(await asked("as recorded", named));
  results.push(await asked("a flipped byte of the model", named, flipped(isModel)));
  results.push(await asked("a flipped byte of the event", named, flipped(isEvent)));
  results.push(await asked("another hash in the page", named, (page) => page.route(base + named, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/data-file="[0-9a-f]{8}/, "data-file=\"00000000");
    await route.fulfill({ response: answer, body });
  })));
  results.push(await asked("parts elsewhere", inParts));
  results.push(await asked("a proof that does not come", named, (page) => page.route(isProof, (route) => route.abort())));
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(results));
