// Verifies a .clearmarket-proof against a policy, without any network. The same checks in the same order as the Java
// verifier (io.clearmarket.wallet.proof.ProofVerifier), from the same standards; every input is taken to be hostile.
// One file and no import, since the gateway's pages have it inside them. It runs where WebCrypto has Ed25519.

/** What a check is about; the first that fails is named. */
type Check = "FORMAT" | "LOG" | "SIGNATURE" | "QUORUM" | "INCLUSION" | "RECORD" | "DISCLOSURE";
type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
type Bytes = Uint8Array<ArrayBuffer>;

/** A write to the ledger, as the log has it. */
interface Leaf {
  block: number;
  channel: string;
  creator: string;
  key: string;
  namespace: string;
  network: string;
  transaction: number;
  transactionId: string;
  value: string;
  write: number;
}
interface Disclosure { at: string; path: string; salt: string; value: string }
interface Checkpoint { origin: string; size: number; root: Bytes }
/** Who cosigned, by the policy's name for them and in ISO 8601 when. */
interface Witnessed { name: string; label: string; time: string }
/** What a proof file shows; note is the checkpoint as it was signed. */
interface Verified { leaf: Leaf; record: Json | undefined; checkpoint: Checkpoint; note: string; witnesses: Witnessed[]; disclosures: Disclosure[] }

interface Signature { name: string; id: Bytes; bytes: Bytes }
interface Note { text: string; signatures: Signature[] }
interface Key { name: string; kind: "log" | "witness"; id: Bytes; raw: Bytes; imported?: Promise<CryptoKey> }
type Quorum = (signers: Set<string>) => boolean;
interface Policy { logs: Key[]; witnesses: (Key & { label: string })[]; quorum: Quorum }
interface ProofFile { format: string; leaf: Leaf; record?: Json; bytes?: Json; disclosures: Disclosure[]; proof: string }

const utf8 = new TextEncoder();
const MOST_BYTES = 1 << 20;

/** A proof that proves nothing; check names what failed. */
class InvalidProof extends Error {
  readonly check: Check;

  constructor(check: Check, message: string) {
    super(message);
    this.check = check;
  }
}
const fail = (check: Check, message: string): never => { throw new InvalidProof(check, message); };
const require = (condition: boolean, check: Check, message: string): void => {
  if (!condition) fail(check, message);
};

// --- bytes

const concat = (...parts: Uint8Array[]): Bytes => {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};
const equal = (a: Uint8Array, b: Uint8Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
};
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text: string): Bytes => /^([0-9a-f]{2})*$/.test(text)
  ? Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : fail("DISCLOSURE", "a salt is hexadecimal");
const unbase64 = (text: string): Bytes => {
  try {
    const binary = atob(text);
    if (btoa(binary) === text) {
      const bytes = new Uint8Array(binary.length);
      for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
      return bytes;
    }
  } catch { /* refused below */ }
  return fail("FORMAT", "not base64 in its canonical form");
};
const sha256 = async (...parts: Uint8Array[]): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));

// --- RFC 8785

const canonical = (value: Json): string => {
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  if (value !== null && typeof value === "object") {
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key] as Json)).join(",") + "}";
  }
  return JSON.stringify(value);
};

// --- RFC 6962, verification as in RFC 9162 section 2.1.3.2

const node = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(Uint8Array.of(1), left, right);

/**
 * Whether a leaf stands at an index of the tree with that size and root.
 * @param index below 2^64; size likewise
 * @param leaf the leaf's hash, with its 0x00
 */
