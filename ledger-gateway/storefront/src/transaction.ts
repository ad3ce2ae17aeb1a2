import { concat, equal, type Bytes } from "./bytes.js";
import { chaincodeName, readHeader, readIdentity, type Header, type Identity } from "./header.js";
import { verify } from "./p256.js";
import { proposalHash, readPayload, type Invocation, type ShownProposal } from "./proposal.js";
import { Message } from "./protobuf.js";
import { RefusedToSign, shownBytes, shownText } from "./shown.js";
import { writtenKeys } from "./writes.js";

/** An endorsed transaction, read from the payload bytes that its creator signs; its endorsements' signatures are verified. */
export interface ShownTransaction extends Header {
  readonly bytes: Bytes;
  readonly invocation: Invocation;
  /** The chaincode's answer: 200 is success. */
  readonly responseStatus: number;
  readonly responsePayload: string;
  /** The keys that would be written, by namespace. */
  readonly writes: ReadonlyMap<string, readonly string[]>;
  readonly endorsers: readonly Identity[];
  readonly proposalHash: Bytes;
}

/**
 * Decodes Fabric's inner payload bytes (`Envelope.payload`). RefusedToSign, naming what does not match or could not be shown: the
 * transaction id, the proposal hash, an endorsement. Whether an endorser's certificate is its organisation's only the peers know.
 */
export async function decodeTransaction(bytes: Bytes): Promise<ShownTransaction> {
  const payload = Message.parse(bytes, "the transaction's payload");
  const header = readHeader(payload.bytes(1));
  const action = onlyAction(payload.bytes(2), header);
  payload.end();
  const [proposal, endorsed] = [action.bytes(1), Message.parse(action.bytes(2), "the endorsed action")];
  action.end();
  const { invocation, transientKeys } = readPayload(proposal, header.chaincode);
  if (transientKeys.length > 0) throw new RefusedToSign("the transaction would publish its transient values");
  const [answer, endorsements] = [endorsed.bytes(1), endorsed.all(2)];
  endorsed.end();
  const hash = proposalHash(header, proposal);
  return {
    ...header,
    bytes,
    invocation,
    ...readAnswer(answer, hash, header.chaincode),
    endorsers: await verifiedEndorsers(endorsements, answer),
    proposalHash: hash,
  };
}

/** Checks that a transaction is what became of a proposal that was signed before; RefusedToSign if it is another one's. */
export function requireOf(transaction: ShownTransaction, proposal: ShownProposal): void {
  if (transaction.transactionId !== proposal.transactionId || !equal(transaction.proposalHash, proposal.proposalHash)) {
    throw new RefusedToSign(`transaction ${transaction.transactionId} is not of the proposal signed, ${proposal.transactionId}`);
  }
}

function onlyAction(bytes: Uint8Array, header: Header): Message {
  const transaction = Message.parse(bytes, "the transaction");
  const actions = transaction.all(1);
  transaction.end();
  if (actions.length !== 1) throw new RefusedToSign(`the transaction has ${actions.length} actions, not one`);
  const action = Message.parse(actions[0]!, "the transaction's action");
  const [signatureHeader, payload] = [action.bytes(1), action.bytes(2)];
  action.end();
  if (!equal(signatureHeader, header.signatureHeader)) throw new RefusedToSign("the action's header is not the transaction's");
  return Message.parse(payload, "the action");
}

function readAnswer(bytes: Uint8Array, hash: Uint8Array, chaincode: string) {
  const answer = Message.parse(bytes, "the endorsers' answer");
  if (!equal(answer.bytes(1), hash)) throw new RefusedToSign("the proposal hash that was endorsed is not this transaction's");
  const result = Message.parse(answer.bytes(2), "the result");
  answer.end();
  const [results, response] = [result.bytes(1), Message.parse(result.bytes(3), "the response")];
  result.bytes(2); // the chaincode's event, which follows from what it writes
  if (chaincodeName(result.bytes(4)) !== chaincode) throw new RefusedToSign(`the result is of another chaincode than ${chaincode}`);
  result.end();
  const read = { responseStatus: Number(response.number(1)), responsePayload: shownBytes(response.bytes(3)) };
  shownText(response.text(2));
  response.end();
  return { ...read, writes: writtenKeys(results) };
}

async function verifiedEndorsers(endorsements: readonly Uint8Array[], answer: Bytes): Promise<Identity[]> {
  if (endorsements.length === 0) throw new RefusedToSign("nobody endorsed the transaction");
  return Promise.all(
    endorsements.map(async (bytes) => {
      const endorsement = Message.parse(bytes, "an endorsement");
      const [name, signature] = [endorsement.bytes(1), endorsement.bytes(2)];
      endorsement.end();
      const endorser = readIdentity(name);
      if (!(await verify(endorser.key, concat(answer, name), signature))) {
        throw new RefusedToSign(`the endorsement of ${endorser.mspId} is not signed by its endorser`);
      }
      return endorser;
    }),
  );
}
