import { BoltPosition } from "../../hal/roles";
import { Limit } from "../limits";
import { Event, Journal, Method, Pack, Sensor, Setting, Timer } from "./events";
import { Out, note, startTimer } from "./outputs";
import { Prompt } from "./prompts";
import { FromInside, Lock, MotorPhase, Phase, Speaking } from "./state";
import { doorLeftOpen, onTamper, stopSiren, watchDoor } from "./alarms";
import { onBluetoothKey, onCommand, onRemoteUnlock } from "./commands";
import { forgetPresence, onCodeMatched, onGone, onMatched, onUnknown, onUnreadable } from "./grant";
import { onHeld, onKey, onStorm, onTouched } from "./keypad";
import { keepRefill } from "./lockout/budget";
import { endLockout, refuseLocked, runLockout } from "./lockout/lockout";
import { canThrow, finishThrow, motorTimedOut, onBolt, onDoor, throwBolt, toldBolt } from "./locking";
import { enrolBrokenOff, onAgain, onCodeJudged, onEnrolFailed, onEnrolled, onPlaced, usersChanged } from "./menu/credentials";
import { speakNext } from "./menu/opening";
import { onMissing, onOrphan, onPaired, onSilent, onSwapped, onUnasked } from "./parts";
import { litKeys } from "./phases";
import { onBattery, onUsb } from "./power";
import { heldAtPowerUp, onSet, pairingOver, resetHoldOver, setHoldOver } from "./setbutton";
import { enter, goDark, lookForFace, operated, sensed, stopLooking, wake } from "./wake";

type Handler = (s: Lock, out: Out, arg: number) => void;

/** Set in the argument of Boot when SET is held as power comes (R1); a restart of the firmware is not that. */
export const enum BootArg { SetHeld = 8 }

/** The sensors have been read and the store loaded. O8: nothing moves, but for an unfinished throw. */
function boot(s: Lock, out: Out, arg: number): void {
  usersChanged(s);
  note(out, Journal.Boot, 0, arg % BootArg.SetHeld);
  if (s.storeFault === 1) note(out, Journal.StoreFault, 0, Method.None);
  out.measure = 1;
  startTimer(out, Timer.Battery, Limit.batteryEveryMs);
  if (s.lockedOutS > 0) runLockout(s, out);
  watchDoor(s, out);
  finishThrow(s, out);
  if (s.settings[Setting.Direction] === 0) wake(s, out);
  if (arg >= BootArg.SetHeld) heldAtPowerUp(s, out);
}

/** O1: closed again after it was opened from inside. */
function door(s: Lock, out: Out, open: number): void {
  onDoor(s, out, open);
  if (open === 1 && s.phase === Phase.Offering) goDark(s, out);
  if (s.fromInside !== FromInside.No) s.fromInside = open === 1 ? FromInside.Opened : FromInside.Closed;
  offerToThrow(s, out);
}

/** O1: the door was opened from inside and is closed; while the motor still runs that has to wait. */
function offerToThrow(s: Lock, out: Out): void {
  if (s.fromInside !== FromInside.Closed || s.motor !== MotorPhase.Resting) return;
  s.fromInside = FromInside.No;
  if (s.lockedOutS > 0 || s.initial === 1 || !canThrow(s)) return;
  if (s.phase === Phase.Awake) operated(out);
  if (s.phase !== Phase.Asleep) return;
  enter(s, out, Phase.Offering);
  startTimer(out, Timer.Idle, Limit.okOfferMs);
}

function bolt(s: Lock, out: Out, position: BoltPosition): void {
  onBolt(s, out, position);
  offerToThrow(s, out);
}

/** O2. */
function lockButton(s: Lock, out: Out, down: number): void {
  if (down === 1 && s.phase === Phase.ConfirmingReset) goDark(s, out);
  if (down === 1) throwBolt(s, out, Method.Inside);
}

function handle(s: Lock, _out: Out, turned: number): void {
  s.handle = turned;
}

/** Somebody came; where the system is locked a face is not even looked at (L2). */
function near(s: Lock, out: Out, arg: number): void {
  const sensor: Sensor = Math.floor(arg / Pack.Sensor);
  sensed(s, out);
  forgetPresence(s, sensor);
  if (sensor !== Sensor.Face) return;
  if (s.lockedOutS > 0) refuseLocked(s, out, Method.Face);
  else lookForFace(s, out);
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

/** A prompt has ended. */
function said(s: Lock, out: Out): void {
  // M7: an item that another prompt cut off is said again.
  if (s.speaking === Speaking.Item) s.spoken = s.spoken + 1;
  s.speaking = Speaking.Nothing;
  if (s.phase === Phase.Speaking) speakNext(s, out);
}

/** B1: once an hour, and never while the motor draws from it. */
function lookAtBattery(s: Lock, out: Out): void {
  keepRefill(s, out);
  if (s.motor === MotorPhase.Resting) out.measure = 1;
  startTimer(out, Timer.Battery, s.motor === MotorPhase.Resting ? Limit.batteryEveryMs : Limit.batteryAgainMs);
}

/** In the order of Timer. */
const EXPIRED: Handler[] = [
  goDark, goDark, enrolBrokenOff,
  (s, out) => { endLockout(s, out, Method.None); },
  pairingOver,
  (s, out) => { throwBolt(s, out, Method.Auto); },
  stopSiren, doorLeftOpen,
  (s) => { s.granted = 0; },
  motorTimedOut,
  (s) => { s.refusalNoted = 0; },
  (s) => { s.ringing = 0; },
  setHoldOver, resetHoldOver, stopLooking,
  lookAtBattery,
];

function expired(s: Lock, out: Out, timer: number): void {
  EXPIRED[timer](s, out, timer);
}

/** In the order of Event. */
const HANDLERS: Handler[] = [
  boot,
  onTouched, onKey, onHeld, onStorm,
  onSet, lockButton, handle, door, onTamper, bolt,
  onBattery, onUsb,
  near, matched, unknown, unreadable, gone, placed, again, enrolled, enrolFailed, onOrphan, onMissing,
  onSilent, onSwapped, onUnasked, onPaired,
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
  if (out.voice !== 0) s.speaking = out.voice >= Prompt.SerialNumber && out.voice <= Prompt.VerificationCode ? Speaking.Item : Speaking.Prompt;
}

/** Q1: no sound but the siren's. */
function hush(s: Lock, out: Out): void {
  out.beep = 0;
  out.voice = 0;
  out.then = 0;
  if (s.unmute === 1) s.muted = 0;
}
