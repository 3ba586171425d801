import { LampState, Lamp, Key } from "../../hal/roles";
import { Limit } from "../limits";
import { Journal, MenuLevel, Method, Sensor, Setting, Timer } from "./events";
import { isLit } from "./lit";
import { Out, note, say, startTimer, stopTimer } from "./outputs";
import { Prompt } from "./prompts";
import { Lock, Phase } from "./state";

/** K2: something was done; the keypad stays lit for another 20 s. */
export function operated(out: Out): void {
  startTimer(out, Timer.Idle, Limit.keypadTimeoutMs);
}

/** Phases, as bits, whose time is not the one of K2, or is no operation's to stretch (O1, R1). */
const RESTING_PHASES = (1 << Phase.Asleep) | (1 << Phase.Offering) | (1 << Phase.Speaking) | (1 << Phase.Enrolling) | (1 << Phase.Pairing) | (1 << Phase.ConfirmingReset);

/** K2: a sensor event or a touched key is an operation, where the time does not rest. */
export function sensed(s: Lock, out: Out): void {
  if (!isLit(RESTING_PHASES, s.phase)) operated(out);
}

/** The digits typed so far are forgotten; a first entry kept for comparison stays. */
export function clearDigits(s: Lock, out: Out): void {
  s.digits = 0;
  s.number = 0;
  out.clear = Math.max(out.clear, 1);
}

/** The keypad turns to another matter, with nothing typed yet. */
export function enter(s: Lock, out: Out, phase: Phase): void {
  s.phase = phase;
  clearDigits(s, out);
  operated(out);
}

/** U2: a face is looked for while this lasts. */
export function lookForFace(s: Lock, out: Out): void {
  if (s.looking === 1 || s.initial === 1 || s.lockedOutS > 0 || s.critical === 1) return;
  if (s.phase !== Phase.Asleep && s.phase !== Phase.Awake && s.phase !== Phase.Offering && s.phase !== Phase.Verifying) return;
  s.looking = 1;
  out.look[Sensor.Face] = 1;
  out.lamp[Lamp.Ir] = LampState.Flash;
  startTimer(out, Timer.FaceLook, Limit.faceLookMs);
}

export function stopLooking(s: Lock, out: Out): void {
  if (s.looking === 0) return;
  s.looking = 0;
  out.look[Sensor.Face] = 2;
  out.lamp[Lamp.Ir] = LampState.Off;
  stopTimer(out, Timer.FaceLook);
}

/** Ends an enrolment in the module and at the lights. */
export function stopEnrolling(s: Lock, out: Out): void {
  out.cancel = s.sensor + 1;
  endEnrolling(s, out);
}

export function endEnrolling(s: Lock, out: Out): void {
  stopTimer(out, Timer.Enrol);
  if (s.sensor === Sensor.Palm) out.lamp[Lamp.Guide] = LampState.Off;
}

function endPairing(out: Out): void {
  stopTimer(out, Timer.Pairing);
  out.lamp[Lamp.Rear] = LampState.Off;
  note(out, Journal.PairingEnd, 0, Method.None);
}

/** K2: dark, and nothing of an unfinished step remembered. */
export function goDark(s: Lock, out: Out): void {
  if (s.phase === Phase.Enrolling) stopEnrolling(s, out);
  if (s.phase === Phase.Pairing) endPairing(out);
  if (s.phase === Phase.Speaking) out.hush = 1;
  if (s.admin !== 0) out.menu = MenuLevel.Closed;
  s.admin = 0;
  s.phase = Phase.Asleep;
  s.subject = 0;
  s.fresh = 0;
  s.repeating = 0;
  s.codeKind = 0;
  clearDigits(s, out);
  out.clear = 2;
  stopLooking(s, out);
  stopTimer(out, Timer.Idle);
  stopTimer(out, Timer.Session);
}

/** What a touch of the dark keypad leads to (S1, S2, K8). */
export function wake(s: Lock, out: Out): void {
  if (s.settings[Setting.Direction] === 0) {
    enter(s, out, Phase.Installing);
    say(out, Prompt.SetDirection);
  } else if (s.initial === 1) {
    enter(s, out, Phase.Initial);
    say(out, Prompt.NotSetUp);
  } else {
    enter(s, out, Phase.Awake);
    lookForFace(s, out);
    if (s.storeFault === 1) say(out, Prompt.StoreFault);
  }
}

export function isDigit(key: number): boolean {
  return key <= Key.Digit9;
}
