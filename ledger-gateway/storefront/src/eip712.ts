import { keccak_256 } from "@noble/hashes/sha3.js";
import { concat, fromHex, utf8, type Bytes } from "./bytes.js";
import { RefusedToSign } from "./shown.js";

/** A member of a struct. */
export interface Member {
  readonly name: string;
  readonly type: string;
}

/** Typed data as wallets receive it (`eth_signTypedData_v4`). */
export interface TypedData {
  readonly types: { readonly [struct: string]: readonly Member[] };
  readonly primaryType: string;
  readonly domain: { readonly [name: string]: unknown };
  readonly message: { readonly [name: string]: unknown };
}

/**
 * The 32 bytes that a wallet signs (EIP-712). A member that the types do not declare would be shown and not signed, so it is
 * refused, and so is a value that does not fit its type.
 */
export function typedDataDigest(data: TypedData): Bytes {
  const domain = hashStruct("EIP712Domain", data.domain, data.types);
  return keccak(Uint8Array.of(0x19, 0x01), domain, hashStruct(data.primaryType, data.message, data.types));
}

/** hashStruct of EIP-712. */
export function hashStruct(type: string, value: { readonly [name: string]: unknown }, types: TypedData["types"]): Bytes {
  const members = types[type];
  if (!members) throw new RefusedToSign(`typed data: the type ${type} is not declared`);
  for (const name of Object.keys(value)) {
    if (!members.some((member) => member.name === name)) throw new RefusedToSign(`typed data: ${type} declares no ${name}`);
  }
  const encoded = members.map(({ name, type: memberType }) => encodeValue(memberType, value[name], types, `${type}.${name}`));
  return keccak(keccak(utf8(encodeType(type, types))), ...encoded);
}

/** Keccak-256 of what is joined. */
export function keccak(...parts: readonly Uint8Array[]): Bytes {
  return concat(keccak_256(concat(...parts)));
}

function encodeType(type: string, types: TypedData["types"]): string {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    for (const member of types[name] ?? []) {
      const base = member.type.replace(/(\[\d*\])+$/, "");
      if (base in types && !needed.has(base) && base !== type) {
        needed.add(base);
        visit(base);
      }
    }
  };
  visit(type);
  return [type, ...[...needed].sort()]
    .map((name) => `${name}(${types[name]!.map((member) => `${member.type} ${member.name}`).join(",")})`)
    .join("");
}

function encodeValue(type: string, value: unknown, types: TypedData["types"], where: string): Bytes {
  const misfit = new RefusedToSign(`typed data: ${where} is no ${type}`);
  const array = /^(.+)\[(\d*)\]$/.exec(type);
  if (array) {
    if (!Array.isArray(value) || (array[2] && value.length !== Number(array[2]))) throw misfit;
    return keccak(...value.map((item, i) => encodeValue(array[1]!, item, types, `${where}[${i}]`)));
  }
  if (type in types) {
    if (typeof value !== "object" || value === null) throw misfit;
    return hashStruct(type, value as { [name: string]: unknown }, types);
  }
  const bits = /^uint(\d{1,3})$/.exec(type);
  if (bits) return uint(value, Number(bits[1]), misfit);
  if (type === "bool" && typeof value === "boolean") return uint(value ? 1 : 0, 8, misfit);
  if (typeof value !== "string") throw misfit;
  if (type === "string") return keccak(utf8(value));
  if (type === "address" && /^0x[0-9a-fA-F]{40}$/.test(value)) return concat(new Uint8Array(12), fromHex(value));
  if (type === "bytes32" && /^0x[0-9a-fA-F]{64}$/.test(value)) return fromHex(value);
  if (type === "bytes" && /^0x([0-9a-fA-F]{2})*$/.test(value)) return keccak(fromHex(value));
  throw misfit;
}

/** Whole numbers that are not negative, as a number, a bigint or decimal digits. */
function uint(value: unknown, bits: number, misfit: RefusedToSign): Bytes {
  const exact =
    typeof value === "bigint" ||
    (typeof value === "number" && Number.isSafeInteger(value)) ||
    (typeof value === "string" && /^\d{1,78}$/.test(value));
  if (!exact) throw misfit;
  const number = BigInt(value as bigint | number | string);
  if (number < 0n || number >= 1n << BigInt(bits)) throw misfit;
  return fromHex(number.toString(16).padStart(64, "0"));
}
