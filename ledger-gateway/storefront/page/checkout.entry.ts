import { unwrapKey, wrapKey } from "../src/backup.js";
import { Problem } from "../src/client.js";
import { certificateKey, certificateRequest, partyOf } from "../src/identity.js";
import { generateKey } from "../src/p256.js";
import { RefusedToSign } from "../src/shown.js";
import { byId, list, show, trouble } from "./dom.js";
import { requireAsShown, showOffer, type Offer } from "./offer.js";
import { ReasonMissing, type OrderView } from "./order.js";
import { OtherWallet, Purchase, STEPS, Underfunded, type Claimed, type Step } from "./purchase.js";
import { brief, text, units } from "./texts.js";
import { Vault, type BuyersKey } from "./vault.js";
import { Account, Declined, discover, testWallet, WrongChain, type Wallet } from "./wallets.js";

const checkout = document.querySelector("main")!.dataset["checkout"]!;
const api = `/api/v1/checkouts/${encodeURIComponent(checkout)}`;
const vault = await Vault.open();

let offer: Offer;
let account: Account | undefined;
let purchase: Purchase | undefined;
let order: OrderView | undefined;

/** Runs what the buyer asked for, one at a time, and says in words what went wrong. */
async function attempt(action: () => Promise<void>): Promise<void> {
  const buttons = [...document.querySelectorAll("button")];
  buttons.forEach((button) => (button.disabled = true));
  trouble(null);
  try {
    await action();
  } catch (e) {
    byId("now").textContent = "";
    trouble(inWords(e));
  } finally {
    buttons.forEach((button) => (button.disabled = false));
  }
}

function inWords(e: unknown): string {
  const chain = offer?.terms.escrow.chainId;
  if (e instanceof Declined) return text("declined");
  if (e instanceof WrongChain) return text("wrongchain", e.chainId, chain);
  if (e instanceof OtherWallet) return text("otherwallet", e.address);
  if (e instanceof Underfunded) return text("underfunded", account?.address ?? "", units(offer.terms.total));
  if (e instanceof ReasonMissing) return text("reason.missing");
  if (e instanceof RefusedToSign) return text("tampered", e.message);
  if (e instanceof Problem && e.code === "CHECKOUT_EXPIRED") return text("expired");
  if (e instanceof Problem && e.code === "CHECKOUT_TAKEN") return text("taken");
  if (e instanceof Problem && e.code === "UNKNOWN_CHECKOUT") return text("unknown");
  if (e instanceof Problem && e.status < 500) return text("refused", `${e.code}: ${e.message}`);
  return text("offline", e instanceof Error ? e.message : e);
}

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const how = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(api + path, body === undefined ? {} : how);
  const answer = (await response.json()) as T & { code?: string; detail?: string };
  if (!response.ok) throw new Problem(response.status, answer.code ?? `HTTP_${response.status}`, answer.detail ?? "");
  return answer;
}

async function start(): Promise<void> {
  offer = await ask<Offer>("/offer");
  showOffer(offer);
  if (offer.status === "EXPIRED") return trouble(text("expired"));
  const [key, remembered] = [await vault.key(), await vault.remembered(checkout)];
  const placed = offer.status !== "OPEN" && offer.status !== "TAKEN";
  if (key && (remembered || placed)) return begun(key);
  if (placed) trouble(text("taken"));
  chooseKeyAndWallet(key);
}

function chooseKeyAndWallet(key: BuyersKey | undefined): void {
  show("key-new", key === undefined);
  show("key-state", key !== undefined);
  byId("wallets").replaceChildren();
  discover(addWallet);
  if (offer.development) addWallet(testWallet(text("wallet.test"), vault, offer.terms.escrow.chainId));
  show("connect");
}

function addWallet(wallet: Wallet): void {
  const [item, button] = [document.createElement("li"), document.createElement("button")];
  button.type = "button";
  button.textContent = wallet.name;
  if (!wallet.test) button.translate = false;
  button.addEventListener("click", () => void attempt(() => connected(wallet)));
  item.append(button);
  byId("wallets").append(item);
  show("no-wallet", false);
}

/** A wallet was chosen: for the first time, or again to go on. */
async function connected(wallet: Wallet): Promise<void> {
  account = await Account.of(wallet, offer.terms.escrow.chainId);
  if (purchase) {
    show("connect", false);
    return goOn();
  }
  const key = (await vault.key()) ?? (await vault.keep(await generateKey()));
  await review(key, await claim(key, account.address));
}

/** Opened again on the device where it was begun: what is left is asked of the ledger. */
async function begun(key: BuyersKey): Promise<void> {
  await review(key, await claim(key));
  byId("pay").textContent = text("continue");
  if ((await purchase!.next()) === undefined) await goOn();
}

