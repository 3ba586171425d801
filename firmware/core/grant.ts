import { Limit } from "../limits";
import { Alarm, Journal, Method, Pack, Put, Refusal, Role, Save, Sensor, Timer } from "./events";
import { Out, note, startTimer } from "./outputs";
import { Prompt } from "./prompts";
import { fail, succeed } from "./sound";
import { FromInside, Lock, Phase } from "./state";
import { alarmOn, endAwayAlarm, stopSiren } from "./alarms";
import { attemptFailed, attemptsSucceeded, countAttempt } from "./lockout/failures";
import { budgetReset, isBudgetEmpty } from "./lockout/budget";
import { refuseLocked } from "./lockout/lockout";
import { withdraw } from "./locking";
import { methodOf } from "./menu/credentials";
import { openMenu } from "./menu/opening";
import { Field, isUser, userField } from "./users/table";
import { isSwapped } from "./users/modules";
import { spendTemp } from "./users/temps";
import { templateOwner } from "./users/templates";
import { Validity, userValidity } from "./users/validity";
import { clearDigits, enter, operated, stopLooking } from "./wake";

/** A refusal that is no failed attempt: an event, the failure beep and the reason. */
export function refuse(out: Out, why: Refusal, user: number, by: Method, prompt: Prompt): void {
  out.refuse = why;
  out.refuseBy = by;
  note(out, Journal.Refuse, user, by);
  fail(out, prompt);
}

/** A duress passcode looks like the normal one wherever anybody may look (U7). */
function shown(by: Method): Method {
  return by === Method.Duress ? Method.Passcode : by;
}

/** Somebody has been recognised: the one way to a grant by credential. `user` is 0 for a temporary passcode. */
export function identified(s: Lock, out: Out, user: number, by: Method, validity: Validity): void {
  if (s.lockedOutS > 0) {
    refuseLocked(s, out, shown(by));
  } else if (user > 0 && !isUser(s.users, user)) {
    attemptFailed(s, out, shown(by), 0);
  } else if (s.initial === 1) {
    refuse(out, Refusal.Initial, user, shown(by), Prompt.NotSetUp);
  } else if (isTooLow(s, by)) {
    refuse(out, Refusal.Critical, user, by, Prompt.BatteryCritical);
  } else if (validity !== Validity.Valid) {
    // U7: whether the code still opens or not.
    if (by === Method.Duress) duressAlarm(out, user);
    const expired = validity === Validity.Expired;
    refuse(out, expired ? Refusal.Expired : Refusal.Clock, user, shown(by), expired ? Prompt.Expired : Prompt.ClockNotSet);
  } else if (s.phase === Phase.Verifying && by !== Method.Bluetooth) {
    verifyAdministrator(s, out, user, by);
  } else {
    grant(s, out, user, by);
  }
}

/** B3: fingerprint and passcode only. */
function isTooLow(s: Lock, by: Method): boolean {
  return s.critical === 1 && (by === Method.Face || by === Method.Palm || by === Method.Bluetooth);
}

/** M3, U7: only an administrator's own credential opens the menu, and a Bluetooth key is none. */
function verifyAdministrator(s: Lock, out: Out, user: number, by: Method): void {
  if (by === Method.Duress) duressAlarm(out, user);
  if (userField(s.users, user, Field.Role) !== Role.Admin || by === Method.Duress) {
    refuse(out, Refusal.AdminNeeded, user, shown(by), Prompt.AdminNeeded);
    operated(out);
    return;
  }
  attemptsSucceeded(s, out);
  budgetReset(s, out);
  openMenu(s, out, user);
}

/** U7: seen in the events and over the radio, and nowhere else. */
function duressAlarm(out: Out, user: number): void {
  alarmOn(out, Alarm.Duress);
  note(out, Journal.Duress, user, Method.Duress);
}

/** U4: the decision to unlock for somebody. */
export function grant(s: Lock, out: Out, user: number, by: Method): void {
  out.grant = by;
  out.grantUser = user;
  note(out, Journal.Unlock, user, by);
  if (by === Method.Duress) duressAlarm(out, user);
  if (userField(s.users, user, Field.Role) === Role.Admin) {
    budgetReset(s, out);
    stopSiren(s, out);
  }
  if (by < Method.Command) attemptsSucceeded(s, out);
  disarm(s, out);
  s.granted = 1;
  s.fromInside = FromInside.No;
  startTimer(out, Timer.Granted, Limit.openedFromInsideMs);
  succeed(out, Prompt.Welcome);
  if (s.low === 1) out.then = Prompt.BatteryLow;
  // Q1: silent until unlocked from outside, this unlock's own sounds included.
  if (by <= Method.Finger) s.unmute = 1;
  withdraw(s, out);
  if (s.phase === Phase.Awake || s.phase === Phase.Offering) enter(s, out, Phase.Awake);
}

