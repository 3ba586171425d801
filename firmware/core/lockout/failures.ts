import { Limit } from "../../limits";
import { Journal, Method, Refusal, Save, Setting } from "../events";
import { Out, note } from "../outputs";
import { Prompt } from "../prompts";
import { fail } from "../sound";
import { Lock } from "../state";
import { budgetSpent } from "./budget";
import { lockOut } from "./lockout";

function forgetOlder(times: number[], sinceS: number): void {
  while (times.length > 0 && times[0] <= sinceS) times.shift();
}

/** Failures that count at this moment (L1). */
export function failuresNow(s: Lock): number {
  forgetOlder(s.failures, s.nowS - Limit.lockoutWindowS);
  return s.failures.length;
}

/**
 * U5, L1: one failed attempt. @param windows six-digit windows that the entry tried, 0 for a sensor.
 */
export function attemptFailed(s: Lock, out: Out, by: Method, windows: number): void {
  out.refuse = Refusal.Unknown;
  out.refuseBy = by;
  note(out, Journal.Fail, 0, by);
  fail(out, Prompt.TryAgain);
  countAttempt(s, out, windows);
}

/** L1, L6: counts it, and locks the system when it is one too many. */
export function countAttempt(s: Lock, out: Out, windows: number): void {
  failuresNow(s);
  s.failures.push(s.nowS);
  out.fail = s.failures.length;
  // L5: the count is stored before the answer; apply() stores before it speaks.
  out.save = out.save | Save.Counters;
  budgetSpent(s, out, windows);
  countQuiet(s, out);
  if (s.failures.length < Limit.lockoutFailures) return;
  if (s.settings[Setting.Protection] === 1) lockOut(s, out);
  else s.failures.shift();
}

/** L6: twenty failures in a day are told, even if no lockout happened. */
function countQuiet(s: Lock, out: Out): void {
  forgetOlder(s.quiet, s.nowS - Limit.quietWindowS);
  s.quiet.push(s.nowS);
  if (s.quiet.length < Limit.quietFailures) return;
  note(out, Journal.QuietFailures, 0, Method.None);
  while (s.quiet.length > 0) s.quiet.pop();
}

/** L5: a success counts at verification. The count begins anew, longer lockouts end. */
export function attemptsSucceeded(s: Lock, out: Out): void {
  if (s.failures.length === 0 && s.stage === 0) return;
  forgetOlder(s.failures, s.nowS);
  s.stage = 0;
  out.save = out.save | Save.Counters;
}
