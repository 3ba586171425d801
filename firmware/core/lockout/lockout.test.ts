import { newBoardLimits } from "../../limits";
import { countersText, loadCounters } from "../../store/counters";
import { Journal, Method, Save, Setting, Timer } from "../events";
import { Out, newOut } from "../outputs";
import { Lock, newLock } from "../state";
import { newUsers } from "../users/table";
import { Guard, budgetReset, budgetSpent, isBudgetEmpty } from "./budget";
import { attemptFailed, attemptsSucceeded, failuresNow } from "./failures";
import { endLockout, refuseLocked } from "./lockout";

function newGuarded(guard: Guard): Lock {
  const s = newLock(newBoardLimits());
  s.users = newUsers();
  s.settings[Setting.Guard] = guard;
  return s;
}

/** One failed attempt at this second. @returns what the core wishes */
function fail(s: Lock, atS = s.nowS, windows = 1): Out {
  s.nowS = atS;
  const out = newOut();
  attemptFailed(s, out, Method.Passcode, windows);
  return out;
}

const saved = (out: Out): boolean => Math.floor(out.save / Save.Counters) % 2 === 1;
const noted = (out: Out): Journal[] => out.noteKind.slice(0, out.notes);

/** Fails until the system is locked. @returns for how many seconds */
function lockedFor(s: Lock): number {
  for (let i = 0; i < 4; i++) expect(fail(s).lockout).toBe(0);
  const out = fail(s);
  expect(out.timer[Timer.Lockout]).toBe(out.lockout * 1000);
  return out.lockout;
}

/** As after a power cut. */
function restarted(s: Lock): Lock {
  const again = newGuarded(s.settings[Setting.Guard]);
  loadCounters(again, countersText(s));
  return again;
}

describe("L1", () => {
  test("the fifth failure within five minutes locks for three, with an event, and is stored", () => {
    const s = newGuarded(Guard.Standard);
    expect([0, 10, 20, 30].map((at) => fail(s, at).fail)).toEqual([1, 2, 3, 4]);
    const out = fail(s, 299);
    expect(out).toMatchObject({ fail: 5, lockout: 180 });
    expect(noted(out)).toEqual([Journal.Fail, Journal.Lockout]);
    expect(saved(out)).toBe(true);
    expect(s.lockedOutS).toBe(180);
  });

  test("a failure ages out after five minutes, each by itself", () => {
    const s = newGuarded(Guard.Standard);
    [0, 100, 200].forEach((at) => fail(s, at));
    const counts = [299, 300, 399, 400, 499, 500].map((at) => {
      s.nowS = at;
      return failuresNow(s);
    });
    expect(counts).toEqual([3, 2, 2, 1, 1, 0]);
  });

  test("four in five minutes never lock, for a day", () => {
    const s = newGuarded(Guard.Standard);
    for (let at = 0; at < 86400; at += 75) expect(fail(s, at).lockout).toBe(0);
  });

  test("a success clears the count, and is stored if there was one", () => {
    const s = newGuarded(Guard.Standard);
    for (let i = 0; i < 4; i++) fail(s);
    const out = newOut();
    attemptsSucceeded(s, out);
    expect(saved(out)).toBe(true);
    expect(fail(s).fail).toBe(1);
    const none = newOut();
    attemptsSucceeded(newGuarded(Guard.Standard), none);
    expect(none.save).toBe(0);
  });

  test("every failure is in the step that answers it stored (L5)", () => {
    const s = newGuarded(Guard.Standard);
    for (let i = 0; i < 5; i++) expect(saved(fail(s))).toBe(true);
  });
});

test("L4: with the protection off failures count on, and nothing locks", () => {
  const s = newGuarded(Guard.Standard);
  s.settings[Setting.Protection] = 0;
  for (let i = 0; i < 30; i++) expect(fail(s, i).lockout).toBe(0);
  expect(failuresNow(s)).toBeLessThan(5);
});

