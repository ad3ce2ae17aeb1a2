import { keyPair } from "../src/backup.js";
import { utf8, type Bytes } from "../src/bytes.js";
import { generateKey } from "../src/p256.js";

/** A private key that only the authenticator's word opens: AES-256-GCM under what a passkey's PRF gives for this salt. */
export interface SealedKey {
  /** Which passkey; its id is no secret. */
  readonly credential: Bytes;
  readonly salt: Bytes;
  readonly iv: Bytes;
  readonly sealed: Bytes;
}

/** The device's passkeys give no PRF: nothing can be sealed here. */
export class NoPasskey extends Error {}

/** The holder was asked, and did not agree in time or at all. */
export class PasskeyDeclined extends Error {}

interface PrfResults {
  readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: BufferSource } };
}

/** True if it is worth offering: passkeys exist, this address may have them, and the browser does not rule the PRF out. */
export async function mayHavePasskeys(): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis) || /^[\d.]+$|:/.test(location.hostname)) return false; // an IP address is no relying party
  const capabilities = (PublicKeyCredential as { getClientCapabilities?: () => Promise<Record<string, boolean>> }).getClientCapabilities;
  const known = await capabilities?.call(PublicKeyCredential).catch(() => undefined);
  return known?.["extension:prf"] ?? true;
}

/**
 * Makes a passkey and a key pair, and seals the private key by the passkey's PRF (Web Authentication Level 3, 10.1.4). Asks the holder once or
 * twice. The pair can be used and not read.
 *
 * @param name what the device shows of the passkey
 * @throws NoPasskey where the authenticator has no PRF
 * @throws PasskeyDeclined
 */
export async function makeSealed(name: string): Promise<{ pair: CryptoKeyPair; sealed: SealedKey }> {
  const [salt, iv] = [random(32), random(12)];
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { name: "Clearmarket" },
        user: { id: random(16), name, displayName: name },
        pubKeyCredParams: [-7, -257].map((alg) => ({ type: "public-key" as const, alg })),
        authenticatorSelection: { userVerification: "required" },
        extensions: prf(salt),
      },
    }),
  );
  const extension = made.getClientExtensionResults() as PrfResults;
  if (!extension.prf?.enabled) throw new NoPasskey("the passkey has no PRF");
  const credential = new Uint8Array(made.rawId);
  const first = extension.prf.results?.first;
  const key = first ? await wrapping(first) : await askedFor(credential, salt);
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", (await generateKey(true)).privateKey);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, pkcs8));
  return { pair: await keyPair(new Uint8Array(pkcs8)), sealed: { credential, salt, iv, sealed } };
}

/**
 * The key pair, to use and not to read, once the holder has agreed.
 *
 * @throws NoPasskey if the passkey is not on this device any more, or another one answers
 * @throws PasskeyDeclined
 */
export async function openKey({ credential, salt, iv, sealed }: SealedKey): Promise<CryptoKeyPair> {
  const key = await askedFor(credential, salt);
  try {
    return await keyPair(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));
  } catch {
    throw new NoPasskey("the passkey does not open this key");
  }
}

async function askedFor(credential: Bytes, salt: Bytes): Promise<CryptoKey> {
  const answer = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: random(32),
        allowCredentials: [{ type: "public-key", id: credential }],
        userVerification: "required",
        extensions: prf(salt),
      },
    }),
  );
  const first = (answer.getClientExtensionResults() as PrfResults).prf?.results?.first;
  if (!first) throw new NoPasskey("the passkey has no PRF");
  return wrapping(first);
}

async function asked(question: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    return (await question()) as PublicKeyCredential;
  } catch (e) {
    if (e instanceof DOMException && e.name === "NotAllowedError") throw new PasskeyDeclined();
    if (e instanceof DOMException) throw new NoPasskey(e.message);
    throw e;
  }
}

/** HKDF, so that the PRF's output, which other pages of this address could ask for too, is not itself the key. */
async function wrapping(output: BufferSource): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", output, "HKDF", false, ["deriveKey"]);
  const kdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("clearmarket buyer's key") };
  return crypto.subtle.deriveKey(kdf, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function prf(first: Bytes): AuthenticationExtensionsClientInputs {
  return { prf: { eval: { first } } } as AuthenticationExtensionsClientInputs;
}

function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
