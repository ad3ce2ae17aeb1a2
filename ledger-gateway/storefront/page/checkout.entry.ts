import { Problem } from "../src/client.js";
import { certificateKey, certificateRequest, partyOf } from "../src/identity.js";
import { generateKey } from "../src/p256.js";
import { RefusedToSign } from "../src/shown.js";
import { attempts, usualTrouble } from "./attempts.js";
import { byId, list, save, show, trouble } from "./dom.js";
import { EvidenceMissing } from "./evidence.js";
import { makingWithBackup, restoring, sealing, unsealing } from "./keys.js";
import { requireAsShown, showOffer, type Offer } from "./offer.js";
import { ReasonMissing, type OrderView } from "./order.js";
import { mayHavePasskeys } from "./passkey.js";
import { OtherWallet, Purchase, STEPS, Underfunded, type Claimed, type Step } from "./purchase.js";
import { brief, tender, text, units } from "./texts.js";
import { Vault, type BuyersKey } from "./vault.js";
import { Account, offerWallets, WrongChain, type Wallet } from "./wallets.js";

const checkout = document.querySelector("main")!.dataset["checkout"]!;
const api = `/api/v1/checkouts/${encodeURIComponent(checkout)}`;
const vault = await Vault.open();
const passkeys = await mayHavePasskeys();

let offer: Offer;
let account: Account | undefined;
let purchase: Purchase | undefined;
let order: OrderView | undefined;
let stillOffered: number | undefined;

const attempt = attempts(inWords);

function inWords(e: unknown): string {
  const chain = offer?.terms.escrow.chainId;
  if (e instanceof WrongChain) return text("wrongchain", e.chainId, chain);
  if (e instanceof OtherWallet) return text("otherwallet", e.address);
  if (e instanceof Underfunded) return text("underfunded", account?.address ?? "", units(offer.terms.total));
  if (e instanceof ReasonMissing) return text("reason.missing");
  if (e instanceof EvidenceMissing) return text("evidence.missing");
  if (e instanceof Problem && e.code === "CHECKOUT_EXPIRED") return text("expired");
  if (e instanceof Problem && e.code === "CHECKOUT_WITHDRAWN") return text("withdrawn");
  if (e instanceof Problem && e.code === "CHECKOUT_TAKEN") return text("taken");
  if (e instanceof Problem && e.code === "UNKNOWN_CHECKOUT") return text("unknown");
  return usualTrouble(e);
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
  if (offer.status === "WITHDRAWN") return over();
  stillOffered = setInterval(() => {
    if (document.visibilityState === "visible") void look().catch(() => {}); // the next time may be luckier
  }, 5_000);
  if (await vault.isSealed()) return show("unlock");
  await goOnWithKey();
}

/** Whether the shop has called it off, while the buyer reads and chooses. */
async function look(): Promise<void> {
  const { status } = await ask<Offer>("/offer");
  if (status === "WITHDRAWN") over();
  else if (status !== "OPEN" && status !== "TAKEN") clearInterval(stillOffered);
}

/** The shop has called it off: nothing is left to choose or to sign. */
function over(): void {
  clearInterval(stillOffered);
  for (const section of ["unlock", "connect", "review", "progress"]) show(section, false);
  trouble(text("withdrawn"));
}

/** With the key of this device, if it has one that is open. */
async function goOnWithKey(): Promise<void> {
  const [key, remembered] = [await vault.key(), await vault.remembered(checkout)];
  const placed = offer.status !== "OPEN" && offer.status !== "TAKEN";
  if (key && (remembered || placed)) return begun(key);
  if (placed) trouble(text("taken"));
  chooseKeyAndWallet(key);
}

function chooseKeyAndWallet(key: BuyersKey | undefined): void {
  show("key-new", key === undefined);
  show("key-passkey", key === undefined && passkeys);
  show("key-state", key !== undefined);
  offerWallets(vault, offer.terms.escrow.chainId, offer.development, (wallet) => void attempt(() => connected(wallet)));
  show("connect");
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
  const { tender: other } = claimed.terms.quote;
  const deposit = text("review.deposit", units(claimed.terms.total), brief(payer), brief(contract));
  purchase = new Purchase(checkout, offer, claimed, key, vault, saying);
  const next = await purchase.next();
  list("signs", [
    ...(next === "registered" ? [text("review.register", brief(payer))] : []),
    ...(next === "registered" || next === "placed" ? [text("review.order")] : []),
    ...(next !== "held" && next !== undefined ? [other ? text("review.tender", other.provider, tender(other.amount, other.unit)) : deposit] : []),
  ]);
  show("connect", false);
  show("review");
}

async function goOn(): Promise<void> {
  const next = await purchase!.next();
  if (next === "registered" || next === "placed") {
    const { status } = await ask<Offer>("/offer");
    if (status === "WITHDRAWN") return over();
  }
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

byId("act-evidence").addEventListener("click", () =>
  void attempt(() =>
    order!.act("evidence", byId<HTMLTextAreaElement>("evidence-words").value, byId<HTMLInputElement>("evidence-file").files?.[0]),
  ),
);

byId("receipt").addEventListener("click", () =>
  void attempt(async () => save(`${offer.consignmentId}.clearmarket-proof`, await order!.receipt())),
);

/** The wallet has something left to sign, and none is chosen since the page was opened. */
class WalletNeeded extends Error {}

async function wallet(): Promise<Account> {
  if (!account) throw new WalletNeeded();
  return account;
}

const NOW = { wallet: "now.wallet", ledger: "now.ledger", chain: "now.chain", money: "now.money", tender: "now.tender" } as const;

/** Marks the steps before as done, and says what is being waited for; nothing for the end. */
function saying(step: Step, what?: keyof typeof NOW): void {
  for (const element of byId("steps").children as HTMLCollectionOf<HTMLElement>) {
    const at = STEPS.indexOf(element.dataset["step"] as Step) - STEPS.indexOf(step);
    element.dataset["state"] = at < 0 || what === undefined ? "done" : at === 0 ? "now" : "";
  }
  const { tender: other } = offer.terms.quote;
  byId("now").textContent = text(what === undefined ? "now.done" : NOW[what], other && tender(other.amount, other.unit), other?.provider);
}

byId("pay").addEventListener("click", () => void attempt(goOn));

makingWithBackup(vault, attempt, chooseKeyAndWallet);
sealing(vault, attempt, chooseKeyAndWallet);
// without its passkey a backup may be there, or another key for an order that is not placed yet
unsealing(vault, attempt, goOnWithKey, () => chooseKeyAndWallet(undefined));

// an order that was placed with this key goes on here
restoring(vault, attempt, (key) => (offer.status === "OPEN" || offer.status === "TAKEN" ? chooseKeyAndWallet(key) : begun(key)));

await attempt(start);
