const TOLERANCE = 300; // seconds, as the specification's own libraries have it

/** A webhook that is not what the gateway sent just now. */
export class NotBelieved extends Error {}

/** A domain event, by Standard Webhooks. */
export interface Message {
  readonly type: string;
  readonly data: { readonly orderId?: string; readonly consignmentId?: string };
}

/**
 * The message of a request, if one of the secrets signed these very bytes within the last five minutes. Whoever sends an old one again is
 * refused by its time; within that time it does nothing new, for what it leads to is asked of the ledger.
 *
 * @throws NotBelieved saying what is wrong with it
 */
export async function verified(
  secrets: readonly string[],
  headers: Record<string, unknown>,
  body: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<Message> {
  const [id, timestamp, signatures] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => String(headers[name] ?? ""));
  if (!/^\d{1,12}$/.test(timestamp!) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE) {
    throw new NotBelieved("the webhook's time is not now");
  }
  const signed = concat(new TextEncoder().encode(`${id}.${timestamp}.`), body);
  for (const secret of secrets) {
    const key = await hmacKey(secret);
    for (const signature of signatures!.split(" ").filter((text) => text.startsWith("v1,"))) {
      if (await crypto.subtle.verify("HMAC", key, base64(signature.slice(3)), signed)) {
        return JSON.parse(new TextDecoder().decode(body)) as Message;
      }
    }
  }
  throw new NotBelieved("the webhook is not signed by a secret of this shop");
}

function hmacKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", base64(secret.slice("whsec_".length)), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

function base64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
