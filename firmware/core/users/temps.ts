import { Limit } from "../../limits";
import { decode1, decode2, decode4, encode1, encode2, encode4, overwrite } from "./text";

/**
 * Temporary passcodes (U6): id, from and until in minutes since 2020-01-01, uses.
 * Uses: 0 as often as one likes, 1 used up, n + 1 for n left.
 */
export const enum TempRecord { From = 1, Until = 5, Uses = 9, Width = 11 }

/** Where the record of `id` begins, -1 if there is none. */
export function findTemp(temps: string, id: number): number {
  for (let at = 0; at < temps.length; at = at + TempRecord.Width) {
    if (decode1(temps, at) === id) return at;
  }
  return -1;
}

/** The lowest free id, 0 when all are taken. */
export function freeTemp(temps: string): number {
  for (let id = 1; id <= Limit.maxTemporaryPasscodes; id++) {
    if (findTemp(temps, id) < 0) return id;
  }
  return 0;
}

export function withTemp(temps: string, id: number, from: number, until: number, uses: number): string {
  return temps + encode1(id) + encode4(from) + encode4(until) + encode2(uses === 0 ? 0 : uses + 1);
}

export function withoutTemp(temps: string, id: number): string {
  const at = findTemp(temps, id);
  return at < 0 ? temps : temps.substring(0, at) + temps.substring(at + TempRecord.Width);
}

export function tempId(temps: string, at: number): number {
  return decode1(temps, at);
}

export function tempFrom(temps: string, at: number): number {
  return decode4(temps, at + TempRecord.From);
}

export function tempUntil(temps: string, at: number): number {
  return decode4(temps, at + TempRecord.Until);
}

/** As stored: 0 without a limit, 1 used up, n + 1 for n left. */
export function tempUses(temps: string, at: number): number {
  return decode2(temps, at + TempRecord.Uses);
}

/** One use less, if uses are counted. */
export function spendTemp(temps: string, id: number): string {
  const at = findTemp(temps, id);
  const uses = at < 0 ? 0 : tempUses(temps, at);
  return uses < 2 ? temps : overwrite(temps, at + TempRecord.Uses, encode2(uses - 1));
}
