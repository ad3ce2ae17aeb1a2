import { sha256 } from "@noble/hashes/sha2.js";
import { concat, fromHex, toHex, utf8, type Bytes } from "./bytes.js";
import { canonicalJson, type Json } from "./canonical.js";
import { hashStruct, keccak, type TypedData } from "./eip712.js";
import { RefusedToSign } from "./shown.js";

/** What of a consignment's terms the settlement chain needs; the terms themselves are the JSON of the API. */
export interface EscrowTerms {
  readonly ledger: string;
  readonly orderId: string;
  readonly consignment: number;
  readonly buyer: string;
  readonly merchant: string;
  readonly asset: string;
  readonly total: string;
  readonly payBy: string;
  readonly stopDate: string;
  readonly feeBps: number;
  readonly referralBps: number;
  readonly escrow: {
    readonly chainId: number;
    readonly contract: string;
    readonly payer: string;
    readonly merchant: string;
    readonly feeReceiver: string;
    readonly referrer: string;
    readonly attesters: string;
    readonly salt: string;
  };
}

const TERMS = members(
  "bytes32 termsHash,address payer,address merchant,address feeReceiver,address referrer,address asset,uint120 total," +
    "uint48 payBy,uint48 stopDate,uint16 feeBps,uint16 referralBps,bytes32 attesters,bytes32 salt",
);
const RECEIVE = members("address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce");
const DOMAIN = members("string name,string version,uint256 chainId,address verifyingContract");

/** SHA-256 of the terms' RFC 8785 text: what both ledgers carry. */
export function termsHash(terms: EscrowTerms): string {
  return toHex(sha256(termsBytes(terms)));
}

/** The bytes that buyer and merchant sign. */
export function termsBytes(terms: EscrowTerms): Bytes {
  return utf8(canonicalJson(terms as unknown as Json));
}

/** The ERC-20 token that the terms' asset (CAIP-19) names; refused if it is of another chain than the escrow's. */
export function tokenOf(terms: EscrowTerms): string {
  const found = /^eip155:(\d+)\/erc20:(0x[0-9a-fA-F]{40})$/.exec(terms.asset);
  if (!found || Number(found[1]) !== terms.escrow.chainId) {
    throw new RefusedToSign(`the asset ${terms.asset} is no token of chain ${terms.escrow.chainId}`);
  }
  return found[2]!;
}

/** The escrow's id on the settlement chain, 64 hexadecimal digits; it binds every term. */
export function escrowId(terms: EscrowTerms): string {
  const { chainId, contract, payer, merchant, feeReceiver, referrer, attesters, salt } = terms.escrow;
  const struct = hashStruct(
    "EscrowTerms",
    {
      termsHash: `0x${termsHash(terms)}`,
      payer,
      merchant,
      feeReceiver,
      referrer,
      asset: tokenOf(terms),
      total: terms.total,
      payBy: epochSecond(terms.payBy),
      stopDate: epochSecond(terms.stopDate),
      feeBps: terms.feeBps,
      referralBps: terms.referralBps,
      attesters: `0x${attesters.replace(/^0x/, "")}`,
      salt: `0x${salt.replace(/^0x/, "")}`,
    },
    { EscrowTerms: TERMS },
  );
  return toHex(keccak(fromHex(chainId.toString(16).padStart(64, "0")), concat(new Uint8Array(12), fromHex(contract)), struct));
}

/**
 * What the payer signs to deposit without gas (EIP-3009), all of it from the terms: the signature opens this escrow and no other.
 *
 * @param token name and version in the token's own EIP-712 domain
 */
export function depositAuthorization(terms: EscrowTerms, token: { readonly name: string; readonly version: string }): TypedData {
  return {
    types: { EIP712Domain: DOMAIN, ReceiveWithAuthorization: RECEIVE },
    primaryType: "ReceiveWithAuthorization",
    domain: { name: token.name, version: token.version, chainId: terms.escrow.chainId, verifyingContract: tokenOf(terms) },
    message: {
      from: terms.escrow.payer,
      to: terms.escrow.contract,
      value: terms.total,
      validAfter: "0",
      validBefore: String(epochSecond(terms.payBy)),
      nonce: `0x${escrowId(terms)}`,
    },
  };
}

/** What an address signs (`personal_sign`) to say that it acts for a party. */
export function bindingMessage(ledger: string, party: string): string {
  return `Clearmarket: this address acts for party ${party} on ledger ${ledger}`;
}

/** The instant's whole seconds since 1970. */
export function epochSecond(instant: string): number {
  const seconds = Date.parse(instant) / 1000;
  if (!Number.isSafeInteger(seconds)) throw new RefusedToSign(`${instant} is no instant in whole seconds`);
  return seconds;
}

function members(text: string) {
  return text.split(",").map((member) => {
    const [type, name] = member.split(" ");
    return { name: name!, type: type! };
  });
}

/** An address with the capitals of its checksum (ERC-55), as the gateway writes it. */
export function checksummed(address: string): string {
  const digits = address.toLowerCase().replace(/^0x/, "");
  const hash = toHex(keccak(utf8(digits)));
  return `0x${[...digits].map((digit, i) => (parseInt(hash[i]!, 16) >= 8 ? digit.toUpperCase() : digit)).join("")}`;
}
