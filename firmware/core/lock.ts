import { Limit } from "../limits";
import { Event, Journal, Method, Pack, Timer } from "./events";
import { Out, note, startTimer } from "./outputs";
import { Lock, Phase } from "./state";
import { doorLeftOpen, onSilent, onTamper, stopSiren, watchDoor } from "./alarms";
import { onBluetoothKey, onCommand, onRemoteUnlock } from "./commands";
import { onCodeMatched, onGone, onMatched, onUnknown, onUnreadable } from "./grant";
import { onHeld, onKey, onStorm, onTouched } from "./keypad";
import { litKeys } from "./lit";
import { endLockout, runLockout } from "./lockout/lockout";
import { finishThrow, motorTimedOut, onBolt, onDoor, throwBolt, toldBolt } from "./locking";
import { enrolTimedOut, onAgain, onCodeJudged, onEnrolFailed, onEnrolled, onPlaced, usersChanged } from "./menu/credentials";
import { speakNext } from "./menu/opening";
import { onBattery, onUsb } from "./power";
import { heldAtPowerUp, onSet, pairingOver, resetHoldOver, setHoldOver } from "./setbutton";
import { enter, goDark, lookForFace, operated, stopLooking, wake } from "./wake";

type Handler = (s: Lock, out: Out, arg: number) => void;

/** Set in the argument of Boot while SET is held. */
export const enum BootArg { SetHeld = 8 }

/** The sensors have been read and the store loaded. O8: nothing moves, but for an unfinished throw. */
function boot(s: Lock, out: Out, arg: number): void {
  usersChanged(s);
  note(out, Journal.Boot, 0, Method.None);
  out.measure = 1;
  startTimer(out, Timer.Battery, Limit.batteryEveryMs);
  if (s.lockedOutS > 0) runLockout(s, out);
  watchDoor(s, out);
  finishThrow(s, out);
  if (s.settings[0] === 0) wake(s, out);
  if (arg >= BootArg.SetHeld) heldAtPowerUp(s, out);
}

/** O1: closed again after it was opened from inside. */
function door(s: Lock, out: Out, open: number): void {
  onDoor(s, out, open);
  if (open === 1 || s.fromInside === 0) return;
  s.fromInside = 0;
  if (s.phase !== Phase.Asleep || s.lockedOutS > 0 || s.initial === 1) return;
  enter(s, out, Phase.Offering);
  startTimer(out, Timer.Idle, Limit.okOfferMs);
}

/** O2. */
function lockButton(s: Lock, out: Out, down: number): void {
  if (down === 1) throwBolt(s, out, Method.Inside);
}

function handle(s: Lock, _out: Out, turned: number): void {
  s.handle = turned;
}

/** K2: a sensor event is an operation, where the time does not rest. */
function sensed(s: Lock, out: Out): void {
  if (s.phase === Phase.Asleep || s.phase === Phase.Speaking || s.phase === Phase.Enrolling || s.phase === Phase.Pairing) return;
  operated(out);
}

function near(s: Lock, out: Out, arg: number): void {
  sensed(s, out);
  if (arg < Pack.Sensor) lookForFace(s, out);
}

function matched(s: Lock, out: Out, arg: number): void {
  sensed(s, out);
  onMatched(s, out, Math.floor(arg / Pack.Sensor), arg % Pack.Sensor);
}

function unknown(s: Lock, out: Out, arg: number): void {
  sensed(s, out);
  onUnknown(s, out, Math.floor(arg / Pack.Sensor));
}

function unreadable(s: Lock, out: Out, arg: number): void {
  sensed(s, out);
  onUnreadable(s, out, Math.floor(arg / Pack.Sensor));
}

function gone(s: Lock, out: Out, arg: number): void {
  onGone(s, out, Math.floor(arg / Pack.Sensor));
}

function placed(s: Lock, out: Out, arg: number): void {
  onPlaced(s, out, Math.floor(arg / Pack.Sensor), arg % Pack.Sensor);
}

function again(s: Lock, out: Out, arg: number): void {
  onAgain(s, out, Math.floor(arg / Pack.Sensor));
}

function enrolled(s: Lock, out: Out, arg: number): void {
  onEnrolled(s, out, Math.floor(arg / Pack.Sensor), arg % Pack.Sensor);
}

function enrolFailed(s: Lock, out: Out, arg: number): void {
  onEnrolFailed(s, out, Math.floor(arg / Pack.Sensor), arg % Pack.Sensor);
}

function silent(_s: Lock, out: Out, arg: number): void {
  onSilent(out, arg % 2 === 1);
}

/** A prompt has ended. */
function said(s: Lock, out: Out): void {
  s.speaking = 0;
  if (s.phase === Phase.Speaking) speakNext(s, out);
}

/** In the order of Timer. */
const EXPIRED: Handler[] = [
  goDark, goDark, enrolTimedOut,
  (s, out) => { endLockout(s, out, Method.None); },
  pairingOver,
  (s, out) => { throwBolt(s, out, Method.Auto); },
  stopSiren, doorLeftOpen,
  (s) => { s.granted = 0; },
  motorTimedOut,
  (s) => { s.refusalNoted = 0; },
  (s) => { s.ringing = 0; },
  setHoldOver, resetHoldOver, stopLooking,
  (_s, out) => {
    out.measure = 1;
    startTimer(out, Timer.Battery, Limit.batteryEveryMs);
  },
];

function expired(s: Lock, out: Out, timer: number): void {
  EXPIRED[timer](s, out, timer);
}

/** In the order of Event. */
const HANDLERS: Handler[] = [
  boot,
  onTouched, onKey, onHeld, onStorm,
  onSet, lockButton, handle, door, onTamper, onBolt,
  onBattery, onUsb,
  near, matched, unknown, unreadable, gone, placed, again, enrolled, enrolFailed, silent,
  onCodeMatched, onCodeJudged, said, expired,
  onCommand, onBluetoothKey, onRemoteUnlock,
];

/**
 * One fact: the state takes it in, and `out` says what is to be done about it.
 * Nothing else is touched; `out` must have been drained.
 */
export function step(s: Lock, out: Out, event: Event, arg: number): void {
  HANDLERS[event](s, out, arg);
  const told = toldBolt(s);
  if (told !== s.told) {
    s.told = told;
    out.bolt = told;
  }
  const lit = litKeys(s);
  if (lit !== s.lit) {
    s.lit = lit;
    out.lit = lit + 1;
  }
  if (s.muted === 1) hush(s, out);
  s.unmute = 0;
  if (out.voice !== 0) s.speaking = 1;
}

/** Q1: no sound but the siren's. */
function hush(s: Lock, out: Out): void {
  out.beep = 0;
  out.voice = 0;
  out.then = 0;
  if (s.unmute === 1) s.muted = 0;
}
