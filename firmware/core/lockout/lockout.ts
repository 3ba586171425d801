import { Limit } from "../../limits";
import { Alarm, Journal, Method, Refusal, Save, Timer } from "../events";
import { Out, note, say, startTimer, stopTimer } from "../outputs";
import { Prompt } from "../prompts";
import { Lock } from "../state";
import { alarmOff, alarmOn } from "../alarms";
import { goDark } from "../wake";
import { isHardened } from "./budget";

/** L1, L6: the system is locked; under `hardened` each further time twice as long. */
export function lockOut(s: Lock, out: Out): void {
  let duration: number = Limit.lockoutDurationS;
  if (isHardened(s)) {
    for (let i = 0; i < s.stage && duration < Limit.longestLockoutS; i++) duration = duration * 2;
    duration = Math.min(duration, Limit.longestLockoutS);
  }
  s.stage = Math.min(s.stage + 1, Limit.lockoutStages);
  while (s.failures.length > 0) s.failures.pop();
  s.lockedOutS = duration;
  runLockout(s, out);
  note(out, Journal.Lockout, 0, Method.None);
  out.save = out.save | Save.Counters;
  // A2: at once, and it ends whatever the keypad was doing.
  goDark(s, out);
  say(out, Prompt.SystemLocked);
}

/** L5: after a power cut a running lockout starts its time anew. */
export function runLockout(s: Lock, out: Out): void {
  out.lockout = s.lockedOutS;
  startTimer(out, Timer.Lockout, s.lockedOutS * 1000);
  alarmOn(out, Alarm.Lockout);
}

/** L3. @param by Method.None when its time is up. */
export function endLockout(s: Lock, out: Out, by: Method): void {
  if (s.lockedOutS === 0) return;
  s.lockedOutS = 0;
  while (s.failures.length > 0) s.failures.pop();
  stopTimer(out, Timer.Lockout);
  out.lockout = -1;
  alarmOff(out, Alarm.Lockout);
  note(out, Journal.LockoutEnd, 0, by);
  out.save = out.save | Save.Counters;
}

/** L2: refused because the system is locked; one event in ten seconds at most. */
export function refuseLocked(s: Lock, out: Out, by: Method): void {
  out.refuse = Refusal.Locked;
  out.refuseBy = by;
  say(out, Prompt.SystemLocked);
  if (s.refusalNoted === 1) return;
  s.refusalNoted = 1;
  startTimer(out, Timer.Refusal, Limit.refusalEventMs);
  note(out, Journal.Refuse, 0, by);
}
