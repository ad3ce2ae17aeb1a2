import { Problem } from "@clearmarket/client";
import { MedusaError } from "@medusajs/framework/utils";
import { Unsellable } from "../lib/cart.js";
import { NotNow } from "../lib/payments.js";

/** Does it; what the market or its rules say against it becomes an error that Medusa shows to its caller. */
export async function said<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (e) {
    if (e instanceof Unsellable || e instanceof RangeError) throw new MedusaError(MedusaError.Types.INVALID_DATA, e.message);
    if (e instanceof NotNow) throw new MedusaError(MedusaError.Types.NOT_ALLOWED, e.message);
    if (e instanceof Problem) throw new MedusaError(typeOf(e), `Clearmarket: ${e.message} (${e.code})`);
    throw e;
  }
}

function typeOf({ status }: Problem): string {
  if (status === 401 || status === 403) return MedusaError.Types.UNAUTHORIZED;
  return status < 500 ? MedusaError.Types.NOT_ALLOWED : MedusaError.Types.UNEXPECTED_STATE;
}