describe("L3", () => {
  test("the end lets the count start anew", () => {
    const s = newGuarded(Guard.Standard);
    lockedFor(s);
    const out = newOut();
    endLockout(s, out, Method.None);
    expect(out.lockout).toBe(-1);
    expect(noted(out)).toEqual([Journal.LockoutEnd]);
    expect([s.lockedOutS, failuresNow(s)]).toEqual([0, 0]);
    expect(fail(s).fail).toBe(1);
  });

  test("an end where there is no lockout does nothing", () => {
    const out = newOut();
    endLockout(newGuarded(Guard.Standard), out, Method.Command);
    expect(out).toEqual(newOut());
  });
});

test("L2: refusals leave one event, until its time is up", () => {
  const s = newGuarded(Guard.Standard);
  lockedFor(s);
  const first = newOut();
  refuseLocked(s, first, Method.Finger);
  const second = newOut();
  refuseLocked(s, second, Method.Finger);
  expect([first, second].map(noted)).toEqual([[Journal.Refuse], []]);
  expect([first.refuseBy, second.refuseBy]).toEqual([Method.Finger, Method.Finger]);
  expect(first.timer[Timer.Refusal]).toBe(10000);
});

describe("L6: the length of lockouts", () => {
  /** Minutes of lockouts that follow one another. */
  function minutes(s: Lock, count: number): number[] {
    return Array.from({ length: count }, () => {
      const seconds = lockedFor(s);
      s.nowS += seconds;
      endLockout(s, newOut(), Method.None);
      budgetReset(s, newOut());
      return seconds / 60;
    });
  }

  test("standard: always three minutes", () => {
    expect(minutes(newGuarded(Guard.Standard), 8)).toEqual(Array(8).fill(3));
  });

  test("hardened: twice as long each time, an hour at most", () => {
    expect(minutes(newGuarded(Guard.Hardened), 8)).toEqual([3, 6, 12, 24, 48, 60, 60, 60]);
  });

  test("hardened: a success makes the next one short again", () => {
    const s = newGuarded(Guard.Hardened);
    minutes(s, 3);
    attemptsSucceeded(s, newOut());
    expect(minutes(s, 2)).toEqual([3, 6]);
  });

  test("hardened: a restart does not make the next one shorter", () => {
    const s = newGuarded(Guard.Hardened);
    minutes(s, 3);
    expect(minutes(restarted(s), 1)).toEqual([24]);
    minutes(s, 5);
    expect(minutes(restarted(s), 1)).toEqual([60]);
  });
});

