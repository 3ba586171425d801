import { Limit } from "../../limits";
import { Save, Setting } from "../events";
import { Out } from "../outputs";
import { Lock } from "../state";

/**
 * L6, guard `hardened`: the keypad's attempt budget, counted in six-digit windows. It may fall
 * below nothing by one entry, and that debt is paid by the refill too: the windows tried in a day
 * are never more than the budget, a day's refill and the last entry.
 */
export const enum Guard { Standard, Hardened }

export function isHardened(s: Lock): boolean {
  return s.settings[Setting.Guard] === Guard.Hardened;
}

/** B5: what was refilled is kept, looked at with the battery's hourly look. */
export function keepRefill(s: Lock, out: Out): void {
  if (!isHardened(s)) return;
  const before = s.budget;
  refill(s);
  if (s.budget !== before) out.save = out.save | Save.Counters;
}

function refill(s: Lock): void {
  if (s.budget >= Limit.attemptBudget) {
    s.budgetAtS = s.nowS;
    return;
  }
  const gained = Math.floor((s.nowS - s.budgetAtS) / Limit.budgetRefillS);
  s.budget = Math.min(Limit.attemptBudget, s.budget + gained);
  s.budgetAtS = s.budgetAtS + gained * Limit.budgetRefillS;
}

/** Is the keypad to be refused? */
export function isBudgetEmpty(s: Lock): boolean {
  if (!isHardened(s)) return false;
  refill(s);
  return s.budget <= 0;
}

export function budgetSpent(s: Lock, out: Out, windows: number): void {
  if (!isHardened(s) || windows === 0) return;
  refill(s);
  s.budget = s.budget - windows;
  out.save = out.save | Save.Counters;
}

/** By an administrator's success or by command. */
export function budgetReset(s: Lock, out: Out): void {
  if (s.budget === Limit.attemptBudget) return;
  s.budget = Limit.attemptBudget;
  s.budgetAtS = s.nowS;
  out.save = out.save | Save.Counters;
}
