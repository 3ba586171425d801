import { BoltPosition, Direction } from "../../hal/roles";
import { Limit } from "../limits";
import { Alarm, Journal, Method, Power, Save, Setting, Timer, Told } from "./events";
import { Out, note, say, startTimer, stopTimer } from "./outputs";
import { Prompt } from "./prompts";
import { fail } from "./sound";
import { FromInside, Lock, MotorPhase } from "./state";
import { alarmAway, alarmOff, alarmOn, watchDoor } from "./alarms";

/** O6: what is told of the bolt comes from its switches; a movement is told while it lasts. */
export function toldBolt(s: Lock): Told {
  if (s.motor !== MotorPhase.Resting) return s.run === Direction.Withdraw ? Told.Unlocking : Told.Locking;
  if (s.jammed === 1) return Told.Jammed;
  if (s.bolt === BoltPosition.Between) return Told.Unknown;
  return s.bolt === BoltPosition.Withdrawn ? Told.Unlocked : Told.Locked;
}

/** O1: does `ok` throw the bolt now? */
export function canThrow(s: Lock): boolean {
  return s.doorOpen === 0 && s.bolt === BoltPosition.Withdrawn && s.motor === MotorPhase.Resting;
}

function endOf(direction: Direction): BoltPosition {
  return direction === Direction.Withdraw ? BoltPosition.Withdrawn : BoltPosition.Thrown;
}

function drive(s: Lock, out: Out, direction: Direction): void {
  if (s.bolt === endOf(direction)) {
    // A run that was stopped before the bolt left its end has nothing to drive for.
    s.run = direction;
    arrived(s, out);
    return;
  }
  s.motor = direction === Direction.Withdraw ? MotorPhase.Withdrawing : MotorPhase.Throwing;
  s.run = direction;
  out.motor = direction;
  startTimer(out, Timer.Motor, onInlet(s) ? s.board.motorTimeoutUsbMs : s.board.motorTimeoutMs);
}

/** B4: with the battery empty the inlet drives the motor. */
export function onInlet(s: Lock): boolean {
  return s.power === Power.Emergency;
}

function begin(s: Lock, out: Out, direction: Direction): void {
  s.tries = 0;
  s.want = 0;
  unjam(s, out);
  stopTimer(out, Timer.Countdown);
  setThrowing(s, out, direction === Direction.Throw ? 1 : 0);
  drive(s, out, direction);
}

/** O8: a throw under way is stored before the motor moves, so that a restart can finish it. */
function setThrowing(s: Lock, out: Out, throwing: number): void {
  if (s.throwing === throwing) return;
  s.throwing = throwing;
  out.save = out.save | Save.Counters;
}

function unjam(s: Lock, out: Out): void {
  if (s.jammed === 0) return;
  s.jammed = 0;
  alarmOff(out, Alarm.Jammed);
}

/** U8: the last wish wins; one that the run under way fulfils leaves nothing to be done after it. */
function wish(s: Lock, direction: Direction): void {
  s.want = direction === s.run ? 0 : direction;
}

/** U4, U8: the bolt is to be withdrawn, at once or when the run has ended. */
export function withdraw(s: Lock, out: Out): void {
  if (s.motor !== MotorPhase.Resting) wish(s, Direction.Withdraw);
  else restingWish(s, out, Direction.Withdraw);
}

/** A wish to a resting motor; it replaces one that waits for the pause to end. */
function restingWish(s: Lock, out: Out, direction: Direction): void {
  s.want = 0;
  if (s.bolt !== endOf(direction)) begin(s, out, direction);
  else startCountdown(s, out);
}

/** O1 to O4, U8: the bolt is to be thrown. @returns false when the door is open. */
export function throwBolt(s: Lock, out: Out, by: Method): boolean {
  if (s.doorOpen === 1) {
    fail(out, Prompt.DoorOpen);
    return false;
  }
  s.lockBy = by;
  if (s.motor !== MotorPhase.Resting) wish(s, Direction.Throw);
  else restingWish(s, out, Direction.Throw);
  return true;
}

/** O3: with the door closed the bolt is thrown by itself. */
function startCountdown(s: Lock, out: Out): void {
  const seconds = s.settings[Setting.Countdown];
  if (seconds > 0 && canThrow(s)) startTimer(out, Timer.Countdown, seconds * 1000);
}

export function onBolt(s: Lock, out: Out, position: BoltPosition): void {
  const before = s.bolt;
  // Both switches may have changed at once, and each tells it.
  if (position === before) return;
  s.bolt = position;
  if (s.motor === MotorPhase.Resting) movedByHand(s, out, before, position);
  else if (s.motor === MotorPhase.Withdrawing && position === BoltPosition.Withdrawn) arrived(s, out);
  else if (s.motor === MotorPhase.Throwing && position === BoltPosition.Thrown) arrived(s, out);
}

