// Opens the gateway's pages in a real browser. Reads what to check from standard input, as JSON; prints what it found.
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, overflow, spread, violations, words } from "./look.mjs";

const { base, chromium: executablePath, token, pages, languages } = JSON.parse(await text(process.stdin));
/** A phone sees it light, a desk dark; isExamined with screenshot and axe. */
async function visit(context, path, width, isExamined) {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: width > 320 ? "dark" : "light" });
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.setViewportSize({ width, height: width > 2000 ? 2160 : 700 });
  const response = await page.goto(base + path);
  const seen = await page.evaluate(() => ({
    language: document.documentElement.lang,
    direction: document.documentElement.dir,
    title: document.title,
    text: document.body.innerText,
    amounts: [...document.querySelectorAll("data[data-name]")].map((element) => ({
      name: element.dataset.name,
      value: element.value,
      shown: element.textContent,
      of: element.closest("[data-consignment]")?.dataset.consignment ?? "",
    })),
  }));
  const policy = response.headers()["content-security-policy"] ?? "";
  const found = { path, width, status: response.status(), policy, errors, ...seen, overflow: await page.evaluate(overflow), spread: await page.evaluate(spread), words: await page.evaluate(words) };
  if (isExamined) {
    await page.screenshot({ path: `seen-${path.replaceAll(/[^a-zA-Z0-9]+/g, "-").slice(0, 40)}-${seen.language}-${width}.png`, fullPage: true });
    found.violations = await violations(page);
  }
  await page.close();
  return found;
}

const browser = await chromium.launch({ executablePath, args, headless: true });
const results = [];
try {
  for (const { path, as, brief, wide, scripted } of pages) {
    const context = await browser.newContext({ locale: "en-US" });
    if (as) {
      const page = await context.newPage();
      await page.goto(`${base}/login?token=${encodeURIComponent(token[as])}`);
      await page.close();
    }
    for (const width of wide ? [320, 1280, 3840] : [320, 1280]) results.push(await visit(context, path, width, true));
    // the languages in Latin script where there is most to say; a page that runs a script has a test of its own
    const spoken = scripted ? [] : !brief && (as || path.startsWith("/01/")) ? languages : ["zh", "ar"];
    for (const language of spoken) {
      const address = `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
      results.push({ ...await visit(context, address, 320, language === "ar"), asked: language });
    }
    if (path === "/") results.push({ ...await visit(context, path, 320, false), asked: languages.at(-1) });
    await context.close();
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(results));
