// A log with two witnesses and a proof file of each of its records, written here from the standards alone: by neither verifier's code.
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";

const NETWORK = "example.com/net";
const ORIGIN = `${NETWORK}/ch`;
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");
const TIME = 1_795_694_400n;

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
};

/** An Ed25519 key of a C2SP signed note; type 1 signs as a log, 4 as a witness (tlog-cosignature). */
const signer = (name, type, seed) => {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, Buffer.alloc(32, seed)]), format: "der", type: "pkcs8" });
  const typed = Buffer.concat([Buffer.of(type), createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = sha256(`${name}\n`, typed).subarray(0, 4);
  const bytes = (text) => {
    if (type === 1) return sign(null, Buffer.from(text), key);
    const time = Buffer.alloc(8);
    time.writeBigInt64BE(TIME);
    return Buffer.concat([time, sign(null, Buffer.from(`cosignature/v1\ntime ${TIME}\n${text}`), key)]);
  };
  return {
    key: `${name}+${id.toString("hex")}+${typed.toString("base64")}`,
    line: (text) => `\u2014 ${name} ${Buffer.concat([id, bytes(text)]).toString("base64")}\n`,
  };
};

/** The Merkle tree hash of some of the leaves, and the audit path of one of them (RFC 6962, section 2.1). */
const tree = (leaves) => {
  const known = new Map();
  const split = (count) => 2 ** (Math.ceil(Math.log2(count)) - 1);
  const root = (from, to) => {
    const name = `${from}-${to}`;
    if (!known.has(name)) {
      const middle = from + split(to - from);
      known.set(name, to - from === 1 ? sha256(Buffer.of(0), leaves[from])
        : sha256(Buffer.of(1), root(from, middle), root(middle, to)));
    }
    return known.get(name);
  };
  const path = (index, from, to) => {
    if (to - from === 1) return [];
    const middle = from + split(to - from);
    return index < middle ? [...path(index, from, middle), root(middle, to)] : [...path(index, middle, to), root(from, middle)];
  };
  /** RFC 6962, section 2.1.2: SUBPROOF. */
  const subproof = (first, from, to, whole) => {
    if (first === to - from) return whole ? [] : [root(from, to)];
    const middle = from + split(to - from);
    return first <= middle - from ? [...subproof(first, from, middle, whole), root(middle, to)]
      : [...subproof(first - (middle - from), middle, to, false), root(from, middle)];
  };
  return {
    root: root(0, leaves.length),
    path: (index) => path(index, 0, leaves.length),
    consistency: (first) => subproof(first, 0, leaves.length, true),
  };
};

/**
 * @param {number} forkedAt from which record on the log is another one, by the same keys
 * @returns {{ policy: string, files: Uint8Array[], note: string, consistency: (first: number) => string[] }} a policy that knows the log,
 *     the proof files of its records, its checkpoint, and the proof that it begins with so many records
 */
export const writtenLog = (size, forkedAt = size) => {
  const log = signer(ORIGIN, 1, 11);
  const audit = signer(`${NETWORK}/AuditMSP`, 4, 12);
  const merchants = signer(`${NETWORK}/MerchantsMSP`, 4, 13);
  const records = Array.from({ length: size }, (_, n) => ({ n, note: `${n < forkedAt ? "record" : "other"} ${n}` }));
  const leaves = records.map((record, n) => ({
    network: NETWORK, channel: "ch", block: Math.floor(n / 4), transaction: n % 4, write: 0, transactionId: sha256(`t${n}`).toString("hex"),
    creator: sha256(`c${n}`).toString("hex"), namespace: "market", key: `\u0000item\u0000${n}\u0000`, value: sha256(canonical(record)).toString("hex"),
  }));
  const merkle = tree(leaves.map(canonical));
  const text = `${ORIGIN}\n${size}\n${merkle.root.toString("base64")}\n`;
  const note = `${text}\n${log.line(text)}${audit.line(text)}${merchants.line(text)}`;
  const files = records.map((record, n) => new Uint8Array(Buffer.from(canonical({
    format: "clearmarket-proof/v1", leaf: leaves[n], record, disclosures: [],
    proof: `c2sp.org/tlog-proof@v1\nindex ${n}\n${merkle.path(n).map((hash) => `${hash.toString("base64")}\n`).join("")}\n${note}`,
  }))));
  const policy = `log ${log.key}\nwitness audit ${audit.key}\nwitness merchants ${merchants.key}\ngroup both all audit merchants\nquorum both\n`;
  return { policy, files, note, consistency: (first) => merkle.consistency(first).map((hash) => hash.toString("base64")) };
};
