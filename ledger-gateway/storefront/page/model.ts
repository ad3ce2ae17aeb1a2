/** glTF 2.0, section 4.4: a GLB is a header of 12 bytes, then chunks, the first of which is JSON. */
const MAGIC = 0x46546c67;
const VERSION = 2;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const JSON_CHUNK = 0x4e4f534a;

interface Gltf {
  readonly buffers?: readonly { readonly uri?: string }[];
  readonly images?: readonly { readonly uri?: string }[];
}

function json(glb: Uint8Array): Gltf | undefined {
  const view = new DataView(glb.buffer, glb.byteOffset, glb.byteLength);
  const start = HEADER_BYTES + CHUNK_HEADER_BYTES;
  if (glb.length < start || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) return undefined;
  const length = view.getUint32(HEADER_BYTES, true);
  if (view.getUint32(HEADER_BYTES + 4, true) !== JSON_CHUNK || start + length > glb.length) return undefined;
  return JSON.parse(new TextDecoder().decode(glb.subarray(start, start + length))) as Gltf;
}

/** True if it is a binary glTF that holds all its parts: what it fetched from elsewhere, no hash of it would cover. */
export function isWhole(glb: Uint8Array): boolean {
  const gltf = json(glb);
  if (!gltf) return false;
  return [...(gltf.buffers ?? []), ...(gltf.images ?? [])].every(({ uri }) => uri === undefined || uri.startsWith("data:"));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

/** The values of a member in whichever prefix its namespace has. */
function named(object: unknown, name: string): unknown[] {
  if (!isObject(object)) return [];
  return Object.entries(object)
    .filter(([key]) => key.split(":").pop() === name)
    .flatMap(([, value]) => value);
}

/**
 * True if an event of this EPCIS document names a 3D model of this hash in its `ilmd`.
 *
 * @param hash SHA-256 in hexadecimal
 */
export function names(document: Uint8Array, hash: string): boolean {
  const root: unknown = JSON.parse(new TextDecoder().decode(document));
  const events = isObject(root) && isObject(root.epcisBody) ? [root.epcisBody.eventList, root.epcisBody.event].flat() : [root];
  return events
    .flatMap((event) => (isObject(event) ? named(event.ilmd, "subjectOf") : []))
    .some((model) => named(model, "sha256").includes(hash));
}
