import { sha256 } from "@noble/hashes/sha2.js";
import { concat, toHex, type Bytes } from "./bytes.js";
import { certificateKey, partyOf } from "./identity.js";
import { Message } from "./protobuf.js";
import { RefusedToSign, shownText } from "./shown.js";

/** Somebody as Fabric writes them: an organisation and a certificate. */
export interface Identity {
  readonly mspId: string;
  /** SubjectPublicKeyInfo of the certificate. */
  readonly key: Bytes;
  /** Who they are to the market. */
  readonly party: string;
}

/** What a proposal and its transaction have in common, the transaction id recomputed. */
export interface Header {
  readonly channel: string;
  readonly chaincode: string;
  readonly transactionId: string;
  /** The client's time, which endorsers accept only near their own. */
  readonly timestamp: Date;
  readonly creator: Identity;
  readonly channelHeader: Bytes;
  readonly signatureHeader: Bytes;
}

const ENDORSER_TRANSACTION = 3n;

/** From Fabric's `Header`. */
export function readHeader(bytes: Uint8Array): Header {
  const header = Message.parse(bytes, "the header");
  const [channelHeader, signatureHeader] = [header.bytes(1), header.bytes(2)];
  header.end();
  const channel = Message.parse(channelHeader, "the channel header");
  const signature = Message.parse(signatureHeader, "the signature header");
  const [type, epoch] = [channel.number(1), channel.number(6)];
  if (type !== ENDORSER_TRANSACTION || epoch !== 0n) {
    throw new RefusedToSign(`the header's type is ${type} in epoch ${epoch}, where a chaincode transaction has type 3 in epoch 0`);
  }
  const [creator, nonce] = [signature.bytes(1), signature.bytes(2)];
  signature.end();
  const transactionId = toHex(sha256(concat(nonce, creator)));
  if (channel.text(5) !== transactionId) {
    throw new RefusedToSign(`the transaction id is ${shownText(channel.text(5))}, but creator and nonce give ${transactionId}`);
  }
  channel.number(2); // a version, and the hash of a TLS certificate, say nothing about the transaction
  channel.bytes(8);
  const extension = Message.parse(channel.bytes(7), "the header's extension");
  const read: Header = {
    channel: shownText(channel.text(4)),
    chaincode: chaincodeName(extension.bytes(2)),
    transactionId,
    timestamp: time(channel.bytes(3)),
    creator: readIdentity(creator),
    channelHeader,
    signatureHeader,
  };
  extension.end();
  channel.end();
  return read;
}

/** From Fabric's `SerializedIdentity`. */
export function readIdentity(bytes: Uint8Array): Identity {
  const identity = Message.parse(bytes, "an identity");
  const [mspId, pem] = [shownText(identity.text(1)), identity.text(2)];
  identity.end();
  try {
    const key = certificateKey(pem);
    return { mspId, key, party: partyOf(key) };
  } catch (e) {
    if (e instanceof TypeError) throw new RefusedToSign(`an identity cannot be decoded: ${e.message}`);
    throw e;
  }
}

/** From Fabric's `ChaincodeID`. */
export function chaincodeName(bytes: Uint8Array): string {
  const id = Message.parse(bytes, "the chaincode's name");
  const name = id.text(2);
  id.text(1);
  id.text(3);
  id.end();
  return name;
}

function time(bytes: Uint8Array): Date {
  const timestamp = Message.parse(bytes, "the timestamp");
  const [seconds, nanos] = [timestamp.number(1), timestamp.number(2)];
  timestamp.end();
  const date = new Date(Number(seconds) * 1000 + Number(nanos / 1_000_000n));
  if (Number.isNaN(date.getTime())) throw new RefusedToSign(`the timestamp is no time: ${seconds} s`);
  return date;
}
