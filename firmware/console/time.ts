import { dateOf, minutesAt } from "../../hal/calendar";
import { pad } from "../../hal/digits";
import { parseNumber } from "./words";

/** Dates as text: minutes since 2020-01-01 UTC (hal/calendar.ts). */

/** `2026-01-31T08:05`. */
export function timeText(minutes: number): string {
  const date = dateOf(Math.floor(minutes / 1440));
  const rest = minutes % 1440;
  return date.year.toString() + "-" + pad(date.month, 2) + "-" + pad(date.day, 2) + "T" + pad(Math.floor(rest / 60), 2) + ":" + pad(rest % 60, 2);
}

/**
 * Reads `2026-01-31T08:05`, seconds and `Z` allowed; UTC, years 2020 to 2050.
 * @returns minutes since 2020-01-01, -1 if it is no such time
 */
export function parseTime(text: string): number {
  const year = parseNumber(text.substring(0, 4));
  const month = parseNumber(text.substring(5, 7));
  const day = parseNumber(text.substring(8, 10));
  const hour = parseNumber(text.substring(11, 13));
  const minute = parseNumber(text.substring(14, 16));
  if (text.charAt(4) !== "-" || text.charAt(7) !== "-" || text.charAt(10) !== "T" || text.charAt(13) !== ":") return -1;
  return parseSeconds(text) < 0 ? -1 : minutesAt(year, month, day, hour, minute);
}

/** The seconds of such a time, 0 when it gives none, -1 if they are wrong. */
export function parseSeconds(text: string): number {
  let rest = text.substring(16);
  if (rest.length > 0 && rest.charAt(rest.length - 1) === "Z") rest = rest.substring(0, rest.length - 1);
  if (rest.length === 0) return 0;
  const seconds = rest.length === 3 && rest.charAt(0) === ":" ? parseNumber(rest.substring(1)) : -1;
  return seconds <= 59 ? seconds : -1;
}
