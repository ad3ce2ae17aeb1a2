import createClient, { type Client } from "openapi-fetch";
import { fromBase64, toBase64 } from "./bytes.js";
import { canonicalJson, type Json } from "./canonical.js";
import { sign } from "./p256.js";
import { decodeProposal, type ShownProposal } from "./proposal.js";
import type { paths } from "./schema.js";
import { RefusedToSign, shownText } from "./shown.js";
import { decodeTransaction, requireOf, type ShownTransaction } from "./transaction.js";

/** The gateway's API, typed from its OpenAPI description. */
export type Clearmarket = Client<paths>;

/** A problem that the gateway answered with (RFC 9457). */
export class Problem extends Error {
  override name = "Problem";

  constructor(
    readonly status: number,
    /** Stable name, such as `ORDER_EXISTS`. */
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Somebody who signs here: the gateway never sees the key. */
export interface Device {
  readonly certificate: string;
  readonly mspId: string;
  readonly party: string;
  readonly key: CryptoKey;
}

/** What became of a command. */
export interface Committed {
  readonly transactionId: string;
  readonly status: string;
}

/** Is asked before each signature, having been shown what was decoded; throws to refuse. */
export type Review = (shown: ShownProposal | ShownTransaction) => void | Promise<void>;

/** What else a command may need. */
export interface Options {
  readonly review?: Review;
  /** What the command names by SHA-256, in base64; kept once it is endorsed. */
  readonly documents?: { readonly mediaType: string; readonly content: string }[];
}

/** @param token bearer token; absent for what is public */
export function connect(gateway: string, token?: string): Clearmarket {
  return createClient<paths>({
    baseUrl: gateway,
    ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
  });
}

/** The answer's body; a {@link Problem} if it is one. */
export async function answered<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  const { code, detail } = (error ?? {}) as { code?: string; detail?: string };
  throw new Problem(response.status, code ?? `HTTP_${response.status}`, detail ?? response.statusText);
}

/**
 * Brings a command to the ledger under the device's own key. What the gateway prepared is decoded here and compared with what was
 * asked before it is signed; so is what the organisations endorsed.
 *
 * @param command its JSON with a `commandId`, by which repeating it is harmless
 * @throws RefusedToSign if the gateway prepared something else
 */
export async function execute(
  market: Clearmarket,
  device: Device,
  name: string,
  command: { readonly commandId: string; readonly [member: string]: Json | undefined },
  { review = () => {}, documents = [] }: Options = {},
): Promise<Committed> {
  const body = { function: name, command: command as never, certificate: device.certificate, mspId: device.mspId };
  const prepared = await answered(market.POST("/api/v1/commands/prepare", { body }));
  const proposal = decodeProposal(fromBase64(prepared.proposal));
  requireAsAsked(proposal, device, name, canonicalJson(command));
  await review(proposal);
  const endorsed = await answered(
    market.POST("/api/v1/commands/endorse", {
      body: { proposal: prepared.proposal, signature: toBase64(await sign(device.key, proposal.bytes)), documents },
    }),
  );
  const transaction = await decodeTransaction(fromBase64(endorsed.transaction));
  requireOf(transaction, proposal);
  await review(transaction);
  const signature = toBase64(await sign(device.key, transaction.bytes));
  return answered(market.POST("/api/v1/commands/submit", { body: { transaction: endorsed.transaction, signature } }));
}

/** RefusedToSign unless the proposal is by this device, of this command and of nothing else. */
export function requireAsAsked(proposal: ShownProposal, device: Device, name: string, json: string): void {
  const { invocation, transientKeys, creator } = proposal;
  const same =
    invocation.function === name &&
    invocation.arguments.length === 1 &&
    invocation.arguments[0] === shownText(json) &&
    transientKeys.length === 0 &&
    creator.party === device.party &&
    creator.mspId === device.mspId;
  if (!same) throw new RefusedToSign(`the gateway prepared another command than was asked: ${invocation.function}`);
}
