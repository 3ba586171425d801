import { Key } from "../../hal/roles";
import { Platform, Timer } from "../../hal/ports";
import { Limit } from "../limits";
import { WRAP } from "./clock";

/**
 * K7: which touches count. A key counts when it is released, in the order of touch; two within
 * 30 ms are noise; a key held past 10 s is stuck; rain closes the keypad for two seconds.
 */
export interface TouchEvents {
  touched(key: Key): void;
  counted(key: Key): void;
  /** Q1: `0` has been held for muteHold. */
  held(): void;
  storm(): void;
}

export interface Touches {
  readonly platform: Platform;
  readonly events: TouchEvents;
  readonly muteHoldMs: number;
  readonly timer: Timer;
  /** Keys down, in the order of touch, with the time and the fate of each. */
  readonly keys: number[];
  readonly at: number[];
  readonly fate: number[];
  /** Times of the last touches, a ring of touchesPerSecond. */
  readonly recent: number[];
  touches: number;
  lastAt: number;
  /** Closed to input since then, -1 when open. */
  closedAt: number;
  /** The hold of `0` under way has been told. */
  told: boolean;
}

const enum Fate { Down, Released, Noise, Stuck }

export function newTouches(platform: Platform, muteHoldMs: number, events: TouchEvents): Touches {
  const recent: number[] = [];
  for (let i = 0; i < Limit.touchesPerSecond; i++) recent.push(-1);
  const touches: Touches = {
    platform, events, muteHoldMs, timer: platform.timer(() => { onTimer(touches); }),
    keys: [], at: [], fate: [], recent, touches: 0, lastAt: -1, closedAt: -1, told: false,
  };
  return touches;
}

function since(time: number, now: number): number {
  return (now - time + WRAP) % WRAP;
}

export function onTouch(t: Touches, key: Key): void {
  const now = t.platform.now();
  if (t.closedAt >= 0 && since(t.closedAt, now) < Limit.rainPauseMs) return;
  t.closedAt = -1;
  if (isRain(t, now)) {
    close(t, now);
    return;
  }
  const noise = t.lastAt >= 0 && since(t.lastAt, now) < Limit.noiseMs && t.keys.length > 0;
  if (noise) t.fate[t.fate.length - 1] = Fate.Noise;
  t.lastAt = now;
  if (key === Key.None) {
    t.events.touched(key);
    return;
  }
  dropStuck(t, now);
  if (key === Key.Digit0) t.told = false;
  // Touched again without a release: that one was lost.
  for (let i = t.keys.length - 1; i >= 0; i--) {
    if (t.keys[i] === key) forget(t, i);
  }
  t.keys.push(key);
  t.at.push(now);
  t.fate.push(noise ? Fate.Noise : Fate.Down);
  if (!noise) t.events.touched(key);
  watch(t, now);
}

/** More than touchesPerSecond within a second. */
function isRain(t: Touches, now: number): boolean {
  const slot = t.touches % Limit.touchesPerSecond;
  const oldest = t.recent[slot];
  t.recent[slot] = now;
  t.touches = (t.touches + 1) % (Limit.touchesPerSecond * 1024);
  return oldest >= 0 && since(oldest, now) < 1000;
}

function close(t: Touches, now: number): void {
  t.closedAt = now;
  for (let i = 0; i < t.recent.length; i++) t.recent[i] = -1;
  for (let i = 0; i < t.fate.length; i++) t.fate[i] = Fate.Noise;
  t.events.storm();
}

export function onRelease(t: Touches, key: Key): void {
  const now = t.platform.now();
  dropStuck(t, now);
  for (let i = 0; i < t.keys.length; i++) {
    if (t.keys[i] !== key || t.fate[i] === Fate.Released) continue;
    if (t.fate[i] !== Fate.Down) {
      forget(t, i);
    } else {
      t.fate[i] = Fate.Released;
    }
    break;
  }
  countReleased(t);
  watch(t, now);
}

function forget(t: Touches, i: number): void {
  t.keys.splice(i, 1);
  t.at.splice(i, 1);
  t.fate.splice(i, 1);
}

/** Counts from the front, so that keys count in the order of touch; noise and stuck keys hold nobody up. */
function countReleased(t: Touches): void {
  let i = 0;
  while (i < t.keys.length && t.fate[i] !== Fate.Down) {
    if (t.fate[i] === Fate.Released) {
      const key = t.keys[i];
      forget(t, i);
      t.events.counted(key);
    } else {
      i++;
    }
  }
}

function dropStuck(t: Touches, now: number): void {
  for (let i = 0; i < t.keys.length; i++) {
    if (t.fate[i] === Fate.Down && since(t.at[i], now) >= Limit.stuckMs) t.fate[i] = Fate.Stuck;
  }
}

/** The next moment at which a key that is down means something else. */
function watch(t: Touches, now: number): void {
  let nearest = -1;
  for (let i = 0; i < t.keys.length; i++) {
    if (t.fate[i] !== Fate.Down) continue;
    const down = since(t.at[i], now);
    const mark = t.keys[i] === Key.Digit0 && !t.told ? t.muteHoldMs : Limit.stuckMs;
    if (nearest < 0 || mark - down < nearest) nearest = mark - down;
  }
  if (nearest < 0) t.timer.stop();
  else t.timer.start(Math.max(1, nearest));
}

function onTimer(t: Touches): void {
  const now = t.platform.now();
  dropStuck(t, now);
  for (let i = 0; i < t.keys.length; i++) {
    if (t.keys[i] !== Key.Digit0 || t.fate[i] !== Fate.Down || t.told || since(t.at[i], now) < t.muteHoldMs) continue;
    t.told = true;
    t.events.held();
  }
  countReleased(t);
  watch(t, now);
}
