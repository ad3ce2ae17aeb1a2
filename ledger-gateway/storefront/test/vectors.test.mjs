// The client against vectors that the Java wallet made for this run (TypeScriptClientTest); what Java then checks goes back.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import * as client from "../target/dist/src/index.js";
import { personalDigest, TestWallet } from "../target/dist/src/testWallet.js";

const vectors = JSON.parse(readFileSync(process.env.CLEARMARKET_VECTORS, "utf8"));
const back = {};
test.after(() => writeFileSync(process.env.CLEARMARKET_ANSWERS, JSON.stringify(back)));

async function shown(kind, bytes) {
  const decoded = kind === "proposal" ? client.decodeProposal(bytes) : await client.decodeTransaction(bytes);
  const seen = {
    transactionId: decoded.transactionId,
    channel: decoded.channel,
    chaincode: decoded.invocation.chaincode,
    function: decoded.invocation.function,
    arguments: decoded.invocation.arguments,
    mspId: decoded.creator.mspId,
    party: decoded.creator.party,
    seconds: Math.floor(decoded.timestamp.getTime() / 1000),
  };
  if (kind === "proposal") return { ...seen, transientKeys: decoded.transientKeys, hash: client.toHex(decoded.proposalHash) };
  const { responseStatus, responsePayload, writes, endorsers } = decoded;
  return { ...seen, responseStatus, responsePayload, writes: Object.fromEntries(writes), endorsers: endorsers.map((e) => e.mspId) };
}

test("what is decoded is what the Java wallet decodes", async () => {
  assert.equal(vectors.shown.length, 2);
  for (const { kind, bytes, expected } of vectors.shown) {
    assert.deepEqual(await shown(kind, client.fromBase64(bytes)), expected);
  }
});

test("a tender and its parts are what Java makes of them", () => {
  assert.equal(vectors.tenders.length, 200);
  for (const { tender, total, gross, buyer, parts } of vectors.tenders) {
    assert.equal(client.tendered(tender, BigInt(total)), BigInt(tender.amount));
    const own = client.inTender(tender, BigInt(total), BigInt(gross), BigInt(buyer));
    assert.deepEqual({ held: `${own.held}`, gross: `${own.gross}`, buyer: `${own.buyer}` }, parts);
    assert.equal(own.held + own.gross + own.buyer, BigInt(tender.amount));
  }
});

test("of changed bytes none is shown that the Java wallet refuses, and none is shown as something else", async () => {
  let refused = 0;
  for (const { kind, bytes, expected } of vectors.changed) {
    let seen;
    try {
      seen = await shown(kind, client.fromBase64(bytes));
    } catch (e) {
      assert.equal(e.name, "RefusedToSign", e.stack);
      refused++;
      continue;
    }
    assert.deepEqual(seen, expected);
  }
  assert.ok(refused > vectors.changed.length / 2, `${refused} of ${vectors.changed.length} refused`);
});

test("a transaction is taken for its own proposal and for no other", async () => {
  const [proposal, transaction] = vectors.shown.map(({ bytes }) => client.fromBase64(bytes));
  const decoded = await client.decodeTransaction(transaction);
  client.requireOf(decoded, client.decodeProposal(proposal));
  const other = client.decodeProposal(client.fromBase64(vectors.otherProposal));
  assert.throws(() => client.requireOf(decoded, other), client.RefusedToSign);
});

test("the same value has the same canonical text as in Java", () => {
  for (const { value, canonical } of vectors.canonical) assert.equal(client.canonicalJson(value), canonical);
  assert.throws(() => client.canonicalJson([2 ** 53]), RangeError);
  assert.throws(() => client.canonicalJson(["\ud800"]), RangeError);
});

test("terms have the hash, the escrow and the deposit authorization that both ledgers compute", () => {
  const { terms, hash, escrowId, token, digest } = vectors.terms;
  assert.equal(client.termsHash(terms), hash);
  assert.equal(client.escrowId(terms), escrowId);
  const typed = client.depositAuthorization(terms, token);
  assert.equal(client.toHex(client.typedDataDigest(typed)), digest);
  assert.throws(() => client.typedDataDigest({ ...typed, message: { ...typed.message, more: "1" } }), client.RefusedToSign);
});

test("a test wallet signs as the Java key does", async () => {
  const { key, address, party, ledger, personal, typedData } = vectors.wallet;
  const wallet = new TestWallet(client.fromHex(key));
  assert.equal(wallet.address, address);
  const message = client.utf8(client.bindingMessage(ledger, party));
  assert.equal(client.toHex(personalDigest(message)), personal);
  back.personalSignature = await wallet.request({ method: "personal_sign", params: [`0x${client.toHex(message)}`, address] });
  back.typedSignature = await wallet.request({ method: "eth_signTypedData_v4", params: [address, JSON.stringify(typedData)] });
});

test("signatures of the Java wallet are verified, and not with the higher s", async () => {
  const [spki, bytes, signature] = [vectors.p256.spki, vectors.p256.bytes, vectors.p256.signature].map(client.fromBase64);
  assert.ok(client.isP256(spki));
  assert.equal(client.partyOf(spki), vectors.p256.party);
  assert.ok(await client.verify(spki, bytes, signature));
  assert.equal(await client.verify(spki, bytes, client.fromBase64(vectors.p256.highS)), false);
  assert.equal(await client.verify(spki, client.concat(bytes, Uint8Array.of(0)), signature), false);
  assert.equal(client.partyOf(client.certificateKey(vectors.p256.certificate)), vectors.p256.certificateParty);
});

test("a key is made, certified, moved by its backup and signs the same as before", async () => {
  const pair = await client.generateKey(true);
  const backup = await client.wrapKey(pair.privateKey, "correct horse");
  const moved = await client.unwrapKey(backup, "correct horse");
  assert.equal(moved.privateKey.extractable, false);
  await assert.rejects(client.unwrapKey(backup, "correct house"));
  back.csr = await client.certificateRequest(moved, "a buyer");
  back.spki = client.toBase64(await client.publicKeyInfo(pair.publicKey));
  back.signatures = [];
  for (let i = 0; i < 40; i++) {
    const bytes = crypto.getRandomValues(new Uint8Array(i));
    const signature = client.toBase64(await client.sign(moved.privateKey, bytes));
    back.signatures.push({ bytes: client.toBase64(bytes), signature });
  }
});
