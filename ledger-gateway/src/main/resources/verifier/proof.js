// Verifies a .clearmarket-proof against a policy, without any network. The same checks in the same order as the Java
// verifier (io.clearmarket.wallet.proof.ProofVerifier), from the same standards; every input is taken to be hostile.
const utf8 = new TextEncoder();
const MOST_BYTES = 1 << 20;

/** A proof that proves nothing; check names what failed. */
class InvalidProof extends Error {
  constructor(check, message) {
    super(message);
    this.check = check;
  }
}
const fail = (check, message) => { throw new InvalidProof(check, message); };
const require = (condition, check, message) => condition || fail(check, message);

// --- bytes

const concat = (...parts) => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => /^([0-9a-f]{2})*$/.test(text)
  ? Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : fail("FORMAT", "not hexadecimal");
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const unbase64 = (text) => {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    if (base64(bytes) === text) return bytes;
  } catch { /* refused below */ }
  return fail("FORMAT", "not base64 in its canonical form");
};
const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

// --- RFC 8785

const canonical = (value) => {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value !== null && typeof value === "object") {
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  }
  return JSON.stringify(value);
};

// --- RFC 6962, verification as in RFC 9162 section 2.1.3.2

const node = (left, right) => sha256(Uint8Array.of(1), left, right);
const isIncluded = async (index, size, leaf, root, path) => {
  if (index >= size) return false;
  let [hash, fn, sn] = [leaf, BigInt(index), BigInt(size) - 1n];
  for (const sibling of path) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      hash = await node(sibling, hash);
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      hash = await node(hash, sibling);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && equal(hash, root);
};

// --- C2SP signed-note, tlog-checkpoint, tlog-cosignature

const KINDS = { 1: "log", 4: "witness" };
const requireName = (name) => require(name !== "" && !/[+\p{Cc}\p{Z}]/u.test(name), "FORMAT", "a name with spaces or a plus");
const decimal = (text) => /^(0|[1-9][0-9]{0,17})$/.test(text) && Number.isSafeInteger(Number(text))
  ? Number(text) : fail("FORMAT", "not a decimal without leading zeros");
const hash32 = (text) => {
  const bytes = unbase64(text);
  return bytes.length === 32 ? bytes : fail("FORMAT", "a hash has 32 bytes");
};

const noteKey = async (vkey) => {
  const at = vkey.indexOf("+");
  const next = vkey.indexOf("+", at + 1);
  require(at > 0 && next > at, "FORMAT", "a key is name+id+base64");
  const name = vkey.slice(0, at);
  requireName(name);
  const typed = unbase64(vkey.slice(next + 1));
  require(KINDS[typed[0]] && typed.length === 33, "FORMAT", "a key is Ed25519, of a log or a witness");
  const id = (await sha256(utf8.encode(name + "\n"), typed)).slice(0, 4);
  require(hex(id) === vkey.slice(at + 1, next), "FORMAT", "a key's id is not the key's");
  return { name, kind: KINDS[typed[0]], id, raw: typed.slice(1) };
};
const names = (key, signature) => key.name === signature.name && equal(key.id, signature.id);
const ed25519 = async (key, message, signature) => {
  const imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
};
const time = (signature) => new DataView(signature.bytes.buffer, signature.bytes.byteOffset).getBigInt64(0);
const verifies = async (key, text, signature) => {
  if (key.kind === "log") return signature.bytes.length === 64 && ed25519(key, utf8.encode(text), signature.bytes);
  return signature.bytes.length === 72 && time(signature) > 0n
    && ed25519(key, utf8.encode(`cosignature/v1\ntime ${time(signature)}\n${text}`), signature.bytes.slice(8));
};

const parseNote = (note) => {
  const blank = note.lastIndexOf("\n\n");
  require(blank >= 0 && note.endsWith("\n") && !/[\u0000-\u0009\u000b-\u001f]/.test(note), "FORMAT", "not a signed note");
  const lines = note.slice(blank + 2).split("\n").slice(0, -1);
  require(lines.length >= 1 && lines.length <= 64, "FORMAT", "a signed note has 1 to 64 signatures");
  const signatures = lines.map((line) => {
    const parts = line.startsWith("\u2014 ") ? line.slice(2).split(" ") : [];
    require(parts.length === 2, "FORMAT", "not a signature line");
    requireName(parts[0]);
    const bytes = unbase64(parts[1]);
    require(bytes.length > 4, "FORMAT", "a signature is too short");
    return { name: parts[0], id: bytes.slice(0, 4), bytes: bytes.slice(4) };
  });
  return { text: note.slice(0, blank + 1), signatures };
};
const parseCheckpoint = (text) => {
  const lines = text.split("\n");
  require(lines.length === 4 && lines[3] === "", "FORMAT", "a checkpoint has three lines: origin, size, root hash");
  requireName(lines[0]);
  return { origin: lines[0], size: decimal(lines[1]), root: hash32(lines[2]) };
};

// --- C2SP tlog-policy, as the gateway writes it

