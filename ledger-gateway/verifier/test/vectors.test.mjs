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
