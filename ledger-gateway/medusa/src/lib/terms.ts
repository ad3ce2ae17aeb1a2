import type { OrderLine } from "./cart.js";
import { quote, settledLines, sum } from "./conversion.js";
import { minorDigits } from "./decimals.js";
import { TIMERS, type PaymentOptions, type Timers } from "./options.js";

const DAY = 86_400;

/**
 * The terms that a checkout is made of: those of `placeOrder` without the buyer's part and without what follows from the market.
 *
 * @param orderId on the ledger
 * @throws RangeError if the shop has no rate for the currency
 */
export function termsDraft(orderId: string, lines: readonly OrderLine[], currency: string, options: PaymentOptions, now: Date) {
  const code = currency.toUpperCase();
  const rate = options.rates[code];
  if (rate === undefined) throw new RangeError(`there is no rate for ${code}; there is for ${Object.keys(options.rates).join(", ")}`);
  const exact = quote(rate, minorDigits(code), options.assetDigits ?? 6);
  const costs = lines.map(({ price, quantity, freight }) => price * BigInt(quantity) + freight);
  const amounts = settledLines(exact, costs);
  const timers = { ...TIMERS, ...options.timers };
  const payWithin = options.payWithin ?? DAY;
  const at = (seconds: number) => new Date((Math.floor(now.getTime() / 1000) + seconds) * 1000).toISOString().replace(".000", "");
  return {
    orderId,
    lines: lines.map(({ line, product, gtin, quantity, price, freight }, index) => ({
      line, product, gtin, quantity, price: price.toString(), freight: freight.toString(), amount: amounts[index]!.toString(),
    })),
    orderTotal: { amount: sum(costs).toString(), currency: code },
    total: sum(amounts).toString(),
    quote: {
      numerator: json(exact.numerator),
      denominator: json(exact.denominator),
      source: options.rateSource ?? "shop",
      at: at(0),
      expiry: at(payWithin),
    },
    arbiters: options.arbiters,
    timers,
    payBy: at(payWithin),
    // the ledger asks for 30 days after the longest way through all timers
    stopDate: at(payWithin + longestWay(timers, options.arbiters.length) + 31 * DAY),
  };
}

function longestWay(timers: Timers, arbiters: number): number {
  const { arbiterWithin, ...once } = timers;
  return Object.values(once).reduce((total, seconds) => total + seconds, 2 * arbiters * arbiterWithin);
}

/** A side of a quote: a number, or above 2^53 - 1 its digits. */
function json(side: bigint): number | string {
  return side <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(side) : side.toString();
}
