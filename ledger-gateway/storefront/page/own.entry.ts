import { answered, connect, Problem, type Device, type Review } from "../src/client.js";
import { certificateKey, certificateRequest, partyOf } from "../src/identity.js";
import { generateKey } from "../src/p256.js";
import { RefusedToSign } from "../src/shown.js";
import { attempts, usualTrouble } from "./attempts.js";
import { fingerprint } from "./custody.js";
import { byId, list, show, trouble } from "./dom.js";
import { makingWithBackup, restoring, sealing, unsealing } from "./keys.js";
import { Owner, type Held } from "./owner.js";
import { mayHavePasskeys } from "./passkey.js";
import { Taker, type Asked, type TransferOffer } from "./taker.js";
import { brief, text } from "./texts.js";
import { Vault, type BuyersKey } from "./vault.js";
import { Account, offerWallets, type Wallet } from "./wallets.js";

/** A key that the gateway let in. */
interface Admitted {
  readonly party: string;
  readonly mspId: string;
  readonly certificate: string;
  readonly token: string;
}

const { epc, holder } = document.querySelector("main")!.dataset as { epc: string; holder: string };
/** The secret of a transfer's link, which no browser sends by itself. */
const link = location.hash.slice(1);
const open = connect(location.origin);
const vault = await Vault.open();
const passkeys = await mayHavePasskeys();
const signed: string[] = [];
let offer: TransferOffer | undefined;
let taker: Taker | undefined;

const attempt = attempts(inWords);

const TROUBLES: { readonly [code: string]: string } = {
  ITEM_IN_OPEN_CONSIGNMENT: "own.opensale",
  ITEM_NOT_IN_CUSTODY: "own.gone",
  TOO_MANY_TAKERS: "own.crowded",
  TRANSFER_DONE: "own.taken",
  TRANSFER_EXPIRED: "own.expired",
  TRANSFER_GONE: "own.gone",
  TRANSFER_TAKEN: "own.taken",
  TRANSFER_WITHDRAWN: "own.withdrawn",
  UNKNOWN_TRANSFER: "own.unknown",
};

function inWords(e: unknown): string {
  const known = e instanceof Problem ? TROUBLES[e.code] : undefined;
  if (known !== undefined) return text(known);
  return e instanceof RefusedToSign ? text("own.tampered", e.message) : usualTrouble(e);
}

/** What was decoded of each thing that this page signs, for whoever wants to read it. */
const review: Review = ({ invocation, channel, creator }) => {
  signed.push(text("signed.line", invocation.function, channel, brief(creator.party), invocation.arguments.join(" ")));
  list("signed", signed, false);
  show("signed-box");
};

/** A certificate request that shows that the key is here now; of no use a second time, or for anything else. */
async function request(key: BuyersKey, purpose: "own" | "take"): Promise<string> {
  const { challenge } = await answered(open.POST("/api/v1/ownership/challenges", { body: { epc } as never }));
  return certificateRequest(key.pair, `clearmarket-${purpose}-${challenge}`);
}

function device({ mspId, certificate }: Admitted, key: BuyersKey): Device {
  if (partyOf(certificateKey(certificate)) !== key.party) throw new RefusedToSign("the certificate is of another key");
  return { certificate, mspId, party: key.party, key: key.pair.privateKey };
}

async function start(): Promise<void> {
  if (await vault.isSealed()) return show("unlock");
  await goOnWithKey();
}

/** With the key of this device, if it has one that is open. */
async function goOnWithKey(): Promise<void> {
  const key = await vault.key();
  if (link === "") return offerToShow(key);
  offer = (await answered(open.GET("/api/v1/transfers/{id}/offer", { params: { path: { id: link } } }))) as unknown as TransferOffer;
  if (offer.epc !== epc) throw new Problem(404, "UNKNOWN_TRANSFER", "of another item");
  const over = { WITHDRAWN: "own.withdrawn", EXPIRED: "own.expired", GONE: "own.gone" }[offer.status as string];
  if (over !== undefined) return trouble(text(over));
  const asked = key !== undefined && (await vault.asked(link));
  if (asked) return take(key);
  if (offer.status === "CHOSEN" || offer.status === "DONE") trouble(text("own.taken"));
  else Taker.introduce(offer, holder);
  offerToAsk(key);
}

/** Nobody gave a link: somebody wants to show that they have it. */
function offerToShow(key: BuyersKey | undefined): void {
  show("key-state", key !== undefined);
  show("key-none", key === undefined);
  show("show", key !== undefined);
  show("key");
}

function offerToAsk(key: BuyersKey | undefined): void {
  show("key-state", key !== undefined);
  show("key-new", key === undefined);
  show("key-passkey", key === undefined && passkeys);
  show("ask");
  show("key");
}

async function claim(): Promise<void> {
  const key = (await vault.key())!;
  const body = { epc, csr: await request(key, "own") } as never;
  const claimed = (await answered(open.POST("/api/v1/ownership/claims", { body }))) as unknown as Held & {
    readonly custodian: boolean;
    readonly admitted: Admitted;
  };
  if (!claimed.custodian) return trouble(text("own.stranger", fingerprint(key.party)));
  const owner = new Owner(
    connect(location.origin, claimed.admitted.token), device(claimed.admitted, key), epc, claimed, attempt, review);
  show("key", false);
  owner.start();
}

/** Asks for the item, or goes on where this device asked before. */
async function take(key: BuyersKey): Promise<void> {
  const ask = async (): Promise<Asked & { readonly admitted: Admitted }> => {
    const body = { csr: await request(key, "take") };
    const path = { params: { path: { id: link } } };
    return (await answered(open.POST("/api/v1/transfers/{id}/claims", { ...path, body }))) as never;
  };
  const asked = await ask();
  if (asked.from === key.party) return trouble(text("own.self"));
  await vault.keepAsked(link);
  taker = new Taker(link, offer!, asked, device(asked.admitted, key), asked.admitted.token, vault, review, ask);
  show("key", false);
  if (!(await taker.needsWallet())) return taker.go();
  offerWallets(vault, offer!.chainId, offer!.development, (wallet) => void attempt(() => connected(wallet)));
  show("connect");
}

async function connected(wallet: Wallet): Promise<void> {
  const account = await Account.of(wallet);
  show("connect", false);
  taker!.go(account);
}

byId("show").addEventListener("click", () => void attempt(claim));
byId("ask").addEventListener("click", () =>
  void attempt(async () => take((await vault.key()) ?? (await vault.keep(await generateKey())))),
);
byId("sign").addEventListener("click", () => void attempt(() => taker!.sign()));
makingWithBackup(vault, attempt, offerToAsk);
sealing(vault, attempt, offerToAsk);
unsealing(vault, attempt, goOnWithKey, () => (link === "" ? offerToShow(undefined) : offerToAsk(undefined)));
restoring(vault, attempt, (key) => (link === "" ? offerToShow(key) : offerToAsk(key)));

// another language is another page, and so is another link
document.querySelectorAll<HTMLAnchorElement>(".languages a").forEach((other) => (other.hash = location.hash));
addEventListener("hashchange", () => location.reload());

await attempt(start);
