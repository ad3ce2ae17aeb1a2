// The published proofs over RFC 6962 trees.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isConsistent, isIncluded } from "../target/proof.js";

const folder = fileURLToPath(new URL("../../../../shared/data/merkle-proofs", import.meta.url));
const skip = existsSync(folder) ? false : `${folder} is not here`;

/** Some of their hashes are no hashes; such a one stands for a hash of its own. */
const hash = (base64) => {
  const bytes = Buffer.from(base64 ?? "", "base64");
  return new Uint8Array(bytes.length === 32 ? bytes : createHash("sha256").update(bytes).update("no hash").digest());
};
/** Numbers beyond 2^53 must not be rounded. */
const numbers = (text, name) => BigInt(new RegExp(`"${name}": *(-?\\d+)`).exec(text)?.[1] ?? 0);
const published = (kind, verdict) => test(`published proofs of ${kind}`, { skip }, async () => {
  const files = readdirSync(join(folder, kind), { recursive: true }).filter((file) => file.endsWith(".json"));
  assert.ok(files.length > 20);
  for (const file of files) {
    const text = readFileSync(join(folder, kind, file), "utf8");
    const proof = JSON.parse(text);
    assert.equal(await verdict(proof, (name) => numbers(text, name), (proof.proof ?? []).map(hash)), !proof.wantErr, file);
  }
});

published("inclusion", async (proof, number, path) => Boolean(proof.leafHash)
  && isIncluded(number("leafIdx"), number("treeSize"), hash(proof.leafHash), hash(proof.root), path));
published("consistency", async (proof, number, path) =>
  isConsistent(number("size1"), number("size2"), hash(proof.root1), hash(proof.root2), path));