const parsePolicy = async (text) => {
  const policy = { logs: [], witnesses: [], quorum: null };
  const defined = new Map();
  for (const line of text.split("\n").map((each) => each.trim()).filter((each) => each && !each.startsWith("#"))) {
    const words = line.split(/[ \t]+/);
    const named = (name) => defined.get(name) ?? fail("FORMAT", `the policy does not define ${name}`);
    if (words[0] === "log") {
      policy.logs.push(await noteKey(words[1]));
    } else if (words[0] === "witness") {
      const key = { ...await noteKey(words[2]), label: words[1] };
      policy.witnesses.push(key);
      defined.set(words[1], (signers) => signers.has(key.name));
    } else if (words[0] === "group") {
      const members = words.slice(3).map(named);
      const threshold = { all: members.length, any: 1 }[words[2]] ?? decimal(words[2]);
      require(threshold >= 1 && threshold <= members.length, "FORMAT", "the policy has a threshold out of range");
      defined.set(words[1], (signers) => members.filter((member) => member(signers)).length >= threshold);
    } else if (words[0] === "quorum") {
      policy.quorum = words[1] === "none" ? () => true : named(words[1]);
    } else {
      fail("FORMAT", "the policy has an unknown line");
    }
  }
  return policy.quorum ? policy : fail("FORMAT", "the policy has no quorum");
};

// --- C2SP tlog-proof and the proof file

const parseProof = (text) => {
  const blank = text.indexOf("\n\n");
  const lines = blank < 0 ? [] : text.slice(0, blank).split("\n");
  require(lines[0] === "c2sp.org/tlog-proof@v1" && lines[1]?.startsWith("index ") && lines.length <= 65, "FORMAT", "not a tlog-proof");
  return { index: decimal(lines[1].slice(6)), path: lines.slice(2).map(hash32), note: parseNote(text.slice(blank + 2)) };
};
const LEAF = { block: "number", channel: "string", creator: "string", key: "string", namespace: "string", network: "string",
  transaction: "number", transactionId: "string", value: "string", write: "number" };
const hasExactly = (object, shape) => object !== null && typeof object === "object" && !Array.isArray(object)
  && canonical(Object.keys(object).sort()) === canonical(Object.keys(shape).sort())
  && Object.entries(shape).every(([key, type]) => typeof object[key] === type);
const MEMBERS = new Set(["format", "leaf", "record", "bytes", "disclosures", "proof"]);

const parseFile = (bytes) => {
  require(bytes.length <= MOST_BYTES, "FORMAT", "the file is too large");
  let file;
  try {
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    fail("FORMAT", "not JSON");
  }
  require(equal(utf8.encode(canonical(file)), bytes), "FORMAT", "the file is not in its canonical form (RFC 8785)");
  require(file !== null && typeof file === "object" && file.format === "clearmarket-proof/v1"
    && Object.keys(file).every((key) => MEMBERS.has(key)) && typeof file.proof === "string" && hasExactly(file.leaf, LEAF)
    && Array.isArray(file.disclosures) && file.disclosures.every((each) =>
      hasExactly(each, { at: "string", path: "string", salt: "string", value: "string" })), "FORMAT", "not a clearmarket-proof/v1");
  return file;
};

const verifyCheckpoint = async (policy, checkpoint, note) => {
  const log = policy.logs.find((key) => key.name === checkpoint.origin)
    ?? fail("LOG", `the policy knows no log ${checkpoint.origin}`);
  const signedBy = async (key, signature) => require(names(key, signature) && await verifies(key, note.text, signature),
    "SIGNATURE", `the checkpoint is not what ${key.name} signed`);
  await signedBy(log, note.signatures[0]);
  const witnessed = [];
  let before = "";
  for (const signature of note.signatures.slice(1)) {
    const key = policy.witnesses.find((witness) => names(witness, signature))
      ?? fail("FORMAT", `the policy knows no witness key that ${signature.name} signed with`);
    require(key.name > before, "FORMAT", "witnesses cosign once each, in the order of their names");
    before = key.name;
    await signedBy(key, signature);
    witnessed.push({ name: key.name, label: key.label, time: new Date(Number(time(signature)) * 1000).toISOString() });
  }
  require(policy.quorum(new Set(witnessed.map((each) => each.name))), "QUORUM", "too few witnesses cosigned");
  return witnessed;
};

const pointer = (record, at) => at === "" ? record : at.split("/").slice(1)
  .reduce((value, part) => value?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], record);

/**
 * Checks everything that a proof file says.
 * @param {Uint8Array} bytes the file
 * @param {string} policyText the policy of whoever verifies (C2SP tlog-policy)
 * @throws {InvalidProof} naming the first check that failed
 */
const verify = async (bytes, policyText) => {
  const policy = await parsePolicy(policyText);
  const file = parseFile(bytes);
  const proof = parseProof(file.proof);
  const checkpoint = parseCheckpoint(proof.note.text);
  const witnesses = await verifyCheckpoint(policy, checkpoint, proof.note);
  require(`${file.leaf.network}/${file.leaf.channel}` === checkpoint.origin, "LOG", "the record is of another network");
  const leaf = await sha256(Uint8Array.of(0), utf8.encode(canonical(file.leaf)));
  require(await isIncluded(proof.index, checkpoint.size, leaf, checkpoint.root, proof.path), "INCLUSION", "the record is not shown to be in the log");
  require(!("record" in file && "bytes" in file) && (!("record" in file) || (file.record !== null && typeof file.record === "object")),
    "FORMAT", "a record is a JSON object, or bytes");
  const value = "record" in file ? utf8.encode(canonical(file.record)) : "bytes" in file ? unbase64(file.bytes) : null;
  require(file.leaf.value === (value === null ? "deleted" : hex(await sha256(value))), "RECORD", "the record is not the one in the log");
  for (const each of file.disclosures) {
    const salt = unhex(each.salt);
    const commitment = hex(await sha256(Uint8Array.of(1), salt, utf8.encode(canonical([each.path, each.value]))));
    require(salt.length === 32 && pointer(file.record, each.at) === commitment, "DISCLOSURE", `the record does not commit to this ${each.path}`);
  }
  return { leaf: file.leaf, record: file.record, checkpoint, witnesses, disclosures: file.disclosures };
};

export { verify, InvalidProof };
