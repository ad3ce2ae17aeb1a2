// An item's owner claims it and hands it on to somebody on another device. Tabs are closed on the way, and one answer is a lie.

const shownList = (page, id, words) =>
  page.waitForFunction(([id, words]) => document.getElementById(id).textContent.includes(words), [id, words]);

/** Opens the page of who has the item, and waits until it asks for something or says why not. */
async function openOwn({ context, wallet }, url) {
  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 640 });
  page.on("console", (message) =>
    message.type() === "error" && !message.text().includes("status of 4") && wallet.errors.push(message.text()));
  page.on("pageerror", (error) => wallet.errors.push(String(error)));
  const response = await page.goto(url);
  wallet.policy = response.headers()["content-security-policy"];
  await page.waitForFunction(() => document.querySelector("#key:not([hidden]), #waiting:not([hidden]), #trouble:not([hidden])"));
  return page;
}

/** Who somebody is, by the key in their browser. */
const party = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const opened = indexedDB.open("clearmarket");
  opened.onerror = reject;
  opened.onsuccess = () => {
    const key = opened.result.transaction("keys").objectStore("keys").get("buyer");
    key.onsuccess = () => resolve(key.result.party);
  };
}));

const since = async ({ context }, item) => {
  const page = await context.newPage();
  await page.goto(item);
  const when = await page.locator("#custody-since").getAttribute("datetime");
  const link = await page.locator("a[href^='/own/']").getAttribute("href");
  await page.close();
  return { when, link };
};

/** Changes the hand-over in what the gateway prepared for the owner's signature. */
async function lie(page) {
  await page.route("**/prepare", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const proposal = Buffer.from(answer.proposal, "base64");
    proposal[proposal.indexOf('"nonce":"') + 9] ^= 1;
    await route.fulfill({ response, json: { ...answer, proposal: proposal.toString("base64") } });
  });
  return () => page.unroute("**/prepare");
}

/** The owner reads Chinese, the taker English. */
export async function handedOn({ base, owner, taker, stranger, item, look, trouble }) {
  const found = {};
  const before = await since(owner, `${base}${item}`);
  const own = `${base}${before.link}`;
  let mine = await openOwn(owner, own);
  await mine.locator("#show").click();
  await mine.locator("#make:not([hidden])").waitFor();
  await shownList(mine, "checks", "见证者");
  found.claimed = await look(mine);
  await mine.locator("#make").click();
  await mine.locator("#transfer:not([hidden])").waitFor();
  found.offering = await look(mine);
  const link = await mine.locator("#link").textContent();
  found.drawn = await mine.locator("#code path").count();

  let theirs = await openOwn(taker, link);
  found.offered = await look(theirs);
  await theirs.locator("#ask").click();
  await theirs.locator("#wallets button").click();
  await theirs.locator("#sign:visible").waitFor();
  found.review = await look(theirs);
  await theirs.locator("#sign").click();
  await theirs.locator("#waiting:not([hidden])").waitFor();
  found.waiting = await look(theirs);
  found.fingerprint = await theirs.locator("#fingerprint").textContent();
  found.taker = await party(theirs);
  await theirs.close();

  const yes = () => mine.getByRole("button", { name: found.fingerprint });
  await yes().waitFor();
  found.asked = await look(mine);
  const honest = await lie(mine);
  await yes().click();
  found.tampered = await trouble(mine);
  await honest();
  found.taken = await trouble(await openOwn(stranger, link));
  await mine.close();

  // the tab was closed after the owner said yes: it goes on from there
  mine = await openOwn(owner, own);
  await mine.locator("#show").click();
  await yes().click();
  await mine.waitForFunction((fingerprint) => document.getElementById("now").textContent.includes(fingerprint), found.fingerprint);
  found.handed = await look(mine);
  await mine.reload();
  await mine.locator("#show").click();
  found.former = await trouble(mine);

  theirs = await openOwn(taker, link);
  await shownList(theirs, "received", "Checked by this page itself");
  found.received = await look(theirs);
  await theirs.goto(own);
  await theirs.locator("#show").click();
  await theirs.locator("#owner:not([hidden])").waitFor();
  found.theirs = await look(theirs);
  found.since = [before.when, (await since(taker, `${base}${item}`)).when];
  return { ...found, errors: [owner, taker, stranger].flatMap(({ wallet }) => wallet.errors), policy: taker.wallet.policy };
}
