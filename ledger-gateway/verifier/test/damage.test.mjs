// Damaged files are refused. How much is tried is for whoever runs it: by default little, in a second or two.
//   CLEARMARKET_DAMAGED_FILES=20   of so many files every byte is changed to every other value
//   CLEARMARKET_DAMAGES=100000     so many random damages
import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidProof, verifier } from "../target/proof.js";
import { writtenLog } from "../testing/log.mjs";
import { quickCrypto } from "../testing/quick.mjs";

const whole = Number(process.env.CLEARMARKET_DAMAGED_FILES ?? 0);
if (whole > 0) quickCrypto();

const { policy, files } = writtenLog(1000);

const verify = await verifier(policy);
const isRefused = (bytes) => verify(bytes).then(() => false, (problem) => {
  if (problem instanceof InvalidProof) return true;
  throw problem;
});

/** Repeats itself for a seed (mulberry32). */
const generator = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

test("a log that was written by neither verifier's code is taken, record by record", async () => {
  for (let n = 0; n < files.length; n += 37) assert.equal((await verify(files[n])).record.n, n);
});

test("every change of a single byte is refused", async (t) => {
  const every = Array.from({ length: 255 }, (_, i) => i + 1);
  let tried = 0;
  for (const file of whole > 0 ? files.slice(-whole) : [files[5]]) {
    await verify(file);
    for (let at = 0; at < file.length; at++) {
      const changes = whole > 0 ? every : [1 << (at % 8)];
      const refused = await Promise.all(changes.map((change) => isRefused(file.with(at, file[at] ^ change))));
      assert.ok(refused.every((each) => each), `byte ${at}`);
      tried += changes.length;
    }
  }
  t.diagnostic(`${tried} changes refused`);
});

test("random damage is refused", async () => {
  const random = generator(20);
  const below = (limit) => Math.floor(random() * limit);
  for (let i = 0; i < Number(process.env.CLEARMARKET_DAMAGES ?? 500); i++) {
    const file = files[below(files.length)];
    const damaged = [
      () => file.slice(0, below(file.length)),
      () => new Uint8Array([...file, ...new Array(1 + below(9)).fill(below(256))]),
      () => file.with(below(file.length), 0),
      () => {
        const at = below(file.length);
        return file.with(at, file[at] + 1 + below(255));
      },
    ][below(4)]();
    assert.ok(await isRefused(damaged), `damage ${i}`);
  }
});
