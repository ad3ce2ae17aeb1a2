import { unwrapKey, wrapKey } from "../src/backup.js";
import { generateKey } from "../src/p256.js";
import { byId, save, show, trouble } from "./dom.js";
import { makeSealed, NoPasskey } from "./passkey.js";
import { text } from "./texts.js";
import type { BuyersKey, Vault } from "./vault.js";

type Attempt = (action: () => Promise<void>) => Promise<void>;

/** The form that makes a key together with its backup. */
export function makingWithBackup(vault: Vault, attempt: Attempt, made: (key: BuyersKey) => void): void {
  byId("backup").addEventListener("submit", (event) => {
    event.preventDefault();
    const passphrase = byId<HTMLInputElement>("passphrase").value;
    void attempt(async () => {
      // an extractable pair lives only as long as it takes to wrap it
      const backup = await wrapKey((await generateKey(true)).privateKey, passphrase);
      const restored = await vault.keep(await unwrapKey(backup, passphrase));
      save(`clearmarket-key-${restored.party.slice(0, 8)}.pem`, backup);
      made(restored);
    });
  });
}

/** The form that takes a key from its backup. */
export function restoring(vault: Vault, attempt: Attempt, restored: (key: BuyersKey) => void | Promise<void>): void {
  byId("restore").addEventListener("submit", (event) => {
    event.preventDefault();
    const file = byId<HTMLInputElement>("backup-file").files?.[0];
    const passphrase = byId<HTMLInputElement>("backup-passphrase").value;
    void attempt(async () => {
      let pair: CryptoKeyPair;
      try {
        pair = await unwrapKey(await file!.text(), passphrase);
      } catch {
        return trouble(text("key.wrong"));
      }
      await restored(await vault.keep(pair));
    });
  });
}

/** The button that makes a key which only a passkey opens. */
export function sealing(vault: Vault, attempt: Attempt, made: (key: BuyersKey) => void): void {
  byId("passkey").addEventListener("click", () =>
    void attempt(async () => {
      const { pair, sealed } = await makeSealed(text("title"));
      made(await vault.keep(pair, sealed));
    }),
  );
}

/**
 * The button that has the holder's passkey open the key of this device.
 *
 * @param lost what is left to do where the passkey is gone
 */
export function unsealing(vault: Vault, attempt: Attempt, opened: () => Promise<void>, lost: () => void): void {
  byId("open-key").addEventListener("click", () =>
    void attempt(async () => {
      try {
        await vault.unseal();
      } catch (e) {
        if (e instanceof NoPasskey) lost();
        throw e;
      }
      show("unlock", false);
      await opened();
    }),
  );
}
