import { Key, Lamp, LampState } from "../../hal/roles";
import { Limit } from "../limits";
import { Alarm, Journal, Method, Put, Refusal, Setting, Timer } from "./events";
import { Out, note, say, startTimer, stopTimer } from "./outputs";
import { Prompt } from "./prompts";
import { FromInside, Lock, Phase, newLock } from "./state";
import { alarmOff, endAwayAlarm, stopSiren, watchDoor } from "./alarms";
import { refuseLocked } from "./lockout/lockout";
import { refuse } from "./grant";
import { createFirst } from "./menu/opening";
import { newUsers } from "./users/table";
import { enter, goDark, lookForFace, wake } from "./wake";

/** R1: held while the battery was inserted. */
const HELD_AT_POWER_UP = 1;
const HELD_LONG_ENOUGH = 2;

/** The SET button went down (1) or up (0). */
export function onSet(s: Lock, out: Out, down: number): void {
  s.setHeld = down;
  if (down === 1) {
    s.setTimed = 1;
    startTimer(out, Timer.SetHold, s.board.setHoldMs);
  } else if (s.resetHeld !== 0) {
    releaseAfterPowerUp(s, out);
  } else if (s.setTimed === 1) {
    s.setTimed = 0;
    stopTimer(out, Timer.SetHold);
    pressSet(s, out);
  }
}

/** R1: SET was held when power came. P1: that never pairs. */
export function heldAtPowerUp(s: Lock, out: Out): void {
  s.setHeld = 1;
  s.resetHeld = HELD_AT_POWER_UP;
  startTimer(out, Timer.ResetHold, Limit.resetHoldMs);
}

export function resetHoldOver(s: Lock): void {
  s.resetHeld = HELD_LONG_ENOUGH;
}

function releaseAfterPowerUp(s: Lock, out: Out): void {
  const confirm = s.resetHeld === HELD_LONG_ENOUGH;
  s.resetHeld = 0;
  stopTimer(out, Timer.ResetHold);
  if (!confirm) return;
  goDark(s, out);
  enter(s, out, Phase.ConfirmingReset);
  say(out, Prompt.ConfirmReset);
}

function isBusy(s: Lock): boolean {
  return s.admin !== 0 || s.phase === Phase.Verifying || s.phase === Phase.Pairing || s.phase === Phase.ConfirmingReset ||
    s.phase === Phase.Enrolling || s.phase === Phase.NewPasscode;
}

/** M3, S4; closes what is open. */
function pressSet(s: Lock, out: Out): void {
  if (s.lockedOutS > 0 && s.phase !== Phase.ConfirmingReset) {
    refuseLocked(s, out, Method.None);
  } else if (isBusy(s)) {
    if (s.phase === Phase.Pairing) say(out, Prompt.PairingEnded);
    goDark(s, out);
  } else if (s.settings[Setting.Direction] === 0) {
    wake(s, out);
  } else if (s.initial === 1) {
    createFirst(s, out);
  } else if (s.critical === 1) {
    refuse(out, Refusal.Critical, 0, Method.None, Prompt.BatteryCritical);
  } else {
    enter(s, out, Phase.Verifying);
    say(out, Prompt.VerifyAdministrator);
    lookForFace(s, out);
  }
}

/** P1: SET was held for setHold. */
export function setHoldOver(s: Lock, out: Out): void {
  s.setTimed = 0;
  if (s.lockedOutS > 0) refuseLocked(s, out, Method.None);
  else if (s.phase === Phase.Pairing) goDark(s, out);
  else startPairing(s, out);
}

/** P1. @returns false when it cannot begin now. */
export function startPairing(s: Lock, out: Out): boolean {
  if (s.lockedOutS > 0 || s.critical === 1) return false;
  goDark(s, out);
  s.phase = Phase.Pairing;
  out.flashKey = Key.Digit0 + 1;
  out.lamp[Lamp.Rear] = LampState.Flash;
  startTimer(out, Timer.Pairing, Limit.pairingMs);
  note(out, Journal.Pairing, 0, Method.None);
  say(out, Prompt.Pairing);
  return true;
}

/** P1: its time is up. */
export function pairingOver(s: Lock, out: Out): void {
  goDark(s, out);
  say(out, Prompt.PairingEnded);
}

/** What sounds or is told as on must be told as off. */
function endAlarms(s: Lock, out: Out): void {
  stopSiren(s, out);
  endAwayAlarm(s, out);
  if (s.doorAlarm === 1) alarmOff(out, Alarm.Door);
  s.doorAlarm = 0;
  if (s.lockedOutS === 0) return;
  out.lockout = -1;
  alarmOff(out, Alarm.Lockout);
}

/** R1: everything is cleared and the lock is as new. */
export function factoryReset(s: Lock, out: Out): void {
  goDark(s, out);
  endAlarms(s, out);
  for (let timer = 0; timer < Timer.Count; timer++) {
    if (timer !== Timer.Motor && timer !== Timer.Battery) stopTimer(out, timer);
  }
  const fresh = newLock(s.board);
  s.settings = fresh.settings;
  s.users = newUsers();
  s.templates = "";
  s.temps = "";
  s.failures = fresh.failures;
  s.quiet = fresh.quiet;
  s.stage = 0;
  s.lockedOutS = 0;
  s.budget = fresh.budget;
  s.armed = 0;
  s.muted = 0;
  s.initial = 1;
  s.ringing = 0;
  s.refusalNoted = 0;
  s.granted = 0;
  s.fromInside = FromInside.No;
  s.storeFault = 0;
  watchDoor(s, out);
  out.put = Put.Wipe;
  note(out, Journal.Reset, 0, Method.None);
  wake(s, out);
  say(out, Prompt.ResetDone);
  out.then = Prompt.SetDirection;
}