const isIncluded = async (index: bigint, size: bigint, leaf: Bytes, root: Bytes, path: Bytes[]): Promise<boolean> => {
  if (index < 0n || index >= size) return false;
  let [hash, fn, sn] = [leaf, index, size - 1n];
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

/** Whether the tree of the second size begins with the one of the first (RFC 9162, section 2.1.4.2). */
const isConsistent = async (first: bigint, second: bigint, firstRoot: Bytes, secondRoot: Bytes, path: Bytes[]): Promise<boolean> => {
  if (first <= 0n || first > second) return false;
  if (first === second) return path.length === 0 && equal(firstRoot, secondRoot);
  const whole = (first & (first - 1n)) === 0n ? [firstRoot, ...path] : path;
  let [fn, sn] = [first - 1n, second - 1n];
  while ((fn & 1n) === 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
  const start = whole[0];
  if (start === undefined || path.length === 0) return false;
  let [old, now] = [start, start];
  for (const sibling of whole.slice(1)) {
    if (sn === 0n) return false;
    if ((fn & 1n) === 1n || fn === sn) {
      [old, now] = [await node(sibling, old), await node(sibling, now)];
      while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      now = await node(now, sibling);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n && equal(old, firstRoot) && equal(now, secondRoot);
};

// --- C2SP signed-note, tlog-checkpoint, tlog-cosignature

const KINDS: Record<number, "log" | "witness"> = { 1: "log", 4: "witness" };
const requireName = (name: string): void => require(name !== "" && !/[+\p{Cc}\p{Z}]/u.test(name), "FORMAT", "a name with spaces or a plus");
const decimal = (text: string): number => /^(0|[1-9][0-9]{0,17})$/.test(text) && Number.isSafeInteger(Number(text))
  ? Number(text) : fail("FORMAT", "not a decimal without leading zeros");
const hash32 = (text: string): Bytes => {
  const bytes = unbase64(text);
  return bytes.length === 32 ? bytes : fail("FORMAT", "a hash has 32 bytes");
};

const noteKey = async (vkey: string): Promise<Key> => {
  const at = vkey.indexOf("+");
  const next = vkey.indexOf("+", at + 1);
  require(at > 0 && next > at, "FORMAT", "a key is name+id+base64");
  const name = vkey.slice(0, at);
  requireName(name);
  const typed = unbase64(vkey.slice(next + 1));
  const kind = KINDS[typed[0] ?? 0];
  if (kind === undefined || typed.length !== 33) return fail("FORMAT", "a key is Ed25519, of a log or a witness");
  const id = (await sha256(utf8.encode(name + "\n"), typed)).slice(0, 4);
  require(hex(id) === vkey.slice(at + 1, next), "FORMAT", "a key's id is not the key's");
  return { name, kind, id, raw: typed.slice(1) };
};
const names = (key: Key, signature: Signature): boolean => key.name === signature.name && equal(key.id, signature.id);
const ed25519 = async (key: Key, message: Bytes, signature: Bytes): Promise<boolean> => {
  key.imported ??= crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "Ed25519" }, await key.imported, signature, message);
};
const time = (signature: Signature): bigint => new DataView(signature.bytes.buffer, signature.bytes.byteOffset).getBigInt64(0);
const verifies = async (key: Key, text: string, signature: Signature): Promise<boolean> => {
  if (key.kind === "log") return signature.bytes.length === 64 && ed25519(key, utf8.encode(text), signature.bytes);
  return signature.bytes.length === 72 && time(signature) > 0n
    && ed25519(key, utf8.encode(`cosignature/v1\ntime ${time(signature)}\n${text}`), signature.bytes.slice(8));
};

const parseNote = (note: string): Note => {
  const blank = note.lastIndexOf("\n\n");
  require(blank >= 0 && note.endsWith("\n") && !/[\u0000-\u0009\u000b-\u001f]/.test(note), "FORMAT", "not a signed note");
  const lines = note.slice(blank + 2).split("\n").slice(0, -1);
  require(lines.length >= 1 && lines.length <= 64, "FORMAT", "a signed note has 1 to 64 signatures");
  const signatures = lines.map((line) => {
    const [name, encoded, more] = line.startsWith("\u2014 ") ? line.slice(2).split(" ") : [];
    if (name === undefined || encoded === undefined || more !== undefined) return fail("FORMAT", "not a signature line");
    requireName(name);
    const bytes = unbase64(encoded);
    require(bytes.length > 4, "FORMAT", "a signature is too short");
    return { name, id: bytes.slice(0, 4), bytes: bytes.slice(4) };
  });
  return { text: note.slice(0, blank + 1), signatures };
};
const parseCheckpoint = (text: string): Checkpoint => {
  const [origin, size, root, end, more] = text.split("\n");
  if (origin === undefined || size === undefined || root === undefined || end !== "" || more !== undefined) {
    return fail("FORMAT", "a checkpoint has three lines: origin, size, root hash");
  }
  requireName(origin);
  return { origin, size: decimal(size), root: hash32(root) };
};

// --- C2SP tlog-policy, as the gateway writes it

const parsePolicy = async (text: string): Promise<Policy> => {
  const [logs, witnesses, defined]: [Key[], (Key & { label: string })[], Map<string, Quorum>] = [[], [], new Map()];
  let quorum: Quorum | null = null;
  const named = (name: string): Quorum => defined.get(name) ?? fail("FORMAT", `the policy does not define ${name}`);
  for (const line of text.split("\n").map((each) => each.trim()).filter((each) => each && !each.startsWith("#"))) {
    const [word, one = "", two = "", ...more] = line.split(/[ \t]+/);
    if (word === "log") {
      logs.push(await noteKey(one));
    } else if (word === "witness") {
      const key = { ...await noteKey(two), label: one };
      witnesses.push(key);
      defined.set(one, (signers) => signers.has(key.name));
    } else if (word === "group") {
      const members = more.map(named);
      const threshold = two === "all" ? members.length : two === "any" ? 1 : decimal(two);
      require(threshold >= 1 && threshold <= members.length, "FORMAT", "the policy has a threshold out of range");
      defined.set(one, (signers) => members.filter((member) => member(signers)).length >= threshold);
    } else if (word === "quorum") {
      quorum = one === "none" ? () => true : named(one);
    } else {
      fail("FORMAT", "the policy has an unknown line");
    }
  }
  return quorum ? { logs, witnesses, quorum } : fail("FORMAT", "the policy has no quorum");
};

// --- C2SP tlog-proof and the proof file

const parseProof = (text: string): { index: number; path: Bytes[]; text: string; note: Note } => {
  const blank = text.indexOf("\n\n");
  const lines = blank < 0 ? [] : text.slice(0, blank).split("\n");
  const [version, index = "", ...hashes] = lines;
  require(version === "c2sp.org/tlog-proof@v1" && index.startsWith("index ") && lines.length <= 65, "FORMAT", "not a tlog-proof");
  const note = text.slice(blank + 2);
  return { index: decimal(index.slice(6)), path: hashes.map(hash32), text: note, note: parseNote(note) };
};
const LEAF = { block: "number", channel: "string", creator: "string", key: "string", namespace: "string", network: "string",
  transaction: "number", transactionId: "string", value: "string", write: "number" };
const DISCLOSURE = { at: "string", path: "string", salt: "string", value: "string" };
const hasExactly = (object: Json | undefined, shape: Record<string, string>): boolean => object !== undefined && object !== null && typeof object === "object" && !Array.isArray(object)
  && canonical(Object.keys(object).sort()) === canonical(Object.keys(shape).sort())
  && Object.entries(shape).every(([key, type]) => typeof object[key] === type);
const MEMBERS = new Set(["format", "leaf", "record", "bytes", "disclosures", "proof"]);

const parseFile = (bytes: Uint8Array): ProofFile => {
  require(bytes.length <= MOST_BYTES, "FORMAT", "the file is too large");
  let file: Json;
  try {
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return fail("FORMAT", "not JSON");
  }
  require(equal(utf8.encode(canonical(file)), bytes), "FORMAT", "the file is not in its canonical form (RFC 8785)");
  const isProof = file !== null && typeof file === "object" && !Array.isArray(file) && file.format === "clearmarket-proof/v1"
    && Object.keys(file).every((key) => MEMBERS.has(key)) && typeof file.proof === "string" && hasExactly(file.leaf, LEAF)
    && Array.isArray(file.disclosures) && file.disclosures.every((each) => hasExactly(each, DISCLOSURE));
  return isProof ? file as unknown as ProofFile : fail("FORMAT", "not a clearmarket-proof/v1");
};

const verifyCheckpoint = async (policy: Policy, checkpoint: Checkpoint, note: Note): Promise<Witnessed[]> => {
  const log = policy.logs.find((key) => key.name === checkpoint.origin)
    ?? fail("LOG", `the policy knows no log ${checkpoint.origin}`);
  const signedBy = async (key: Key, signature: Signature | undefined): Promise<void> => require(
    signature !== undefined && names(key, signature) && await verifies(key, note.text, signature),
    "SIGNATURE", `the checkpoint is not what ${key.name} signed`);
  await signedBy(log, note.signatures[0]);
  const witnessed: Witnessed[] = [];
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

/** What an RFC 6901 pointer names; nothing where it names nothing. */
const pointer = (record: Json | undefined, at: string): Json | undefined => at === "" ? record
  : at.split("/").slice(1).reduce<Json | undefined>((value, part) => {
    const member = part.replaceAll("~1", "/").replaceAll("~0", "~");
    return value !== null && typeof value === "object" && Object.hasOwn(value, member)
      ? (value as Record<string, Json>)[member] : undefined;
  }, record);

/** Which of a policy's witnesses cosigned a note. */
type Witnesses = (checkpoint: Checkpoint, note: string, parsed: Note) => Promise<Witnessed[]>;

/** The same note has the same witnesses under the same policy, so it is verified once for an item's events, which share it. */
const rememberingLast = (policy: Policy): Witnesses => {
  let last: { note: string; witnesses: Promise<Witnessed[]> } | undefined;
  return (checkpoint, note, parsed) => {
    if (last?.note !== note) last = { note, witnesses: verifyCheckpoint(policy, checkpoint, parsed) };
    return last.witnesses;
  };
};

const verified = async (bytes: Uint8Array, witnessesOf: Witnesses): Promise<Verified> => {
  const file = parseFile(bytes);
  const proof = parseProof(file.proof);
  const checkpoint = parseCheckpoint(proof.note.text);
  const witnesses = await witnessesOf(checkpoint, proof.text, proof.note);
  require(`${file.leaf.network}/${file.leaf.channel}` === checkpoint.origin, "LOG", "the record is of another network");
  const leaf = await sha256(Uint8Array.of(0), utf8.encode(canonical({ ...file.leaf })));
  require(await isIncluded(BigInt(proof.index), BigInt(checkpoint.size), leaf, checkpoint.root, proof.path), "INCLUSION", "the record is not shown to be in the log");
  require(!("record" in file && "bytes" in file) && (!("record" in file) || (file.record !== null && typeof file.record === "object")),
    "FORMAT", "a record is a JSON object, or bytes");
  const value = file.record !== undefined ? utf8.encode(canonical(file.record))
    : typeof file.bytes === "string" ? unbase64(file.bytes) : file.bytes === undefined ? null : fail("FORMAT", "bytes are base64");
  require(file.leaf.value === (value === null ? "deleted" : hex(await sha256(value))), "RECORD", "the record is not the one in the log");
  for (const each of file.disclosures) {
    const salt = unhex(each.salt);
    const commitment = hex(await sha256(Uint8Array.of(1), salt, utf8.encode(canonical([each.path, each.value]))));
    require(salt.length === 32 && pointer(file.record, each.at) === commitment, "DISCLOSURE", `the record does not commit to this ${each.path}`);
  }
  return { leaf: file.leaf, record: file.record, checkpoint, note: proof.text, witnesses, disclosures: file.disclosures };
};

/** Checks everything that a proof file says; throws an InvalidProof that names the first check that failed. */
type Verifier = (bytes: Uint8Array) => Promise<Verified>;

/**
 * A verifier of many files: it reads the policy and its keys once.
 * @param policyText the policy of whoever verifies (C2SP tlog-policy), never the file's
 * @throws {InvalidProof} if it is no policy
 */
const verifier = async (policyText: string): Promise<Verifier> => {
  const witnessesOf = rememberingLast(await parsePolicy(policyText));
  return (bytes) => verified(bytes, witnessesOf);
};

/**
 * Checks everything that a proof file says.
 * @param bytes the file
 * @param policyText the policy of whoever verifies (C2SP tlog-policy), never the file's
 * @throws {InvalidProof} naming the first check that failed
 */
const verify = async (bytes: Uint8Array, policyText: string): Promise<Verified> => (await verifier(policyText))(bytes);

// --- two readers who are shown different logs find out

/** Where notes are remembered: localStorage, or what is like it. */
interface Memory { getItem(name: string): string | null; setItem(name: string, value: string): void }
/**
 * Asks the log for the proof that its tree of one size begins with the one of a smaller size: hashes in base64, or null if it has
 * none. Throws if the log can't be asked now.
 */
type ConsistencyOf = (first: number, second: number) => Promise<string[] | null>;
/** one: both are of one log that only grew. split: that was not shown; both notes are the evidence. unknown: it could not be asked. */
interface Followed { found: "one" | "split" | "unknown"; before?: string }

/**
 * Compares a log's checkpoint with the newest one that was seen of it before, and remembers the newer of both if they are of one log.
 * @param note a verified proof's
 * @param policyText the policy of whoever verifies (C2SP tlog-policy)
 */
const follow = async (note: string, policyText: string, memory: Memory, consistencyOf: ConsistencyOf): Promise<Followed> => {
  const policy = await parsePolicy(policyText);
  const read = async (text: string): Promise<Checkpoint> => {
    const parsed = parseNote(text);
    const checkpoint = parseCheckpoint(parsed.text);
    await verifyCheckpoint(policy, checkpoint, parsed);
    return checkpoint;
  };
  const now = await read(note);
  const name = `clearmarket.log ${now.origin}`;
  const kept = memory.getItem(name);
  // one that does not verify was signed for another policy, or is damaged: it is no evidence against anybody
  const before = kept === null ? null : await read(kept).catch(() => null);
  if (kept === null || before === null || before.origin !== now.origin) {
    memory.setItem(name, note);
    return { found: "one" };
  }
  const [first, second] = before.size <= now.size ? [before, now] : [now, before];
  let hashes: string[] | null = [];
  try {
    if (first.size !== second.size) hashes = await consistencyOf(first.size, second.size);
  } catch {
    return { found: "unknown", before: kept };
  }
  let path: Bytes[] | null = null;
  try {
    path = hashes === null ? null : hashes.map(hash32);
  } catch { /* no proof */ }
  const shown = path !== null && await isConsistent(BigInt(first.size), BigInt(second.size), first.root, second.root, path);
  if (shown && second === now) memory.setItem(name, note);
  return { found: shown ? "one" : "split", before: kept };
};

export { verify, verifier, follow, isIncluded, isConsistent, InvalidProof };
export type { Check, Checkpoint, ConsistencyOf, Disclosure, Followed, Json, Leaf, Memory, Verified, Verifier, Witnessed };
