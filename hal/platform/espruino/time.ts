import { Timer } from "../../ports";

const enum Time { Wrap = 0x40000000 }

// The system clock survives a restart of the chip; `now` counts from the boot.
const bootSeconds = getTime();

/** Nothing in this firmware sets the interpreter's clock, so it never jumps. */
export function now(): number {
  return Math.round((getTime() - bootSeconds) * 1000) % Time.Wrap;
}

export function newTimer(onFire: () => void): Timer {
  let id = -1;
  const fire = (): void => {
    id = -1;
    onFire();
  };
  const stop = (): void => {
    if (id < 0) return;
    clearTimeout(id);
    id = -1;
  };
  const start = (ms: number): void => {
    stop();
    id = setTimeout(fire, ms);
  };
  return { start, stop };
}
