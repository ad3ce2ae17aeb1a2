// For millions of verifications in a row: the same OpenSSL without WebCrypto's way over a thread pool, which costs more than a hash
// does. Errors carry no stack. The verifier itself is what it always is.
import { createHash, createPublicKey, verify } from "node:crypto";

const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");

/** From here on this process has Node's own SHA-256 and Ed25519 in WebCrypto's place. */
export const quickCrypto = () => {
  const subtle = {
    digest: async (_, data) => createHash("sha256").update(data).digest(),
    importKey: async (_, raw) => createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: "der", type: "spki" }),
    verify: async (_, key, signature, message) => verify(null, message, key, signature),
  };
  Object.defineProperty(globalThis, "crypto", { value: { subtle } });
  Object.defineProperty(Error, "stackTraceLimit", { value: 0, writable: false });
};