describe("L6: the attempt budget", () => {
  const spend = (s: Lock, windows: number, atS = s.nowS): boolean => {
    s.nowS = atS;
    const out = newOut();
    budgetSpent(s, out, windows);
    return saved(out);
  };
  const emptyAt = (s: Lock, atS: number): boolean => {
    s.nowS = atS;
    return isBudgetEmpty(s);
  };

  test("holds sixty windows; each failed entry costs its own, and is stored", () => {
    const s = newGuarded(Guard.Hardened);
    for (let i = 0; i < 59; i++) expect(spend(s, 1)).toBe(true);
    expect(isBudgetEmpty(s)).toBe(false);
    spend(s, 1);
    expect(isBudgetEmpty(s)).toBe(true);
  });

  test("refills two an hour, and never above sixty", () => {
    const s = newGuarded(Guard.Hardened);
    spend(s, 60);
    expect([1799, 1800].map((at) => emptyAt(s, at))).toEqual([true, false]);
    spend(s, 1);
    expect([3599, 3600].map((at) => emptyAt(s, at))).toEqual([true, false]);
    emptyAt(s, 1000000);
    expect(s.budget).toBe(60);
  });

  test("what has been waited for is not lost to an entry in between", () => {
    const s = newGuarded(Guard.Hardened);
    spend(s, 30);
    spend(s, 1, 1700);
    emptyAt(s, 1800);
    expect(s.budget).toBe(30);
  });

  test("no refill is saved up while it is full", () => {
    const s = newGuarded(Guard.Hardened);
    expect(emptyAt(s, 1000000)).toBe(false);
    spend(s, 60);
    expect([1000000 + 1799, 1000000 + 1800].map((at) => emptyAt(s, at))).toEqual([true, false]);
  });

  test("one entry may go into debt, and the refill pays that first", () => {
    const s = newGuarded(Guard.Hardened);
    spend(s, 59);
    spend(s, 15);
    expect(s.budget).toBe(-14);
    expect([14 * 1800, 15 * 1800 - 1, 15 * 1800].map((at) => emptyAt(s, at))).toEqual([true, true, false]);
  });

  test("a day gives no more than the budget, its refill and one entry", () => {
    const s = newGuarded(Guard.Hardened);
    s.settings[Setting.Protection] = 0;
    let windows = 0;
    for (let at = 0; at < 86400; at += 30) {
      if (emptyAt(s, at)) continue;
      fail(s, at, 15);
      windows += 15;
    }
    expect(windows).toBeLessThanOrEqual(60 + 48 + 15);
  });

  test("survives a restart, a debt too", () => {
    const s = newGuarded(Guard.Hardened);
    spend(s, 59);
    spend(s, 15);
    expect(restarted(s).budget).toBe(-14);
  });

  test("standard keeps none, and a sensor's failure costs nothing", () => {
    const standard = newGuarded(Guard.Standard);
    expect(spend(standard, 15)).toBe(false);
    expect(isBudgetEmpty(standard)).toBe(false);
    const s = newGuarded(Guard.Hardened);
    expect(spend(s, 0)).toBe(false);
    expect(s.budget).toBe(60);
  });

  test("a reset fills it, and is stored if something was missing", () => {
    const s = newGuarded(Guard.Hardened);
    spend(s, 60, 1000);
    const out = newOut();
    budgetReset(s, out);
    expect([s.budget, saved(out)]).toEqual([60, true]);
    const full = newOut();
    budgetReset(s, full);
    expect(full.save).toBe(0);
  });
});

test("L6: twenty failures in a day are told once, whatever came between", () => {
  const s = newGuarded(Guard.Standard);
  const told = Array.from({ length: 41 }, (_, i) => noted(fail(s, i * 4000)).includes(Journal.QuietFailures));
  expect(told.flatMap((is, i) => is ? [i + 1] : [])).toEqual([20, 40]);
  const slow = newGuarded(Guard.Standard);
  for (let i = 0; i < 60; i++) expect(noted(fail(slow, i * 4600))).not.toContain(Journal.QuietFailures);
});

describe("L5: a restart", () => {
  test("counts the stored failures as made at the start", () => {
    const s = newGuarded(Guard.Standard);
    [1000, 1100, 1200].forEach((at) => fail(s, at));
    const again = restarted(s);
    again.nowS = 299;
    expect(failuresNow(again)).toBe(3);
    again.nowS = 300;
    expect(failuresNow(again)).toBe(0);
  });

  test("gains nothing: the fifth failure locks, before or after it", () => {
    let s = newGuarded(Guard.Standard);
    for (let i = 0; i < 4; i++) {
      expect(fail(s).lockout).toBe(0);
      s = restarted(s);
    }
    expect(fail(s).lockout).toBe(180);
    expect(restarted(s).lockedOutS).toBe(180);
  });

  test("keeps the failures of the day", () => {
    let s = newGuarded(Guard.Standard);
    s.settings[Setting.Protection] = 0;
    for (let i = 0; i < 19; i++) {
      expect(noted(fail(s))).not.toContain(Journal.QuietFailures);
      s = restarted(s);
      s.settings[Setting.Protection] = 0;
    }
    expect(noted(fail(s))).toContain(Journal.QuietFailures);
  });
});

