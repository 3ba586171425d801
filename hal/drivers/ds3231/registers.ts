/** Registers of the DS3231 and its numbers, which are binary-coded decimals. */
import { dateOf, minutesAt } from "../../calendar";

export const enum Register { Seconds = 0x00, Hours = 0x02, Weekday = 0x03, Control = 0x0e, Status = 0x0f }

/** What a read from `Seconds` to `Status` holds. */
export const enum Size { Time = 7, Block = 16 }

/** Oscillator-stop flag, bit 7 of `Status`: the clock has stood since it was set. */
export const STOPPED = 0x80;

export const ADDRESS = 0x68;

const CENTURY = 2000;

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

/**
 * The seven registers of a time. 24 hours, weekday 1 = Monday.
 * @param minutes since 2020-01-01, below 2^24 @param seconds 0 to 59
 */
export function timeBytes(minutes: number, seconds: number): string {
  const days = Math.floor(minutes / 1440);
  const rest = minutes % 1440;
  const date = dateOf(days);
  // 2020-01-01 was a Wednesday.
  const weekday = (days + 2) % 7 + 1;
  return toBcd(seconds) + toBcd(rest % 60) + toBcd(Math.floor(rest / 60)) + toBcd(weekday) + toBcd(date.day) + toBcd(date.month) + toBcd(date.year - CENTURY);
}

/** @returns minutes since 2020-01-01, -1 if the registers hold no time that this driver can have set */
export function minutesOf(block: string): number {
  const minute = fromBcd(block, 1, 0, 59);
  // Bit 6 is the 12-hour mode, bit 7 of the month the next century: both make it no number here.
  const hour = fromBcd(block, 2, 0, 23);
  const month = fromBcd(block, 5, 1, 12);
  const day = fromBcd(block, 4, 1, 31);
  const year = fromBcd(block, 6, 0, 99);
  if (secondsOf(block) < 0 || minute < 0 || hour < 0 || month < 0 || day < 0 || year < 0) return -1;
  return minutesAt(CENTURY + year, month, day, hour, minute);
}

/** @returns 0 to 59, or -1 */
export function secondsOf(block: string): number {
  return fromBcd(block, 0, 0, 59);
}
