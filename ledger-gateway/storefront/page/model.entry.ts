import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { isWhole, names } from "./model.js";
import { stage } from "./stage.js";

/** The file is not what was recorded, or is no whole model: it is not shown. */
class Refused extends Error {}

async function fetched(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

const isOf = (bytes: Uint8Array, hash: string): boolean => bytesToHex(sha256(bytes)) === hash;

function say(section: HTMLElement, kind: "authentic" | "refused" | "unknown", text: string): void {
  const box = section.querySelector(".check")!;
  box.classList.remove("authentic", "refused", "unknown");
  box.classList.add(kind);
  box.querySelector("span")!.textContent = text;
}

/**
 * Shows the 3D model that an event names, once the event's document and the model have the SHA-256 that they should.
 *
 * @param section with the hashes in hexadecimal (`data-document`, which the caller found proven, and `data-file`), where the
 *     file is (`data-source`) and what to say of it
 */
export async function show(section: HTMLElement): Promise<void> {
  const { document: record, file, source, good, bad, part, label } = section.dataset as Record<string, string>;
  try {
    const event = await fetched(`/api/v1/documents/${record}`);
    if (!isOf(event, record!) || !names(event, file!)) throw new Refused();
    const model = await fetched(source!);
    if (!isOf(model, file!) || !isWhole(model)) throw new Refused();
    await stage(section, model, label!);
    say(section, "authentic", good!);
  } catch (problem) {
    if (problem instanceof Refused) say(section, "refused", bad!);
    else say(section, "unknown", part!);
  }
}
