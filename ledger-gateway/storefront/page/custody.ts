import { answered, type Clearmarket } from "../src/client.js";
import { RefusedToSign } from "../src/shown.js";
import { byId } from "./dom.js";
import { text, time } from "./texts.js";
import { found } from "./waiting.js";

interface Verified {
  readonly record?: { readonly epc?: string; readonly custodian?: string; readonly since?: string };
  readonly witnesses: readonly { readonly label: string }[];
}

interface Verifier {
  verify(proof: Uint8Array, policy: string): Promise<Verified>;
}

/** A party's id as people compare it by voice: 64 bits of it, in groups of four. */
export function fingerprint(party: string): string {
  return party.slice(0, 16).replace(/....(?=.)/g, "$& ");
}

/**
 * Verifies here, against the policy in this page, that the ledger recorded the item with this party.
 *
 * @returns in words what was verified; undefined where there is no proof yet
 * @throws RefusedToSign if the proof is none, or says something else
 */
export async function provenCustody(market: Clearmarket, epc: string, party: string): Promise<string | undefined> {
  const query = { kind: "item", id: [epc] };
  const proof = await found(answered(market.GET("/api/v1/proofs", { params: { query }, parseAs: "arrayBuffer" } as never)));
  if (proof === undefined) return undefined;
  const address = "/assets/proof.js"; // the one verifier of all pages, not a part of this script
  const { verify } = (await import(address)) as Verifier;
  let verified: Verified;
  try {
    verified = await verify(new Uint8Array(proof as unknown as ArrayBuffer), byId("policy").textContent!);
  } catch (e) {
    throw new RefusedToSign(`the proof of the item's record: ${e instanceof Error ? e.message : String(e)}`);
  }
  const { record, witnesses } = verified;
  if (record?.epc !== epc || record.custodian !== party) {
    throw new RefusedToSign("the proven record of the item names another holder");
  }
  return text("own.checked.proof", fingerprint(party), time(record.since ?? ""), witnesses.map(({ label }) => label).join(", "));
}

const TRIES = 20;
const DOUBTS = 5;

/** The same once there is one, for a minute. A record that was just replaced may still be the one that is proven: doubts are looked at again. */
export async function provenSoon(market: Clearmarket, epc: string, party: string, say: (words: string) => void): Promise<void> {
  for (let [tries, doubts] = [0, 0]; tries < TRIES; tries++) {
    try {
      const words = await provenCustody(market, epc, party);
      if (words !== undefined) return say(words);
    } catch (e) {
      if (e instanceof RefusedToSign && ++doubts === DOUBTS) return say(text("own.checked.bad", e.message));
    }
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }
}
