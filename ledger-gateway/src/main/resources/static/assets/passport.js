// Checks an item's page in the reader's own browser: the proof of each event, by the verifier that /verify has, against the
// policy in this page; and that what the page shows of it is what was proven. Then keeps the page for when there is no network.
import { follow, InvalidProof, verifier } from "./proof.js";

const verdict = document.getElementById("verdict");
const story = document.getElementById("story");
const policy = document.getElementById("policy").textContent;
const verify = verifier(policy);
const steps = [...story.children];
const proofs = new Map();
const notes = new Set();

const say = (box, kind, text) => {
  box.classList.remove("unknown", "authentic", "refused");
  box.classList.add(kind);
  box.querySelector("p, span").textContent = text;
};

const same = (shown, recorded) => (shown ?? null) === (recorded ?? null);

/** What the page shows of an event must be what was proven of it; a buyer's id is not shown. */
const isShown = (step, { event, by, mspId, recordedAt }) => {
  const shown = step.dataset;
  return event.epcs.includes(verdict.dataset.epc) && shown.eventId === event.eventId && shown.document === event.document
    && Date.parse(shown.eventTime) === Date.parse(event.eventTime) && Date.parse(shown.recordedAt) === Date.parse(recordedAt)
    && same(shown.bizStep, event.bizStep) && same(shown.disposition, event.disposition)
    && same(shown.place, event.readPoint ?? event.bizLocation) && shown.mspId === mspId && (shown.by === undefined || shown.by === by);
};

const own = (text, whole) => {
  const made = document.createElement("span");
  made.className = "id";
  made.setAttribute("translate", "no");
  made.textContent = text;
  made.title = whole;
  return made;
};

/** authentic, refused, or unknown where nothing could be checked. */
const check = async (step) => {
  const box = step.querySelector(".check");
  try {
    const answer = await fetch(step.dataset.proof);
    if (!answer.ok) return "unknown";
    proofs.set(step.dataset.proof, answer.clone());
    const verified = await (await verify)(new Uint8Array(await answer.arrayBuffer()));
    if (!isShown(step, verified.record)) throw new InvalidProof("RECORD", "the page shows something else");
    notes.add(verified.note);
    const witnesses = verified.witnesses.map((witness) => witness.label).join(", ");
    say(box, "authentic", story.dataset.good);
    box.append(` ${story.dataset.witnessed} `, own(witnesses, witnesses), ` · ${story.dataset.signer} `,
      own(`${verified.leaf.creator.slice(0, 16)}…`, verified.leaf.creator));
    return "authentic";
  } catch (problem) {
    if (!(problem instanceof InvalidProof)) return "unknown";
    say(box, "refused", story.dataset.bad);
    return "refused";
  }
};

/** The log's own proof that it only grew between two sizes; null if it has none. */
const consistency = async (first, second) => {
  const answer = await fetch(`/log/consistency/${first}/${second}`);
  if (answer.status === 429 || answer.status >= 500) throw new Error(answer.statusText);
  return answer.ok ? (await answer.text()).split("\n").filter(Boolean) : null;
};

/** Whether the log goes on from what this browser saw of it before; else both signed notes are shown. */
const followLog = async () => {
  for (const note of notes) {
    const { found, before } = await follow(note, policy, localStorage, consistency);
    if (found !== "split") continue;
    say(verdict, "refused", verdict.dataset.split);
    for (const signed of [before, note]) {
      const shown = own(signed, "");
      shown.classList.add("signed");
      verdict.append(shown);
    }
    return;
  }
};

const checkAll = async () => {
  say(verdict, "unknown", verdict.dataset.running);
  const found = await Promise.all(steps.map(check));
  if (found.includes("refused")) say(verdict, "refused", verdict.dataset.bad);
  else if (found.includes("unknown")) say(verdict, "unknown", verdict.dataset.part);
  else say(verdict, "authentic", verdict.dataset.good);
  // where nothing may be remembered there is nothing to compare with
  await followLog().catch(() => {});
};

/** Keeps the page, what it needs and its proofs; the worker gives them out when the network does not. */
const keep = async () => {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  await navigator.serviceWorker.register("/passport-worker.js", { scope: "/01/" });
  const cache = await caches.open("passport");
  const needed = [...document.querySelectorAll("link[rel=stylesheet], link[rel=manifest], link[rel=icon], script[src], svg image")]
    .map((each) => each.href?.baseVal ?? each.href ?? each.src);
  await Promise.all([...proofs].map(([address, answer]) => cache.put(address, answer)));
  await cache.addAll([location.href, ...new Set(needed), "/assets/proof.js"]);
};

/** The maker's 3D model, for whoever asks: the viewer compares the hashes, once the event that names the file is proven. */
const offerModel = (section) => {
  const button = section.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const event = steps.find((step) => step.dataset.document === section.dataset.document);
    const box = section.querySelector(".check");
    if (!event?.querySelector(".check.authentic")) say(box, "unknown", section.dataset.part);
    else await import("./model.entry.js").then(({ show }) => show(section), () => say(box, "unknown", section.dataset.part));
    button.disabled = false;
    section.dataset.shown = "";
  });
};

if (steps.length > 0) await checkAll();
const model = document.getElementById("model");
if (model) offerModel(model);
document.documentElement.dataset.checked = "";
await keep().then(() => { document.documentElement.dataset.kept = ""; }, () => {});
