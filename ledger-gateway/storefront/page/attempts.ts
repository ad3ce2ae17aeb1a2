import { Problem } from "../src/client.js";
import { RefusedToSign } from "../src/shown.js";
import { byId, trouble } from "./dom.js";
import { NoPasskey, PasskeyDeclined } from "./passkey.js";
import { isSaid, text } from "./texts.js";
import { Declined } from "./wallets.js";

/** Runs what somebody asked for, one at a time, and says in words what went wrong. */
export function attempts(inWords: (e: unknown) => string): (action: () => Promise<void>) => Promise<void> {
  return async (action) => {
    const buttons = [...document.querySelectorAll("button")];
    buttons.forEach((button) => (button.disabled = true));
    trouble(null);
    try {
      await action();
    } catch (e) {
      byId("now").textContent = "";
      trouble(inWords(e));
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  };
}

/** What may go wrong on every page that signs. */
export function usualTrouble(e: unknown): string {
  if (e instanceof Declined) return text("declined");
  if (e instanceof PasskeyDeclined) return text("passkey.declined");
  if (e instanceof NoPasskey) return text("passkey.none");
  if (e instanceof RefusedToSign) return text("tampered", e.message);
  if (e instanceof Problem && isSaid(`refusal.${e.code}`)) return `${text(`refusal.${e.code}`)} (${e.code})`;
  if (e instanceof Problem && e.status < 500) return text("refused", `${e.code}: ${e.message}`);
  return text("offline", e instanceof Error ? e.message : e);
}
