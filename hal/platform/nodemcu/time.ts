import { Timer } from "../../ports";
import { callbackEnds } from "./callbacks";

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

/** A timer shorter than 10 ms takes 10 ms. */
export function newTimer(onFire: () => void): Timer {
  const alarm = tmr.create();
  let due = 0;
  const wait = (ms: number): void => {
    const length = ms < Time.ShortestMs ? Time.ShortestMs : ms > Time.LongestMs ? Time.LongestMs : ms;
    alarm.alarm(length, tmr.ALARM_SINGLE, fire);
  };
  // An alarm may come up to a tick early, comes early when it was started anew with an old firing
  // still queued, and is only a part of a long wait: what is left is waited for.
  const fire = (): void => {
    const left = (due - now() + Time.Wrap) % Time.Wrap;
    if (left > 0 && left < Time.Half) {
      wait(left);
      return;
    }
    onFire();
    callbackEnds();
  };
  return {
    start: (ms) => {
      due = (now() + ms) % Time.Wrap;
      wait(ms);
    },
    stop: () => alarm.unregister(),
  };
}
