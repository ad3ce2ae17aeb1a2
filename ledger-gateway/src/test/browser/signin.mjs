// Somebody signs in to the pages at a real OpenID provider, acts, and signs out. On standard input: {base, chromium, people: [{name, act?, end?}]}, where
// act is the path of a form of the console to confirm, and end true for one who signs out at the provider alone. On standard output, for each person, what was seen.
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";
import { args, overflow, violations } from "./look.mjs";

const { base, chromium: executablePath, people } = JSON.parse(await text(process.stdin));
const browser = await chromium.launch({ executablePath, args, headless: true });
const seen = [];
for (const person of people) {
  seen.push(await trip(person));
}
await browser.close();
console.log(JSON.stringify(seen));

async function trip({ name, act, end }) {
  const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  // nothing from elsewhere is waited for
  await page.route(
    (url) => !["localhost", "127.0.0.1"].includes(url.hostname),
    (route) => route.abort(),
  );
  await page.goto(`${base}/merchant`);
  const before = await words(page);
  await page.click("main a[href='/login']");
  const [request] = await Promise.all([
    page.waitForRequest((sent) => new URL(sent.url()).searchParams.has("response_type")),
    page.click("main a[href^='/oauth2/']"),
  ]);
  const asked = Object.fromEntries(new URL(request.url()).searchParams);
  await page.waitForSelector("input[name=login]");
  const provider = new URL(page.url()).origin;
  await page.fill("input[name=login]", name);
  await page.fill("input[name=password]", "any");
  await page.click("button[type=submit]");
  await page.click("button[type=submit]"); // the provider asks whether this gateway may know
  await page.waitForURL(`${base}/**`);
  const landed = { path: new URL(page.url()).pathname, ...(await look(page)) };
  const cookies = await context.cookies(base);
  const token = cookies.find((cookie) => cookie.name === "clearmarket_token");
  let acted = null;
  if (act) {
    await page.goto(base + act);
    await page.click("button[value=review]");
    await page.click("button[value=write]");
    await page.waitForLoadState();
    acted = await words(page);
  }
  if (end) {
    await page.goto(`${provider}/session/end?client_id=${asked.client_id}`);
    await page.click("button[value=yes]");
    await page.waitForLoadState();
    await page.goto(`${base}/merchant`);
    const ended = await words(page);
    await context.close();
    return { name, landed, ended, token: token.value };
  }
  await page.click("header form[action='/logout'] button");
  await page.waitForURL(`${base}/login*`);
  const out = { ...(await look(page)), cookies: (await context.cookies(base)).map((cookie) => cookie.name) };
  await context.addCookies([{ ...token }]);
  await page.goto(`${base}/merchant`);
  const after = await words(page);
  await context.close();
  return { name, before, provider, asked, landed, cookies, acted, out, token: token?.value, after };
}

async function look(page) {
  return { text: await words(page), violations: await violations(page), overflow: await page.evaluate(overflow) };
}

async function words(page) {
  return page.innerText("main");
}
