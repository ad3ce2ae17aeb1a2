// Two readers, or one at two times, who are shown different logs find out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "../target/proof.js";
import { writtenLog } from "../testing/log.mjs";

const remembering = (...notes) => {
  const kept = new Map(notes.map((note) => [`clearmarket.log ${note.slice(0, note.indexOf("\n"))}`, note]));
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), all: () => [...kept.values()] };
};
const never = () => assert.fail("nothing is to be asked");
const early = writtenLog(5);
const late = writtenLog(23);
/** Another log by the same keys, from its fourth record on. */
const forked = writtenLog(23, 3);

test("the first checkpoint of a log is remembered", async () => {
  const memory = remembering();
  assert.deepEqual(await follow(early.note, early.policy, memory, never), { found: "one" });
  assert.deepEqual(memory.all(), [early.note]);
});

test("a larger one that is shown to go on from it takes its place", async () => {
  const memory = remembering(early.note);
  const asked = async (first, second) => {
    assert.deepEqual([first, second], [5, 23]);
    return late.consistency(first);
  };
  assert.equal((await follow(late.note, late.policy, memory, asked)).found, "one");
  assert.deepEqual(memory.all(), [late.note]);
});

test("of any two sizes", async () => {
  for (let first = 1; first <= 23; first++) {
    const found = await follow(late.note, late.policy, remembering(writtenLog(first).note), async () => late.consistency(first));
    assert.equal(found.found, "one", `${first}`);
  }
});

test("an older one, as in a kept page, is compared and does not take its place", async () => {
  const memory = remembering(late.note);
  assert.equal((await follow(early.note, late.policy, memory, async (first) => late.consistency(first))).found, "one");
  assert.deepEqual(memory.all(), [late.note]);
});

test("a fork of the same size is found with the network off, and the first one stays remembered", async () => {
  const memory = remembering(late.note);
  assert.deepEqual(await follow(forked.note, late.policy, memory, never), { found: "split", before: late.note });
  assert.deepEqual(memory.all(), [late.note]);
});

test("a fork of another size is found whatever its log answers", async () => {
  const memory = remembering(early.note);
  const answers = [forked.consistency(5), late.consistency(5), [], null, ["no hash"], early.consistency(3)];
  for (const answer of answers) {
    assert.deepEqual(await follow(forked.note, late.policy, memory, async () => answer), { found: "split", before: early.note });
  }
  assert.deepEqual(memory.all(), [early.note]);
});

test("a log that can't be asked is no fork", async () => {
  const memory = remembering(early.note);
  const failing = async () => { throw new TypeError("no network"); };
  assert.equal((await follow(late.note, late.policy, memory, failing)).found, "unknown");
  assert.deepEqual(memory.all(), [early.note]);
});

test("what was remembered under other keys accuses nobody", async () => {
  const memory = remembering(early.note.replace(/^(\S+\n)5/, "$16"));
  assert.equal((await follow(late.note, late.policy, memory, never)).found, "one");
  assert.deepEqual(memory.all(), [late.note]);
});
