import { Timer } from "../../ports";
import { callbackEnds } from "../callbacks";

const enum Time {
  Wrap = 0x40000000,
  /** More than this ahead is in the past. */
  Half = 0x20000000,
  /** One tick of the operating system: a shorter alarm stops the chip. */
  ShortestMs = 10,
  /** The longest alarm `tmr` takes. */
  LongestMs = 6870947,
}

export function now(): number {
  const [microseconds] = node.uptime();
  // Wrapped before it becomes an integer: integers may have 32 bits here.
  return Math.floor((microseconds / 1000) % Time.Wrap);
}

interface OneShot extends Timer {
  readonly alarm: TmrTimer;
  readonly onFire: (this: void) => void;
  /** When it is to fire, as `now` has it. */
  due: number;
}

/** A timer shorter than 10 ms takes 10 ms. A lock has thirty: what `this` tells need not be kept in closures of each. */
export function newTimer(onFire: () => void): Timer {
  const timer: OneShot = { start, stop, alarm: tmr.create(), onFire, due: 0 };
  return timer;
}

function start(this: OneShot, ms: number): void {
  this.due = (now() + ms) % Time.Wrap;
  wait(this, ms);
}

function stop(this: OneShot): void {
  this.alarm.unregister();
}

function wait(timer: OneShot, ms: number): void {
  const length = ms < Time.ShortestMs ? Time.ShortestMs : ms > Time.LongestMs ? Time.LongestMs : ms;
  timer.alarm.alarm(length, tmr.ALARM_SINGLE, () => fire(timer));
}

/**
 * An alarm may come up to a tick early, comes early when it was started anew with an old firing
 * still queued, and is only a part of a long wait: what is left is waited for.
 */
function fire(timer: OneShot): void {
  const left = (timer.due - now() + Time.Wrap) % Time.Wrap;
  if (left > 0 && left < Time.Half) {
    wait(timer, left);
    return;
  }
  timer.onFire();
  callbackEnds();
}
