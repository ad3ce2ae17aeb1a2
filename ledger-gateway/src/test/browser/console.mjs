// A merchant at the console on a phone's screen, with the keyboard alone: ships from the list of what is to be done, then refunds a part.
// Reads what to do from standard input, as JSON; prints every screen that was seen.
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, overflow, violations, words } from "./look.mjs";

const { base, chromium: executablePath, token, carrier, trips } = JSON.parse(await text(process.stdin));

/** Goes on by a link or button as somebody does who has no pointer. */
async function press(page, locator) {
  await locator.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

async function trip(browser, { language, id, serial, amount }) {
  const context = await browser.newContext({ locale: language, viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  const seen = [];
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  // a form that is given back says 4xx, which the browser reports too
  page.on("console", (message) => message.type() === "error" && !message.text().includes("status of 4") && errors.push(message.text()));
  const look = async (name) => {
    const screen = await page.evaluate(() => ({
      language: document.documentElement.lang,
      direction: document.documentElement.dir,
      text: document.body.innerText,
      focusable: [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main textarea, main select")]
        .every((element) => element.tabIndex >= 0),
    }));
    seen.push({ name, asked: language, ...screen, overflow: await page.evaluate(overflow), words: await page.evaluate(words),
      violations: await violations(page), errors: [...errors] });
  };
  await page.goto(`${base}/login?token=${encodeURIComponent(token)}`);
  await page.goto(`${base}/merchant?lang=${language}`);
  await press(page, page.locator(`a[href="/merchant/consignments/${id}/ship"]`));
  await look("ship");
  await page.locator("#items-1").fill(serial);
  await page.locator("#carrier").fill("nobody");
  await press(page, page.locator("button[value=review]"));
  await look("fault");
  await page.locator("#carrier").fill(carrier);
  await press(page, page.locator("button[value=review]"));
  await look("confirm-ship");
  await press(page, page.locator("button[value=write]"));
  await look("shipped");
  await press(page, page.locator("[data-act=refund]"));
  await page.locator("#part-amount").focus();
  await page.keyboard.press("Space");
  await page.locator("#amount").fill(amount);
  await look("refund");
  await press(page, page.locator("button[value=review]"));
  await look("confirm-refund");
  await press(page, page.locator("button[value=write]"));
  await look("refunded");
  await context.close();
  return seen;
}

const browser = await chromium.launch({ executablePath, args, headless: true });
try {
  const screens = [];
  for (const one of trips) screens.push(...await trip(browser, one));
  process.stdout.write(JSON.stringify(screens));
} finally {
  await browser.close();
}
