// The vectors that the Java verifier is held to: what it takes must be taken, what it refuses refused by the same check.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { InvalidProof, verify } from "../target/proof.js";

const { policy, proofs, forgeries } = JSON.parse(readFileSync(new URL("../../../wallet/src/test/resources/proof-vectors.json", import.meta.url), "utf8"));
const bytesOf = (vector) => new Uint8Array(Buffer.from(vector.file, "base64"));
const refusal = async (bytes) => {
  try {
    await verify(bytes, policy);
    return null;
  } catch (problem) {
    if (problem instanceof InvalidProof) return problem.check;
    throw problem;
  }
};

/** Repeats itself for a seed (mulberry32). */
const generator = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

test("true proofs are taken, and say what was written and who witnessed it", async () => {
  assert.ok(proofs.length >= 20);
  for (const vector of proofs) {
    const verified = await verify(bytesOf(vector), policy);
    assert.equal(verified.leaf.key, vector.key, vector.name);
    assert.deepEqual(verified.witnesses.map((witness) => witness.label), ["audit", "merchants"]);
  }
});

test("forgeries are refused by the check that finds them in Java", async () => {
  assert.ok(forgeries.length >= 40);
  for (const vector of forgeries) assert.equal(await refusal(bytesOf(vector)), vector.check, vector.name);
});

test("every change of a single byte of a file is refused", async () => {
  const file = bytesOf(proofs[5]);
  for (let at = 0; at < file.length; at++) {
    const changed = file.slice();
    changed[at] ^= 1 << (at % 8);
    assert.notEqual(await refusal(changed), null, `byte ${at}`);
  }
});

test("random damage is refused; CLEARMARKET_DAMAGES says how much is tried", async () => {
  const random = generator(20);
  const below = (limit) => Math.floor(random() * limit);
  for (let i = 0; i < Number(process.env.CLEARMARKET_DAMAGES ?? 500); i++) {
    const file = bytesOf(proofs[below(proofs.length)]);
    const damaged = [
      () => file.slice(0, below(file.length)),
      () => new Uint8Array([...file, ...new Array(1 + below(9)).fill(below(256))]),
      () => file.with(below(file.length), 0),
      () => {
        const at = below(file.length);
        return file.with(at, file[at] + 1 + below(255));
      },
    ][below(4)]();
    assert.notEqual(await refusal(damaged), null, `damage ${i}`);
  }
});
