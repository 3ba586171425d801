import { Setting } from "../core/events";
import { Lock } from "../core/state";
import { decode1, decode2, encode1, encode2 } from "../core/users/text";

/** Settings and counters as records of fixed fields (FORMAT.md). */

/** Two characters a setting, in the order of Setting. */
export function settingsText(lock: Lock): string {
  let text = "";
  for (let i = 0; i < Setting.Count; i++) text = text + encode2(lock.settings[i]);
  return text;
}

/** Settings that a shorter record does not have keep their defaults. */
export function loadSettings(lock: Lock, text: string): void {
  for (let i = 0; i < Setting.Count && 2 * i + 2 <= text.length; i++) lock.settings[i] = decode2(text, 2 * i);
}

/** The budget may be below 0 by one entry (core/lockout/budget.ts). */
const BUDGET_OFFSET = 64;

export function countersText(lock: Lock): string {
  return encode1(lock.failures.length) + encode1(lock.stage) + encode2(lock.lockedOutS) +
    encode2(lock.budget + BUDGET_OFFSET) + encode1(lock.quiet.length) +
    encode1(lock.armed + 2 * lock.throwing + 4 * lock.low);
}

/** L5: stored failures count as made at the start. */
export function loadCounters(lock: Lock, text: string): void {
  lock.failures = times(decode1(text, 0));
  lock.stage = decode1(text, 1);
  lock.lockedOutS = decode2(text, 2);
  lock.budget = decode2(text, 4) - BUDGET_OFFSET;
  lock.quiet = times(decode1(text, 6));
  const flags = decode1(text, 7);
  lock.armed = flags % 2;
  lock.throwing = Math.floor(flags / 2) % 2;
  lock.low = Math.floor(flags / 4) % 2;
}

function times(count: number): number[] {
  const list: number[] = [];
  for (let i = 0; i < count; i++) list.push(0);
  return list;
}
