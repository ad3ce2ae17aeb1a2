import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../src/bytes.js";
import { answered, execute, type Clearmarket, type Device } from "../src/client.js";
import { byId, list } from "./dom.js";
import { attached, salted } from "./reasons.js";
import { brief, text, time } from "./texts.js";

/** What the page reads of a document that was laid before the arbiter. */
interface Exhibit {
  readonly by: string;
  readonly number: number;
  readonly document: string;
  readonly at: string;
}

/** There is nothing to show to the arbiter. */
export class EvidenceMissing extends Error {}

/** What both sides show to the arbiter of a dispute: on the ledger by its fingerprint, numbered by each side. */
export class Evidence {
  private exhibits: readonly Exhibit[] = [];

  constructor(
    private readonly market: Clearmarket,
    private readonly device: Device,
  ) {}

  /** Lists what the ledger has now, the oldest first. */
  async refresh(consignmentId: string): Promise<void> {
    const path = { params: { path: { id: consignmentId } } };
    const { items } = (await answered(this.market.GET("/api/v1/consignments/{id}/evidence", path))) as unknown as { items: Exhibit[] };
    this.exhibits = items;
    const line = ({ by, number, document, at }: Exhibit): string =>
      text(by === this.device.party ? "evidence.yours" : "evidence.theirs", number, time(at), brief(document));
    list("exhibits", items.map(line));
  }

  /** Brings words or a document to the ledger, under the next number that this party has left. */
  async submit(consignmentId: string, words: string, file?: File): Promise<void> {
    if (file === undefined && words.trim() === "") throw new EvidenceMissing();
    await this.refresh(consignmentId);
    const number = 1 + Math.max(0, ...this.own().map((exhibit) => exhibit.number));
    const written = salted(words);
    const document = file === undefined ? toHex(sha256(written)) : await this.stored(file);
    const command = { commandId: `evidence-${consignmentId}-${number}`, consignmentId, number, document };
    const documents = file === undefined ? [attached(written)] : [];
    await execute(this.market, this.device, "submitEvidence", command, { documents });
    for (let i = 0; i < 40 && !this.own().some((exhibit) => exhibit.document === document); i++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      await this.refresh(consignmentId);
    }
    byId<HTMLTextAreaElement>("evidence-words").value = "";
    byId<HTMLInputElement>("evidence-file").value = "";
  }

  private own(): readonly Exhibit[] {
    return this.exhibits.filter(({ by }) => by === this.device.party);
  }

  /** Kept by the gateway before the ledger names it, since it may be longer than what goes with a command. */
  private async stored(file: File): Promise<string> {
    const hash = toHex(sha256(new Uint8Array(await file.arrayBuffer())));
    const stored = this.market.PUT("/api/v1/documents/{sha256}", {
      params: { path: { sha256: hash } },
      headers: { "content-type": file.type || "application/octet-stream" },
      body: file as never,
      bodySerializer: (body: unknown) => body as never,
    } as never);
    await answered(stored);
    return hash;
  }
}
