import { Message } from "./protobuf.js";
import { shownText } from "./shown.js";

/**
 * What a transaction would write, from Fabric's `TxReadWriteSet`: keys by namespace, in the order written. A deleted key is followed by
 * `(deleted)`; a composite key is shown as `type/attribute/attribute`; a private collection counts its hashed writes.
 */
export function writtenKeys(bytes: Uint8Array): Map<string, string[]> {
  const set = Message.parse(bytes, "the read-write set");
  set.number(1);
  const keys = new Map<string, string[]>();
  for (const part of set.all(2)) {
    const namespace = Message.parse(part, "a namespace's read-write set");
    const name = shownText(namespace.text(1));
    const written = [...publicWrites(namespace.bytes(2)), ...namespace.all(3).flatMap(privateWrites)];
    namespace.end();
    if (written.length > 0) keys.set(name, [...(keys.get(name) ?? []), ...written]);
  }
  set.end();
  return new Map([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function publicWrites(bytes: Uint8Array): string[] {
  const set = Message.parse(bytes, "a read-write set");
  set.all(1); // reads do not change anything
  set.all(2);
  const writes = set.all(3).map((bytes) => {
    const write = Message.parse(bytes, "a write");
    const shown = shownKey(write.text(1)) + (write.number(2) !== 0n ? " (deleted)" : "");
    write.bytes(3);
    write.end();
    return shown;
  });
  const metadata = set.all(4).map((bytes) => `${shownKey(Message.parse(bytes, "a metadata write").text(1))} (metadata)`);
  set.end();
  return [...writes, ...metadata];
}

function privateWrites(bytes: Uint8Array): string[] {
  const collection = Message.parse(bytes, "a collection's read-write set");
  const hashed = Message.parse(collection.bytes(2), "a collection's read-write set");
  const writes = hashed.all(2).length + hashed.all(3).length;
  const name = shownText(collection.text(1));
  collection.bytes(3);
  collection.end();
  hashed.all(1);
  hashed.end();
  return writes > 0 ? [`collection ${name}: ${writes} private writes`] : [];
}

function shownKey(key: string): string {
  const composite = key.length > 2 && key.startsWith("\0") && key.endsWith("\0");
  return shownText(composite ? key.slice(1, -1).replaceAll("\0", "/") : key);
}
