import { sha256 } from "@noble/hashes/sha2.js";
import { concat, type Bytes } from "./bytes.js";
import { chaincodeName, readHeader, type Header } from "./header.js";
import { Message } from "./protobuf.js";
import { RefusedToSign, shownBytes, shownText } from "./shown.js";

/** A call of chaincode, its arguments as text. */
export interface Invocation {
  readonly chaincode: string;
  readonly function: string;
  readonly arguments: readonly string[];
}

/** A proposal, read from the bytes that its creator signs. */
export interface ShownProposal extends Header {
  readonly bytes: Bytes;
  readonly invocation: Invocation;
  /** Names of values that reach the chaincode but not the ledger. */
  readonly transientKeys: readonly string[];
  /** What the endorsers' answers must carry as their proposal hash. */
  readonly proposalHash: Bytes;
}

/**
 * Decodes Fabric's inner proposal bytes (`SignedProposal.proposal_bytes`). RefusedToSign, naming what does not match or could not be
 * shown: the transaction id, the chaincode's name, unknown fields.
 */
export function decodeProposal(bytes: Bytes): ShownProposal {
  const proposal = Message.parse(bytes, "the proposal");
  const [headerBytes, payloadBytes] = [proposal.bytes(1), proposal.bytes(2)];
  if (proposal.bytes(3).length > 0) throw new RefusedToSign("the proposal carries an extension");
  proposal.end();
  const header = readHeader(headerBytes);
  const { invocation, transientKeys } = readPayload(payloadBytes, header.chaincode);
  return { ...header, bytes, invocation, transientKeys, proposalHash: proposalHash(header, inputOnly(payloadBytes)) };
}

/** SHA-256 of channel header, signature header and the payload without its transient values. */
export function proposalHash(header: Header, payload: Uint8Array): Bytes {
  return concat(sha256(concat(header.channelHeader, header.signatureHeader, payload)));
}

/** From Fabric's `ChaincodeProposalPayload`. */
export function readPayload(bytes: Uint8Array, chaincode: string): { invocation: Invocation; transientKeys: string[] } {
  const payload = Message.parse(bytes, "the proposal's payload");
  const input = payload.bytes(1);
  const transientKeys = payload.all(2).map((entry) => shownText(Message.parse(entry, "a transient value").text(1)));
  payload.end();
  return { invocation: readInvocation(input, chaincode), transientKeys: transientKeys.sort() };
}

function readInvocation(bytes: Uint8Array, expected: string): Invocation {
  const invocation = Message.parse(bytes, "the invocation");
  const spec = Message.parse(invocation.bytes(1), "the invocation");
  invocation.end();
  const chaincode = chaincodeName(spec.bytes(2));
  if (chaincode !== expected) {
    throw new RefusedToSign(`the header names the chaincode ${shownText(expected)}, but the invocation ${shownText(chaincode)}`);
  }
  const input = Message.parse(spec.bytes(3), "the invocation's input");
  spec.number(1); // the language, and a timeout, which peers do not read
  spec.number(4);
  spec.end();
  const [name, ...more] = input.all(1).map(shownBytes);
  if (input.all(2).length > 0 || input.number(3) !== 0n) {
    throw new RefusedToSign("the invocation is an initialisation or carries decorations");
  }
  input.end();
  if (name === undefined) throw new RefusedToSign("the invocation names no function");
  return { chaincode: shownText(chaincode), function: name, arguments: more };
}

/** The payload as the transaction carries it: only its first field. */
function inputOnly(payload: Uint8Array): Bytes {
  const input = Message.parse(payload, "the proposal's payload").bytes(1);
  if (input.length === 0) return input;
  const length: number[] = [];
  for (let rest = input.length; ; rest >>>= 7) {
    if (rest < 0x80) {
      length.push(rest);
      break;
    }
    length.push((rest & 0x7f) | 0x80);
  }
  return concat(Uint8Array.of(0x0a, ...length), input);
}
