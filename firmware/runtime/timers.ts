import { Platform, Timer as PlatformTimer } from "../../hal/ports";
import { Event, Timer } from "../core/events";
import { WRAP } from "./clock";

/**
 * The core's timers on one timer of the platform, set for the nearest of them, so that an idle
 * lock wakes for nothing else.
 */
export interface Timers {
  /** Due times in the platform's milliseconds, -1 while stopped. */
  readonly due: number[];
  readonly alarm: PlatformTimer;
  /** What the alarm is set for, -1 if it is not. */
  next: number;
}

export function newTimers(platform: Platform, onAlarm: () => void): Timers {
  const due: number[] = [];
  for (let i = 0; i < Timer.Count; i++) due.push(-1);
  return { due, alarm: platform.timer(onAlarm), next: -1 };
}

/** Milliseconds from now until a due time; not above 0 when it has come. */
function until(due: number, nowMs: number): number {
  const ahead = (due - nowMs + WRAP) % WRAP;
  return ahead > WRAP / 2 ? ahead - WRAP : ahead;
}

/** Takes over what the core wishes. @param wishes ms to start, -1 to stop, 0 to leave; cleared here. */
export function setTimers(timers: Timers, wishes: number[], nowMs: number): void {
  for (let i = 0; i < Timer.Count; i++) {
    const ms = wishes[i];
    if (ms === 0) continue;
    timers.due[i] = ms < 0 ? -1 : (nowMs + ms) % WRAP;
    wishes[i] = 0;
  }
}

/** @returns the timer that is due first, or has been for longest; -1 when none runs. */
function nearest(timers: Timers, nowMs: number): number {
  let found = -1;
  let least = WRAP;
  for (let i = 0; i < Timer.Count; i++) {
    const due = timers.due[i];
    if (due < 0) continue;
    const ahead = until(due, nowMs);
    if (ahead >= least) continue;
    least = ahead;
    found = i;
  }
  return found;
}

/** Sets the alarm for the nearest timer. */
export function armTimers(timers: Timers, nowMs: number): void {
  const first = nearest(timers, nowMs);
  const due = first < 0 ? -1 : timers.due[first];
  if (due === timers.next) return;
  timers.next = due;
  if (due < 0) timers.alarm.stop();
  else timers.alarm.start(Math.max(1, until(due, nowMs)));
}

/** Posts the timer that has been due longest and stops it. @returns false when none is due. */
export function fireOne(timers: Timers, nowMs: number, post: (event: Event, arg: number) => void): boolean {
  // Nothing can be due before the alarm.
  if (timers.next >= 0 && until(timers.next, nowMs) > 0) return false;
  const first = nearest(timers, nowMs);
  if (first < 0 || until(timers.due[first], nowMs) > 0) return false;
  timers.due[first] = -1;
  post(Event.Expired, first);
  return true;
}
