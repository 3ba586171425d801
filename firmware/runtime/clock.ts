import { Platform } from "../../hal/ports";
import { Lock } from "../core/state";

/** The platform counts milliseconds up to here and begins again at 0. */
export const WRAP = 0x40000000;

/** Seconds since boot and, once set, the date; made from the platform's milliseconds. */
export interface Clock {
  /** Milliseconds since boot as the platform counts them. */
  nowMs: number;
  seconds: number;
  /** Milliseconds of the second under way. */
  rest: number;
  /** Seconds at which the date was set, and its minutes since 2020-01-01; -1 while it is not. */
  setAtS: number;
  setTo: number;
}

export function newClock(platform: Platform): Clock {
  return { nowMs: platform.now(), seconds: 0, rest: 0, setAtS: 0, setTo: -1 };
}

/** Reads the platform's time and lets the core know it. */
export function readClock(clock: Clock, platform: Platform, lock: Lock): void {
  const now = platform.now();
  const passed = clock.rest + (now - clock.nowMs + WRAP) % WRAP;
  clock.nowMs = now;
  clock.seconds = clock.seconds + Math.floor(passed / 1000);
  clock.rest = passed % 1000;
  lock.nowS = clock.seconds;
  lock.date = clock.setTo < 0 ? -1 : clock.setTo + Math.floor((clock.seconds - clock.setAtS) / 60);
}

/** @param minutes since 2020-01-01 UTC, @param seconds 0 to 59 past that minute */
export function setClock(clock: Clock, minutes: number, seconds: number): void {
  clock.setTo = minutes;
  clock.setAtS = clock.seconds - seconds;
}
