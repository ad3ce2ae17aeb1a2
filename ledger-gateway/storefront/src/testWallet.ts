import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concat, fromHex, toHex, utf8, type Bytes } from "./bytes.js";
import { keccak, typedDataDigest, type TypedData } from "./eip712.js";

/** A wallet's door (EIP-1193). */
export interface Provider {
  request(call: { readonly method: string; readonly params?: readonly unknown[] }): Promise<unknown>;
}

/** A wallet of one key that asks nobody, for test money only: whoever has the page has the key. */
export class TestWallet implements Provider {
  readonly address: string;

  /** @param key 32 bytes; absent: a new one */
  constructor(
    readonly key: Bytes = concat(secp256k1.utils.randomSecretKey()),
    private readonly chainId = 31337,
  ) {
    const point = secp256k1.getPublicKey(key, false);
    this.address = `0x${toHex(keccak(point.subarray(1)).subarray(12))}`;
  }

  async request({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> {
    switch (method) {
      case "eth_requestAccounts":
      case "eth_accounts":
        return [this.address];
      case "eth_chainId":
        return `0x${this.chainId.toString(16)}`;
      case "personal_sign":
        return this.sign(personalDigest(fromHex(String(params[0]))));
      case "eth_signTypedData_v4":
        return this.sign(typedDataDigest(JSON.parse(String(params[1])) as TypedData));
      default:
        throw Object.assign(new Error(`this wallet has no ${method}`), { code: 4200 });
    }
  }

  /** 65 bytes r||s||v, hexadecimal. */
  private sign(digest: Bytes): string {
    const signature = secp256k1.sign(digest, this.key, { prehash: false, format: "recovered" });
    return `0x${toHex(signature.subarray(1))}${toHex(Uint8Array.of(27 + signature[0]!))}`;
  }
}

/** What `personal_sign` signs (ERC-191, version 0x45). */
export function personalDigest(message: Bytes): Bytes {
  return keccak(utf8(`\x19Ethereum Signed Message:\n${message.length}`), message);
}
