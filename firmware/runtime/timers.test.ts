import { Platform } from "../../hal/ports";
import { Event, Timer } from "../core/events";
import { WRAP } from "./clock";
import { Timers, armTimers, fireOne, newTimers, setTimers } from "./timers";

/** The platform's one timer, and the times it was started with; -1 is a stop. */
function newRig(): { timers: Timers; alarm: number[] } {
  const alarm: number[] = [];
  const platform = { timer: () => ({ start: (ms: number) => { alarm.push(ms); }, stop: () => { alarm.push(-1); } }) } as unknown as Platform;
  return { timers: newTimers(platform, () => undefined), alarm };
}

function wish(timers: Timers, nowMs: number, wishes: { [timer: number]: number }): number[] {
  const list = Array.from({ length: Timer.Count }, (_, i) => wishes[i] ?? 0);
  setTimers(timers, list, nowMs);
  return list;
}

/** The timers that are due, in the order in which they are posted. */
function fire(timers: Timers, nowMs: number): Timer[] {
  const fired: Timer[] = [];
  while (fireOne(timers, nowMs, (event, arg) => {
    expect(event).toBe(Event.Expired);
    fired.push(arg);
  })) expect(fired.length).toBeLessThanOrEqual(Timer.Count);
  return fired;
}

test("none is due before its time, and each fires once", () => {
  const { timers } = newRig();
  wish(timers, 1000, { [Timer.Idle]: 500 });
  expect(fire(timers, 1499)).toEqual([]);
  expect(fire(timers, 1500)).toEqual([Timer.Idle]);
  expect(fire(timers, 9000)).toEqual([]);
});

test("those that have been due longest come first, whatever their place in the table; equal ones in its order", () => {
  const { timers } = newRig();
  wish(timers, 0, { [Timer.Idle]: 300, [Timer.Session]: 100, [Timer.Motor]: 200, [Timer.Bell]: 100, [Timer.Battery]: 400 });
  expect(fire(timers, 350)).toEqual([Timer.Session, Timer.Bell, Timer.Motor, Timer.Idle]);
  expect(fire(timers, 400)).toEqual([Timer.Battery]);
});

test("a wish starts, restarts or stops its own timer only, and is cleared", () => {
  const { timers } = newRig();
  expect(wish(timers, 0, { [Timer.Idle]: 100, [Timer.Motor]: 100, [Timer.Siren]: 100 })).toEqual(Array(Timer.Count).fill(0));
  wish(timers, 50, { [Timer.Idle]: 100, [Timer.Siren]: -1 });
  expect(fire(timers, 149)).toEqual([Timer.Motor]);
  expect(fire(timers, 150)).toEqual([Timer.Idle]);
  expect(fire(timers, 1000)).toEqual([]);
});

describe("the alarm", () => {
  test("is set for the nearest timer, and left alone while that stays the nearest", () => {
    const { timers, alarm } = newRig();
    wish(timers, 0, { [Timer.Lockout]: 180000, [Timer.Idle]: 20000 });
    armTimers(timers, 0);
    armTimers(timers, 10);
    wish(timers, 10, { [Timer.Session]: 300000 });
    armTimers(timers, 10);
    expect(alarm).toEqual([20000]);
    wish(timers, 10, { [Timer.Motor]: 5000 });
    armTimers(timers, 10);
    expect(alarm).toEqual([20000, 5000]);
  });

  test("moves when the nearest is started anew, stopped or has fired", () => {
    const { timers, alarm } = newRig();
    wish(timers, 0, { [Timer.Idle]: 100, [Timer.Motor]: 300 });
    armTimers(timers, 0);
    wish(timers, 50, { [Timer.Idle]: 100 });
    armTimers(timers, 50);
    wish(timers, 60, { [Timer.Idle]: -1 });
    armTimers(timers, 60);
    fire(timers, 300);
    armTimers(timers, 300);
    expect(alarm).toEqual([100, 100, 240, -1]);
  });

  test("rings at once, not in the past, for a timer that came due while others were dealt with", () => {
    const { timers, alarm } = newRig();
    wish(timers, 0, { [Timer.Idle]: 100 });
    armTimers(timers, 500);
    expect(alarm).toEqual([1]);
  });

  test("is set again when it rang early", () => {
    const { timers, alarm } = newRig();
    wish(timers, 0, { [Timer.Idle]: 100 });
    armTimers(timers, 0);
    // Nothing is due yet, and the same timer is still the nearest.
    timers.next = -1;
    expect(fire(timers, 99)).toEqual([]);
    armTimers(timers, 99);
    expect(alarm).toEqual([100, 1]);
  });

  test("stays silent when no timer runs", () => {
    const { timers, alarm } = newRig();
    armTimers(timers, 0);
    expect(alarm).toEqual([]);
  });
});

describe("where the milliseconds begin again at 0", () => {
  const before = WRAP - 1000;

  test("order and due times go across it", () => {
    const { timers, alarm } = newRig();
    wish(timers, before, { [Timer.Idle]: 2000, [Timer.Motor]: 500, [Timer.Siren]: 1000, [Timer.Bell]: 1001 });
    armTimers(timers, before);
    expect(alarm).toEqual([500]);
    expect(fire(timers, before + 499)).toEqual([]);
    expect(fire(timers, before + 500)).toEqual([Timer.Motor]);
    armTimers(timers, before + 500);
    expect(alarm).toEqual([500, 500]);
    expect(fire(timers, WRAP - 1)).toEqual([]);
    expect(fire(timers, 0)).toEqual([Timer.Siren]);
    expect(fire(timers, 5000)).toEqual([Timer.Bell, Timer.Idle]);
  });

  test("one that was due before it and is looked at after it is due", () => {
    const { timers } = newRig();
    wish(timers, before, { [Timer.Motor]: 10, [Timer.Idle]: 1010 });
    expect(fire(timers, 20)).toEqual([Timer.Motor, Timer.Idle]);
  });

  test("the longest timer of the lock, an hour, fires on time wherever it is started", () => {
    for (const start of [0, 1, WRAP / 2 - 1, WRAP / 2, WRAP - 3600000, WRAP - 3599999, WRAP - 1]) {
      const { timers } = newRig();
      wish(timers, start, { [Timer.Battery]: 3600000 });
      expect(fire(timers, (start + 3599999) % WRAP)).toEqual([]);
      expect(fire(timers, (start + 3600000) % WRAP)).toEqual([Timer.Battery]);
    }
  });
});
