import { Timer } from "../../ports";
import { callbackEnds } from "../callbacks";

const enum Time { Wrap = 0x40000000 }

// The system clock survives a restart of the chip; `now` counts from the boot.
const bootSeconds = getTime();

/** Nothing in this firmware sets the interpreter's clock, so it never jumps. */
export function now(): number {
  return Math.round((getTime() - bootSeconds) * 1000) % Time.Wrap;
}

function fired(timer: OneShot): void {
  timer.id = -1;
  timer.onFire();
  callbackEnds();
}

/** A class, because a lock has thirty: what each does is kept once, where closures would be kept with each. */
class OneShot implements Timer {
  /** Of the interpreter's timer, -1 while none runs. */
  id = -1;

  constructor(readonly onFire: () => void) {}

  start(ms: number): void {
    // Not `stop`, which is a call: timers are started at the bottom of the deepest chains.
    if (this.id >= 0) clearTimeout(this.id);
    this.id = setTimeout(fired, ms, this);
  }

  stop(): void {
    if (this.id < 0) return;
    clearTimeout(this.id);
    this.id = -1;
  }
}

export function newTimer(onFire: () => void): Timer {
  return new OneShot(onFire);
}
