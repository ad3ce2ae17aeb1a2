// What tests look for on a page, in a real browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How Chromium is started. */
export const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Runs in the page. Words of the page itself: neither data (translate="no") nor what nobody sees. */
export function words() {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const inside = node.parentElement;
    if (inside && !inside.closest("[translate=no], style, title") && node.textContent.trim()) found.push(node.textContent.trim());
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [alt], [data-label]")) {
    for (const name of ["aria-label", "placeholder", "alt", "data-label"]) {
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
    }
  }
  return found;
}

/** What axe has against the page: all of WCAG 2.2 AA, and what is serious beyond it. */
export async function violations(page) {
  // through the debugger, so that the page's own policy stays in force
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const checked = await session.send("Runtime.evaluate",
    { expression: "axe.run(document).then((r) => JSON.stringify(r.violations))", awaitPromise: true, returnByValue: true });
  return JSON.parse(checked.result.value)
    .filter((v) => ["serious", "critical"].includes(v.impact) || v.tags.some((tag) => tag.startsWith("wcag")))
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`.slice(0, 500));
}

/** How far the page is wider than its window, in CSS pixels. */
export function overflow() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/** Runs in the page. What its width is used for: of the window by the page's content, of their places by the charts; and its longest line in em. */
export function spread() {
  const main = document.querySelector("main");
  const lines = [...main.querySelectorAll("p, li, blockquote")].filter((element) => element.innerText?.trim()).map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width / parseFloat(getComputedStyle(element).fontSize);
  });
  const charts = [...main.querySelectorAll(".charts")].map((charts) => {
    const drawn = [...charts.querySelectorAll("figure > svg")].map((svg) => svg.getBoundingClientRect());
    const row = drawn.filter((box) => box.top === drawn[0].top).reduce((sum, box) => sum + box.width, 0);
    return row / charts.getBoundingClientRect().width;
  });
  return { used: main.getBoundingClientRect().width / innerWidth, longest: Math.max(0, ...lines), charts,
    size: parseFloat(getComputedStyle(document.body).fontSize), broad: !!main.querySelector("table, .charts") };
}