/** O7: by a grant from outside or a command. */
export function disarm(s: Lock, out: Out): void {
  if (s.armed === 0) return;
  s.armed = 0;
  out.save = out.save | Save.Counters;
  note(out, Journal.Disarmed, 0, 0);
  endAwayAlarm(s, out);
}

/** `ok` after an entry (U3): the vault is asked, unless the keypad is refused (L6). @returns true when it is to be asked. */
export function mayMatch(s: Lock, out: Out): boolean {
  if (!isBudgetEmpty(s)) return true;
  out.refuse = Refusal.Budget;
  out.refuseBy = Method.Passcode;
  note(out, Journal.Budget, 0, Method.Passcode);
  fail(out, Prompt.AttemptsUsedUp);
  clearDigits(s, out);
  return false;
}

/** The vault's answer, packed by matchAnswer(). */
export function onCodeMatched(s: Lock, out: Out, answer: number): void {
  const windows = s.digits - Limit.passcodeMinDigits + 1;
  clearDigits(s, out);
  operated(out);
  if (answer === 0) {
    attemptFailed(s, out, Method.Passcode, windows);
    return;
  }
  const alone = answer >= 1024;
  const validity = Math.floor(answer / 256) % 4;
  const by = Math.floor(answer / 64) % 4;
  const owner = answer % 64;
  identified(s, out, by === Method.Temporary ? 0 : owner, by, validity);
  if (out.grant === Method.Temporary) {
    s.temps = spendTemp(s.temps, owner);
    out.put = Put.Temp;
    out.putUser = owner;
  }
  // L6: a code that lets nobody in excuses itself, not the other windows tried with it.
  if (!alone && out.refuse !== Refusal.None && out.fail === 0 && s.lockedOutS === 0) countAttempt(s, out, windows);
}

/** A template has matched (U1, U2). */
export function onMatched(s: Lock, out: Out, sensor: Sensor, template: number): void {
  if (s.phase === Phase.Enrolling) return;
  if (sensor === Sensor.Face) {
    // A4: a face that nobody looked for is not believed.
    if (s.looking === 0) return;
    stopLooking(s, out);
  }
  if (isSwapped(s, sensor)) {
    // The driver does not believe it either; whatever it says, this module is not ours (A4).
    refuse(out, Refusal.Swapped, 0, methodOf(sensor), Prompt.ModuleSwapped);
    return;
  }
  const user = templateOwner(s.templates, sensor, template);
  if (user === 0) {
    // A template that nobody owns was left behind: it must not stay (C5, B5).
    out.remove = sensor * Pack.Sensor + template + 1;
    onUnknown(s, out, sensor);
  } else identified(s, out, user, methodOf(sensor), userValidity(s, user));
}

/** L1: one presence is one attempt. */
export function onUnknown(s: Lock, out: Out, sensor: Sensor): void {
  if (s.phase === Phase.Enrolling) return;
  const by = methodOf(sensor);
  if (sensor === Sensor.Face) stopLooking(s, out);
  if (s.lockedOutS > 0) {
    refuseLocked(s, out, by);
  } else if (s.initial === 1) {
    refuse(out, Refusal.Initial, 0, by, Prompt.NotSetUp);
  } else if (isTooLow(s, by)) {
    refuse(out, Refusal.Critical, 0, by, Prompt.BatteryCritical);
  } else if (!isCounted(s, sensor)) {
    s.counted = s.counted | (1 << sensor);
    attemptFailed(s, out, by, 0);
  }
}

function isCounted(s: Lock, sensor: Sensor): boolean {
  return Math.floor(s.counted / (1 << sensor)) % 2 === 1;
}

/** What comes next before this reader is another attempt (L1). */
export function forgetPresence(s: Lock, sensor: Sensor): void {
  if (isCounted(s, sensor)) s.counted = s.counted - (1 << sensor);
}

/** The finger, hand or face has gone. */
export function onGone(s: Lock, out: Out, sensor: Sensor): void {
  forgetPresence(s, sensor);
  if (sensor === Sensor.Face) stopLooking(s, out);
}

/** A finger too wet to tell is no failed attempt (U5 counts what was seen and not recognised). */
export function onUnreadable(s: Lock, out: Out, sensor: Sensor): void {
  if (s.phase === Phase.Enrolling) return;
  if (s.lockedOutS > 0) refuseLocked(s, out, methodOf(sensor));
  else fail(out, Prompt.TryAgain);
}
