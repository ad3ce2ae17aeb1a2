import { shownText } from "../src/shown.js";

const texts = new Map(
  [...document.querySelectorAll("#texts > div")].map((entry) => [
    entry.querySelector("dt")!.textContent!,
    entry.querySelector("dd")!.textContent!,
  ]),
);

/** True if the page has a message of this name. */
export function isSaid(key: string): boolean {
  return texts.has(`checkout.${key}`) || texts.has(key);
}

/** A message of the page in the reader's language, with {0}, {1}, ... replaced; whatever others wrote is escaped. */
export function text(key: string, ...values: readonly unknown[]): string {
  return (texts.get(`checkout.${key}`) ?? texts.get(key) ?? key).replace(/\{(\d)\}/g, (_, i: string) => shownText(String(values[Number(i)] ?? "")));
}

/** An amount of a currency in minor units, exact, as the reader's language writes it. */
export function money(minorUnits: string, currency: string): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  const padded = minorUnits.padStart(digits + 1, "0");
  const decimal = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
  return format.format(decimal as `${number}`);
}

/** An amount of a tender: of a currency as {@link money}, of any other asset its minor units and its name. */
export function tender(minorUnits: string, unit: string): string {
  return /^[A-Z]{3}$/.test(unit) ? money(minorUnits, unit) : `${units(minorUnits)} ${unit}`;
}

/** A whole number in groups of three. */
export function units(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** An instant in UTC, to the minute. */
export function time(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} +00:00`;
}

/** A length of time in its largest whole unit. */
export function duration(seconds: number): string {
  if (seconds % 86_400 === 0) return text("days", seconds / 86_400);
  return seconds % 3_600 === 0 ? text("hours", seconds / 3_600) : text("minutes", Math.round(seconds / 60));
}

/** The beginning of a long id. */
export function brief(id: string): string {
  return id.length <= 13 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}
