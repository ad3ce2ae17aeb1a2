import { toHex, utf8 } from "../src/bytes.js";
import type { TypedData } from "../src/eip712.js";
import type { Provider } from "../src/testWallet.js";
import { byId, show } from "./dom.js";
import { text } from "./texts.js";
import type { Vault } from "./vault.js";

/** A wallet that the buyer may choose. */
export interface Wallet {
  readonly name: string;
  readonly test: boolean;
  provider(): Promise<Provider>;
}

interface Announcement extends Event {
  readonly detail: { readonly info: { readonly uuid: string; readonly name: string }; readonly provider: Provider };
}

/** Hears of the wallets in this browser (EIP-6963), each once, now and when one turns up later. */
function discover(found: (wallet: Wallet) => void): void {
  const known = new Set<string>();
  window.addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = (event as Announcement).detail;
    if (known.has(info.uuid)) return;
    known.add(info.uuid);
    found({ name: info.name, test: false, provider: async () => provider });
  });
  window.dispatchEvent(new Event("eip6963:requestProvider"));
}

/** A wallet of this page's own, for test money; its code is loaded when it is used. */
function testWallet(name: string, vault: Vault, chainId: number): Wallet {
  return {
    name,
    test: true,
    provider: async () => {
      const { TestWallet } = await import("../src/testWallet.js");
      const wallet = new TestWallet(await vault.testKey(), chainId);
      await vault.keepTestKey(wallet.key);
      return wallet;
    },
  };
}

/** Shows the wallets there are; in development the test wallet too. */
export function offerWallets(vault: Vault, chainId: number, development: boolean, chosen: (wallet: Wallet) => void): void {
  byId("wallets").replaceChildren();
  const add = (wallet: Wallet): void => {
    const [item, button] = [document.createElement("li"), document.createElement("button")];
    button.type = "button";
    button.textContent = wallet.name;
    if (!wallet.test) button.translate = false;
    button.addEventListener("click", () => chosen(wallet));
    item.append(button);
    byId("wallets").append(item);
    show("no-wallet", false);
  };
  discover(add);
  if (development) add(testWallet(text("wallet.test"), vault, chainId));
}

/** The buyer said no in the wallet (EIP-1193, code 4001). */
export class Declined extends Error {}

/** The wallet is on another chain and does not change. */
export class WrongChain extends Error {
  constructor(readonly chainId: number) {
    super(`the wallet is on chain ${chainId}`);
  }
}

/** A wallet of which one account was chosen. */
export class Account {
  private constructor(
    private readonly provider: Provider,
    readonly address: string,
    /** True for test money of the development chain. */
    readonly test: boolean,
  ) {}

  /** Asks the wallet for an account; if it is on another chain than it is needed on, to change to that one. */
  static async of(wallet: Wallet, chainId?: number): Promise<Account> {
    const provider = await wallet.provider();
    const accounts = (await ask(provider, "eth_requestAccounts")) as string[];
    if (accounts[0] === undefined) throw new Declined("no account");
    const account = new Account(provider, accounts[0], wallet.test);
    if (chainId !== undefined) await account.requireChain(chainId);
    return account;
  }

  async requireChain(chainId: number): Promise<void> {
    if ((await this.chain()) === chainId) return;
    try {
      await ask(this.provider, "wallet_switchEthereumChain", [{ chainId: `0x${chainId.toString(16)}` }]);
    } catch {
      // whatever its reason, what counts is where it is afterwards
    }
    const now = await this.chain();
    if (now !== chainId) throw new WrongChain(now);
  }

  /** `personal_sign`; one prompt. */
  async signMessage(message: string): Promise<string> {
    return (await ask(this.provider, "personal_sign", [`0x${toHex(utf8(message))}`, this.address])) as string;
  }

  /** `eth_signTypedData_v4`; one prompt. */
  async signTypedData(data: TypedData): Promise<string> {
    return (await ask(this.provider, "eth_signTypedData_v4", [this.address, JSON.stringify(data)])) as string;
  }

  private async chain(): Promise<number> {
    return Number(await ask(this.provider, "eth_chainId"));
  }
}

const USER_REJECTED = 4001;

async function ask(provider: Provider, method: string, params: readonly unknown[] = []): Promise<unknown> {
  try {
    return await provider.request({ method, params });
  } catch (e) {
    if ((e as { code?: number }).code === USER_REJECTED) throw new Declined(method);
    throw e;
  }
}
