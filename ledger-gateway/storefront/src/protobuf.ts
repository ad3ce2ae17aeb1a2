import { concat, type Bytes } from "./bytes.js";
import { RefusedToSign } from "./shown.js";

type Value = bigint | Bytes;

/**
 * A protobuf message read strictly: what its reader does not take, {@link Message.end} refuses, for it would be signed and not
 * shown. A field that may occur once and occurs twice is refused too.
 */
export class Message {
  private readonly fields = new Map<number, Value[]>();
  private readonly taken = new Set<number>();

  private constructor(private readonly what: string) {}

  /** @param what the message's name in a refusal */
  static parse(bytes: Uint8Array, what: string): Message {
    const message = new Message(what);
    const reader = new Reader(concat(bytes), what);
    while (!reader.atEnd) {
      const tag = reader.varint();
      const field = Number(tag >> 3n);
      const value = reader.value(Number(tag & 7n));
      const before = message.fields.get(field);
      if (before) before.push(value);
      else message.fields.set(field, [value]);
    }
    return message;
  }

  /** Every value of a repeated field of bytes, text or messages. */
  all(field: number): Bytes[] {
    this.taken.add(field);
    return (this.fields.get(field) ?? []).map((value) => {
      if (typeof value === "bigint") throw this.refusal(`field ${field} is a number`);
      return value;
    });
  }

  /** A field of bytes or an embedded message; empty where it is absent. */
  bytes(field: number): Bytes {
    const values = this.all(field);
    if (values.length > 1) throw this.refusal(`field ${field} occurs ${values.length} times`);
    return values[0] ?? new Uint8Array();
  }

  /** A text field; empty where it is absent. */
  text(field: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.bytes(field));
    } catch (e) {
      if (e instanceof RefusedToSign) throw e;
      throw this.refusal(`field ${field} is not UTF-8`);
    }
  }

  /** A number that is not negative; 0 where it is absent. */
  number(field: number): bigint {
    this.taken.add(field);
    const values = this.fields.get(field) ?? [];
    const value = values[0] ?? 0n;
    if (values.length > 1 || typeof value !== "bigint") throw this.refusal(`field ${field} is not one number`);
    return value;
  }

  /** Refuses fields that nobody has taken. */
  end(): void {
    const unknown = [...this.fields.keys()].filter((field) => !this.taken.has(field));
    if (unknown.length > 0) throw this.refusal(`holds fields that this wallet does not know: ${unknown.join(", ")}`);
  }

  private refusal(reason: string): RefusedToSign {
    return new RefusedToSign(`${this.what}: ${reason}`);
  }
}

class Reader {
  private at = 0;

  constructor(
    private readonly bytes: Bytes,
    private readonly what: string,
  ) {}

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RefusedToSign(`${this.what} cannot be decoded: it ends within a number`);
  }

  /** Groups and fixed-size numbers occur in no message of Fabric's that is signed. */
  value(wireType: number): Value {
    if (wireType === 0) return this.varint();
    if (wireType !== 2) throw new RefusedToSign(`${this.what} cannot be decoded: wire type ${wireType}`);
    const length = Number(this.varint());
    const end = this.at + length;
    if (end > this.bytes.length) throw new RefusedToSign(`${this.what} cannot be decoded: a field is longer than the rest`);
    const value = this.bytes.slice(this.at, end);
    this.at = end;
    return value;
  }
}