/** O9. One entry a movement: when the bolt leaves its end, or is found at another one. */
function movedByHand(s: Lock, out: Out, before: number, position: number): void {
  const inside = s.handle === 1;
  if (s.byHand === 0) note(out, Journal.Moved, 0, inside ? Method.Inside : Method.None);
  s.byHand = position === BoltPosition.Between ? 1 : 0;
  // Whoever moves it by hand has the last wish (U8).
  s.want = 0;
  if (before === BoltPosition.Thrown || position === BoltPosition.Withdrawn) alarmAway(s, out);
  if (inside && position !== BoltPosition.Thrown) s.fromInside = FromInside.Opened;
  if (position === BoltPosition.Between) return;
  unjam(s, out);
  startCountdown(s, out);
}

function rest(s: Lock, out: Out): void {
  s.motor = MotorPhase.Resting;
  // Where it was left between its ends, the next movement is somebody's (O9).
  s.byHand = 0;
  out.stop = 1;
  stopTimer(out, Timer.Motor);
  setThrowing(s, out, 0);
}

function arrived(s: Lock, out: Out): void {
  rest(s, out);
  if (s.bolt === BoltPosition.Thrown) {
    note(out, Journal.Lock, 0, s.lockBy);
    say(out, Prompt.Locked);
  }
  pause(s, out);
}

/** U8: a run that reached its end is told before the next begins, and the motor is not reversed at once. */
function pause(s: Lock, out: Out): void {
  if (s.want !== 0) startTimer(out, Timer.Motor, Limit.reversePauseMs);
  // A bolt that is jammed would be tried again for ever.
  else if (s.jammed === 0) startCountdown(s, out);
}

/** U8: the last wish wins. */
function nextWish(s: Lock, out: Out): void {
  const want = s.want;
  s.want = 0;
  if (want === Direction.Withdraw) withdraw(s, out);
  else if (want === Direction.Throw) throwBolt(s, out, s.lockBy);
}

/** O5: the end was not reached in time; or the pause before the next run is over. */
export function motorTimedOut(s: Lock, out: Out): void {
  if (s.motor === MotorPhase.Resting) {
    nextWish(s, out);
    return;
  }
  out.stop = 1;
  if (s.motor === MotorPhase.BackingOff) {
    drive(s, out, s.run);
    return;
  }
  if (s.tries >= Limit.motorRetries) {
    giveUp(s, out);
    return;
  }
  s.tries = s.tries + 1;
  if (s.run === Direction.Withdraw && s.doorOpen === 1) {
    // Backing off would drive towards throw, which an open door forbids.
    drive(s, out, s.run);
    return;
  }
  s.motor = MotorPhase.BackingOff;
  out.motor = s.run === Direction.Withdraw ? Direction.Throw : Direction.Withdraw;
  startTimer(out, Timer.Motor, Limit.backOffMs);
}

function giveUp(s: Lock, out: Out): void {
  rest(s, out);
  s.jammed = 1;
  alarmOn(out, Alarm.Jammed);
  note(out, Journal.Jammed, 0, Method.None);
  say(out, Prompt.Jammed);
  pause(s, out);
}

export function onDoor(s: Lock, out: Out, open: number): void {
  s.doorOpen = open;
  out.door = open + 1;
  watchDoor(s, out);
  if (open === 1) doorOpened(s, out);
  else startCountdown(s, out);
}

function doorOpened(s: Lock, out: Out): void {
  stopTimer(out, Timer.Countdown);
  if (s.granted === 0) s.fromInside = FromInside.Opened;
  alarmAway(s, out);
  if (s.want === Direction.Throw) s.want = 0;
  if (s.run !== Direction.Throw && s.motor === MotorPhase.BackingOff) {
    // The back-off of a withdrawal drives towards throw.
    out.stop = 1;
    drive(s, out, Direction.Withdraw);
  } else if (s.run === Direction.Throw && s.motor !== MotorPhase.Resting) {
    out.stop = 1;
    begin(s, out, Direction.Withdraw);
  }
}

/** O8: nothing moves at start-up, except to finish a throw that was under way with the door closed. */
export function finishThrow(s: Lock, out: Out): void {
  if (s.throwing === 0) return;
  if (s.doorOpen === 0 && s.bolt !== BoltPosition.Thrown) {
    s.lockBy = Method.Auto;
    begin(s, out, Direction.Throw);
  } else {
    setThrowing(s, out, 0);
  }
}
