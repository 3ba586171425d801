/** Registers of the DS3231 and its numbers, which are binary-coded decimals. */

export const enum Register { Seconds = 0x00, Hours = 0x02, Weekday = 0x03, Control = 0x0e, Status = 0x0f }

/** What a read from `Seconds` to `Status` holds. */
export const enum Size { Time = 7, Block = 16 }

/** Oscillator-stop flag, bit 7 of `Status`: the clock has stood since it was set. */
export const STOPPED = 0x80;

/** Minutes since 2020-01-01 fit into 24 bits until 2051. */
const enum Year { First = 20, Last = 50 }

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const ADDRESS = 0x68;

/** @param value 0 to 99 */
function toBcd(value: number): string {
  return String.fromCharCode(Math.floor(value / 10) * 16 + value % 10);
}

/** @returns -1 if a digit is none, or the number lies outside */
function fromBcd(text: string, at: number, least: number, most: number): number {
  const byte = text.charCodeAt(at);
  const value = Math.floor(byte / 16) * 10 + byte % 16;
  return byte % 16 > 9 || value < least || value > most ? -1 : value;
}

function daysOfMonth(year: number, month: number): number {
  return month === 2 && year % 4 === 0 ? 29 : DAYS[month - 1];
}

function daysOfYear(year: number): number {
  return year % 4 === 0 ? 366 : 365;
}

/**
 * The seven registers of a time. 24 hours, weekday 1 = Monday.
 * @param minutes since 2020-01-01, below 2^24 @param seconds 0 to 59
 */
export function timeBytes(minutes: number, seconds: number): string {
  let days = Math.floor(minutes / 1440);
  const rest = minutes % 1440;
  // 2020-01-01 was a Wednesday.
  const weekday = (days + 2) % 7 + 1;
  let year: number = Year.First;
  while (days >= daysOfYear(year)) {
    days = days - daysOfYear(year);
    year++;
  }
  let month = 1;
  while (days >= daysOfMonth(year, month)) {
    days = days - daysOfMonth(year, month);
    month++;
  }
  return toBcd(seconds) + toBcd(rest % 60) + toBcd(Math.floor(rest / 60)) + toBcd(weekday) + toBcd(days + 1) + toBcd(month) + toBcd(year);
}

/** @returns minutes since 2020-01-01, -1 if the registers hold no time that this driver can have set */
export function minutesOf(block: string): number {
  const minute = fromBcd(block, 1, 0, 59);
  // Bit 6 is the 12-hour mode, bit 7 of the month the next century: both make it no number here.
  const hour = fromBcd(block, 2, 0, 23);
  const month = fromBcd(block, 5, 1, 12);
  const year = fromBcd(block, 6, Year.First, Year.Last);
  if (secondsOf(block) < 0 || minute < 0 || hour < 0 || month < 0 || year < 0) return -1;
  const day = fromBcd(block, 4, 1, daysOfMonth(year, month));
  if (day < 0) return -1;
  let days = day - 1;
  for (let y: number = Year.First; y < year; y++) days = days + daysOfYear(y);
  for (let m = 1; m < month; m++) days = days + daysOfMonth(year, m);
  return days * 1440 + hour * 60 + minute;
}

/** @returns 0 to 59, or -1 */
export function secondsOf(block: string): number {
  return fromBcd(block, 0, 0, 59);
}
