// A buyer whose key is sealed under a passkey, on a device that has one and on one that has none.

/** A device whose passkeys have a PRF, or have none; the address is a name, for an IP address has no passkeys. */
async function withPasskeys(buyer, url, hasPrf) {
  const one = await buyer(undefined);
  const page = await one.context.newPage();
  const devices = await one.context.newCDPSession(page);
  await devices.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, hasPrf,
    isUserVerified: true, automaticPresenceSimulation: true,
  };
  await devices.send("WebAuthn.addVirtualAuthenticator", { options });
  page.on("pageerror", (error) => one.wallet.errors.push(String(error)));
  await page.goto(url.replace("127.0.0.1", "localhost"));
  await page.locator("#key-passkey:not([hidden])").waitFor();
  return { page, ...one };
}

/** The holder closes the browser's question, once: a virtual authenticator that is told to refuse never agrees again. */
const declineOnce = (page) => page.evaluate(() => {
  navigator.credentials.get = () => {
    delete navigator.credentials.get;
    return Promise.reject(new DOMException("closed", "NotAllowedError"));
  };
});

/** What the browser has on disk of the buyer's key, by the names of its members. */
const onDisk = (page) => page.evaluate(() => new Promise((resolve, reject) => {
  const opened = indexedDB.open("clearmarket");
  opened.onerror = reject;
  opened.onsuccess = () => {
    const key = opened.result.transaction("keys").objectStore("keys").get("buyer");
    key.onsuccess = () => resolve(Object.keys(key.result).concat(Object.keys(key.result.sealed ?? {})).sort().join(" "));
  };
}));

/** The key is made under a passkey; the page is opened again, the passkey refused, then used. */
export async function passkey(url, { buyer, look, trouble, pay, held }) {
  const { page, wallet } = await withPasskeys(buyer, url, true);
  await page.locator("#passkey").click();
  await page.locator("#key-state:not([hidden])").waitFor();
  const disk = await onDisk(page);
  await page.locator("#wallets button").click();
  await page.locator("#review:not([hidden])").waitFor();
  await page.reload();
  await page.locator("#unlock:not([hidden])").waitFor();
  const sealed = await look(page);
  await declineOnce(page);
  await page.locator("#open-key").click();
  const refused = await trouble(page);
  const stillSealed = await page.locator("#unlock").isVisible();
  await page.locator("#open-key").click();
  await page.locator("#wallets button").click(); // nothing was begun when it was closed
  await page.locator("#review:not([hidden])").waitFor();
  await pay(page);
  await held(page);
  const plain = await withPasskeys(buyer, url, false);
  await plain.page.locator("#passkey").click();
  const none = await trouble(plain.page);
  return { disk, sealed, refused, stillSealed, held: true, none, ...wallet };
}
