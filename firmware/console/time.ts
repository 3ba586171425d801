import { pad, parseNumber } from "./words";

/** Dates between minutes since 2020-01-01 UTC and text, without a calendar of the platform's. */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FIRST_YEAR = 2020;
/** 24 bits of minutes last until 2051. */
const LAST_YEAR = 2050;

function daysOfYear(year: number): number {
  return year % 4 === 0 ? 366 : 365;
}

function daysOfMonth(year: number, month: number): number {
  return month === 2 && year % 4 === 0 ? 29 : DAYS[month - 1];
}

/** `2026-01-31T08:05`. */
export function timeText(minutes: number): string {
  let days = Math.floor(minutes / 1440);
  let year = FIRST_YEAR;
  while (days >= daysOfYear(year)) {
    days = days - daysOfYear(year);
    year++;
  }
  let month = 1;
  while (days >= daysOfMonth(year, month)) {
    days = days - daysOfMonth(year, month);
    month++;
  }
  const rest = minutes % 1440;
  return year.toString() + "-" + pad(month, 2) + "-" + pad(days + 1, 2) + "T" + pad(Math.floor(rest / 60), 2) + ":" + pad(rest % 60, 2);
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
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return -1;
  if (day < 1 || day > daysOfMonth(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
  if (parseSeconds(text) < 0) return -1;
  let days = day - 1;
  for (let y = FIRST_YEAR; y < year; y++) days = days + daysOfYear(y);
  for (let m = 1; m < month; m++) days = days + daysOfMonth(year, m);
  return days * 1440 + hour * 60 + minute;
}

/** The seconds of such a time, 0 when it gives none, -1 if they are wrong. */
export function parseSeconds(text: string): number {
  let rest = text.substring(16);
  if (rest.length > 0 && rest.charAt(rest.length - 1) === "Z") rest = rest.substring(0, rest.length - 1);
  if (rest.length === 0) return 0;
  const seconds = rest.length === 3 && rest.charAt(0) === ":" ? parseNumber(rest.substring(1)) : -1;
  return seconds <= 59 ? seconds : -1;
}
