import { publicKeyInfo } from "../src/p256.js";
import { partyOf } from "../src/identity.js";
import { openKey, type SealedKey } from "./passkey.js";

/** The buyer's key on this device. */
export interface BuyersKey {
  readonly pair: CryptoKeyPair;
  readonly party: string;
}

/** The same, where a passkey has to open it each time that the page is. */
interface SealedBuyersKey {
  readonly sealed: SealedKey;
  readonly party: string;
}

/** What this device remembers of a checkout, so that going on repeats the very same words. */
export interface Remembered {
  readonly payer: string;
  /** The terms on which the buyer's and the payer's words were given. */
  readonly termsHash: string;
  readonly buyerSignature?: string;
  readonly depositSignature?: string;
}

const STORES = ["keys", "checkouts", "wallets", "bindings", "transfers"];

/** Keys and what was begun, in this browser's IndexedDB: a key that is not extractable goes in and is used, and never comes out. */
export class Vault {
  private opened: BuyersKey | undefined;

  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<Vault> {
    const request = indexedDB.open("clearmarket", 2);
    request.onupgradeneeded = () => {
      const known = request.result.objectStoreNames;
      STORES.filter((store) => !known.contains(store)).forEach((store) => request.result.createObjectStore(store));
    };
    return new Vault(await done(request));
  }

  /** The key, unless a passkey has yet to open it. */
  async key(): Promise<BuyersKey | undefined> {
    const kept = await this.kept();
    return kept && "sealed" in kept ? this.opened : kept;
  }

  /** True if there is a key that a passkey has yet to open. */
  async isSealed(): Promise<boolean> {
    const kept = await this.kept();
    return kept !== undefined && "sealed" in kept && this.opened === undefined;
  }

  /** Has the holder's passkey open the key, for as long as the page is open. */
  async unseal(): Promise<void> {
    const kept = await this.kept();
    if (kept && "sealed" in kept) this.opened = { pair: await openKey(kept.sealed), party: kept.party };
  }

  /** Keeps the key in the place of the one before; sealed, it is on disk in that form alone. */
  async keep(pair: CryptoKeyPair, sealed?: SealedKey): Promise<BuyersKey> {
    const key = { pair, party: partyOf(await publicKeyInfo(pair.publicKey)) };
    await this.put("keys", "buyer", sealed ? { sealed, party: key.party } : key);
    this.opened = sealed ? key : undefined;
    return key;
  }

  private kept(): Promise<BuyersKey | SealedBuyersKey | undefined> {
    return this.get("keys", "buyer");
  }

  async remembered(checkout: string): Promise<Remembered | undefined> {
    return this.get<Remembered>("checkouts", checkout);
  }

  async remember(checkout: string, what: Remembered): Promise<void> {
    await this.put("checkouts", checkout, what);
  }

  /** A wallet's word that the address is this party's. */
  async binding(party: string, address: string): Promise<string | undefined> {
    return this.get<string>("bindings", `${party} ${address}`);
  }

  async keepBinding(party: string, address: string, signature: string): Promise<void> {
    await this.put("bindings", `${party} ${address}`, signature);
  }

  /** True if an item was asked for here by this transfer. */
  async asked(transfer: string): Promise<boolean> {
    return (await this.get<boolean>("transfers", transfer)) ?? false;
  }

  async keepAsked(transfer: string): Promise<void> {
    await this.put("transfers", transfer, true);
  }

  /** The test wallet's key, which is as safe as this page and no safer. */
  async testKey(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.get<Uint8Array<ArrayBuffer>>("wallets", "test");
  }

  async keepTestKey(key: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.put("wallets", "test", key);
  }

  private get<T>(store: string, key: string): Promise<T | undefined> {
    return done(this.database.transaction(store).objectStore(store).get(key)) as Promise<T | undefined>;
  }

  /** Is over once it is on disk. */
  private async put(store: string, key: string, value: unknown): Promise<void> {
    const transaction = this.database.transaction(store, "readwrite", { durability: "strict" });
    transaction.objectStore(store).put(value, key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("this browser stores nothing"));
    });
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("this browser stores nothing"));
  });
}
