import { answered, execute, type Clearmarket, type Device, type Review } from "../src/client.js";
import { bindingMessage, checksummed } from "../src/escrow.js";
import type { Vault } from "./vault.js";
import { found, until } from "./waiting.js";
import type { Account } from "./wallets.js";

/** Binds a key to a wallet's address on the ledger, once for each key. */
export class Registration {
  constructor(
    private readonly market: Clearmarket,
    private readonly device: Device,
    private readonly ledger: string,
    private readonly vault: Vault,
    private readonly review: Review,
  ) {}

  /** The address that the ledger has for this key. */
  async address(): Promise<string | undefined> {
    const path = { params: { path: { id: this.device.party } } };
    const party = await found(answered(this.market.GET("/api/v1/parties/{id}", path)));
    return (party as { address?: string } | undefined)?.address;
  }

  /** Over once the ledger has it. A word that the wallet gave is remembered before it is sent, and repeated as it was. */
  async register(account: Account, saying: (what: "wallet" | "ledger") => void): Promise<void> {
    const { party } = this.device;
    const address = checksummed(account.address);
    saying("wallet");
    const addressSignature =
      (await this.vault.binding(party, address)) ?? (await account.signMessage(bindingMessage(this.ledger, party)));
    await this.vault.keepBinding(party, address, addressSignature);
    saying("ledger");
    const command = { commandId: `register-${party}`, role: "BUYER", address, addressSignature };
    await execute(this.market, this.device, "registerParty", command, { review: this.review });
    await until(async () => (await this.address()) !== undefined);
  }
}
