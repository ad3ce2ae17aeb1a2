import { decimal } from "./decimals.js";

const DAY = 86_400;

/** Of both providers: where the gateway is, and who this shop is to it. */
export interface MarketOptions {
  /** Address of the Clearmarket gateway. */
  readonly url: string;
  /** Access key of a merchant whose identity the gateway manages. */
  readonly accessKey: string;
}

/** Of the payment provider. */
export interface PaymentOptions extends MarketOptions {
  /** Secrets of the webhook (`whsec_...`): one, and while it is being rotated two. Without one no webhook is believed. */
  readonly webhookSecrets?: readonly string[];
  /** Settlement asset for one major unit of a currency, as a decimal number by ISO 4217 code: `{ EUR: "1.0873" }`. */
  readonly rates: Readonly<Record<string, string>>;
  /** Who says so; it is part of what the buyer signs. */
  readonly rateSource?: string;
  /** The token's decimals; the market's first asset is used. */
  readonly assetDigits?: number;
  /** Parties who decide a dispute, the first one first. */
  readonly arbiters: readonly string[];
  /** Seconds in which a checkout can be paid. */
  readonly payWithin?: number;
  /** Seconds, by the names of the terms' timers; what is left out is as in {@link TIMERS}. */
  readonly timers?: Partial<Timers>;
  /** Where the checkout's page leads back to. */
  readonly returnUrl?: string;
}

/** Of the fulfilment provider. */
export interface ShippingOptions extends MarketOptions {
  /** Accredited carriers by the name that the shop's administrator chooses from. */
  readonly carriers: Readonly<Record<string, string>>;
  /** Where the goods leave from, as a GS1 Digital Link or geo URI: the shipping event's read point. */
  readonly readPoint: string;
}

export type Timers = typeof TIMERS;

/** How long each step may take, in seconds. */
export const TIMERS = {
  shipWithin: 3 * DAY,
  deliverWithin: 14 * DAY,
  inspectWithin: 3 * DAY,
  returnShipWithin: 7 * DAY,
  returnDeliverWithin: 14 * DAY,
  returnInspectWithin: 3 * DAY,
  arbiterWithin: 7 * DAY,
  appealWithin: 3 * DAY,
};

/** An error that names the option, and never an access key or secret, unless the options can be used. */
export function requireMarket(options: Partial<MarketOptions>): void {
  const { url, accessKey } = options;
  if (!URL.canParse(url ?? "")) throw new TypeError('option "url" is the gateway\'s address');
  if (!accessKey) throw new TypeError('option "accessKey" is missing: POST /api/v1/access-keys makes one');
}

export function requirePayment(options: Partial<PaymentOptions>): void {
  requireMarket(options);
  const { rates = {}, arbiters = [], webhookSecrets = [] } = options;
  if (Object.keys(rates).length === 0) throw new TypeError('option "rates" names no currency');
  for (const [currency, rate] of Object.entries(rates)) {
    if (!/^[A-Z]{3}$/.test(currency) || decimal(rate).units <= 0n) throw new TypeError(`option "rates": ${currency} at ${rate}`);
  }
  if (arbiters.length === 0) throw new TypeError('option "arbiters" names nobody');
  if (!webhookSecrets.every((secret) => secret.startsWith("whsec_"))) throw new TypeError('option "webhookSecrets": each begins with whsec_');
}

export function requireShipping(options: Partial<ShippingOptions>): void {
  requireMarket(options);
  if (Object.keys(options.carriers ?? {}).length === 0) throw new TypeError('option "carriers" names nobody');
  if (!options.readPoint) throw new TypeError('option "readPoint" is missing');
}