async function claim(key: BuyersKey, address?: string): Promise<Claimed> {
  offer = { ...offer, challenge: (await ask<Offer>("/offer")).challenge };
  const csr = await certificateRequest(key.pair, `clearmarket-checkout-${offer.challenge}`);
  const claimed = await ask<Claimed>("/claims", { csr, address });
  if (partyOf(certificateKey(claimed.certificate)) !== key.party) throw new RefusedToSign("the certificate is of another key");
  requireAsShown(claimed.terms, offer, key.party, address);
  return claimed;
}

async function review(key: BuyersKey, claimed: Claimed): Promise<void> {
  const { payer, contract } = claimed.terms.escrow;
  purchase = new Purchase(checkout, offer, claimed, key, vault, saying);
  const next = await purchase.next();
  list("signs", [
    ...(next === "registered" ? [text("review.register", brief(payer))] : []),
    ...(next === "registered" || next === "placed" ? [text("review.order")] : []),
    ...(next !== "held" && next !== undefined ? [text("review.deposit", units(claimed.terms.total), brief(payer), brief(contract))] : []),
  ]);
  show("connect", false);
  show("review");
}

async function goOn(): Promise<void> {
  show("review", false);
  show("progress");
  try {
    await purchase!.goOn(wallet);
    saying("held");
    await follow(purchase!.order());
  } catch (e) {
    show("review", !(e instanceof WalletNeeded));
    byId("pay").textContent = text("continue");
    if (!(e instanceof WalletNeeded)) throw e;
    chooseKeyAndWallet(await vault.key());
  }
}

/** Shows the paid order, and what becomes of it while the page is looked at. */
async function follow(view: OrderView): Promise<void> {
  order = view;
  await view.refresh();
  setInterval(() => {
    if (document.visibilityState === "visible") void view.refresh().catch(() => {}); // the next time may be luckier
  }, 5_000);
}

for (const action of ["accept", "return", "dispute"] as const) {
  byId(`act-${action}`).addEventListener("click", () =>
    void attempt(() => order!.act(action, byId<HTMLTextAreaElement>("reason").value)),
  );
}

byId("receipt").addEventListener("click", () =>
  void attempt(async () => save(`${offer.consignmentId}.clearmarket-proof`, await order!.receipt())),
);

/** The wallet has something left to sign, and none is chosen since the page was opened. */
class WalletNeeded extends Error {}

async function wallet(): Promise<Account> {
  if (!account) throw new WalletNeeded();
  return account;
}

const NOW = { wallet: "now.wallet", ledger: "now.ledger", chain: "now.chain", money: "now.money" } as const;

/** Marks the steps before as done, and says what is being waited for; nothing for the end. */
function saying(step: Step, what?: keyof typeof NOW): void {
  for (const element of byId("steps").children as HTMLCollectionOf<HTMLElement>) {
    const at = STEPS.indexOf(element.dataset["step"] as Step) - STEPS.indexOf(step);
    element.dataset["state"] = at < 0 || what === undefined ? "done" : at === 0 ? "now" : "";
  }
  byId("now").textContent = text(what === undefined ? "now.done" : NOW[what]);
}

byId("pay").addEventListener("click", () => void attempt(goOn));

byId("backup").addEventListener("submit", (event) => {
  event.preventDefault();
  const passphrase = byId<HTMLInputElement>("passphrase").value;
  void attempt(async () => {
    const backup = await wrapKey((await freshlyMade()).privateKey, passphrase);
    const restored = await vault.keep(await unwrapKey(backup, passphrase));
    save(`clearmarket-key-${restored.party.slice(0, 8)}.pem`, backup);
    chooseKeyAndWallet(restored);
  });
});

/** An extractable pair lives only as long as it takes to wrap it. */
function freshlyMade(): Promise<CryptoKeyPair> {
  return generateKey(true);
}

byId("restore").addEventListener("submit", (event) => {
  event.preventDefault();
  const file = byId<HTMLInputElement>("backup-file").files?.[0];
  const passphrase = byId<HTMLInputElement>("backup-passphrase").value;
  void attempt(async () => {
    let pair: CryptoKeyPair;
    try {
      pair = await unwrapKey(await file!.text(), passphrase);
    } catch {
      return trouble(text("key.wrong"));
    }
    const key = await vault.keep(pair);
    // an order that was placed with this key goes on here
    return offer.status === "OPEN" || offer.status === "TAKEN" ? chooseKeyAndWallet(key) : begun(key);
  });
});

function save(name: string, content: string | Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/x-pem-file" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

await attempt(start);
