// A buyer's browser with a phone's screen, whose wallet announces itself by EIP-6963. Its key is in this process, where each question counts as a prompt.
import { pathToFileURL } from "node:url";

const PROMPTS = ["personal_sign", "eth_signTypedData_v4"];
const PATIENCE = 120_000;

/** Runs in the page. */
function announce() {
  const request = async (call) => {
    const { result, error } = await window.walletRequest(call);
    if (error) throw error;
    return result;
  };
  const info = { uuid: "11111111-2222-4333-8444-555555555555", name: "Pocket Wallet", icon: "data:,", rdns: "example.pocket" };
  const detail = Object.freeze({ info, provider: { request } });
  const tell = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}

/**
 * How to open buyers' browsers. `wallet.answer(method)` may answer in the wallet's stead.
 *
 * @param client the folder of the client for browsers and Node, built
 */
export async function buyers(browser, client, chainId) {
  const { TestWallet } = await import(pathToFileURL(`${client}/target/dist/src/testWallet.js`).href);
  return async (key, locale = "en-US") => {
    const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 }, acceptDownloads: true });
    context.setDefaultTimeout(PATIENCE);
    const wallet = { prompts: 0, answer: () => undefined, errors: [] };
    if (key) {
      const own = new TestWallet(Buffer.from(key, "hex"), chainId);
      wallet.address = own.address;
      await context.exposeBinding("walletRequest", async (_, call) => {
        if (PROMPTS.includes(call.method)) wallet.prompts++;
        const instead = wallet.answer(call.method);
        return instead ?? { result: await own.request(call) };
      });
      await context.addInitScript(announce);
    }
    return { context, wallet };
  };
}
