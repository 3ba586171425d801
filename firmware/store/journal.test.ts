import { NorFlash } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { PowerLost } from "../../hal/platform/sim/chip";
import { Platform } from "../../hal/ports";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Entry, Journal, Slot, addEvent, eachNewest, newJournal, openJournal, wipeJournal } from "./journal";
import { AREA_PAGES } from "./log";

const FIRST_PAGE = 2 * AREA_PAGES;
/** Pages of the tests that need few slots: 15 events each. */
const SMALL = 256;
const JOURNAL_PAGES = 4;

function newFlash(pageSize = SMALL, pages = FIRST_PAGE + JOURNAL_PAGES): StrictFlash {
  return new StrictFlash(pageSize, pages);
}

/** As after a start with this flash. */
function start(flash: NorFlash): Journal {
  const journal = newJournal({ flash, sha256 } as unknown as Platform);
  openJournal(journal);
  return journal;
}

/** Newest first. */
function entries(journal: Journal): Entry[] {
  const list: Entry[] = [];
  eachNewest(journal, (entry) => list.push(entry) > 0);
  return list;
}

const numbers = (journal: Journal): number[] => entries(journal).map((entry) => entry.number);
const downFrom = (newest: number, count: number): number[] => Array.from({ length: count }, (_, i) => newest - i);

/** Adds events whose fields follow from their number. */
function fill(journal: Journal, count: number): void {
  for (let i = 0; i < count; i++) {
    const n = journal.number;
    expect(addEvent(journal, n * 7, n % 2 === 0, n % 36, n % 51, n % 13)).toBe(n);
  }
}

test("every field comes back, newest first", () => {
  const flash = newFlash();
  const journal = start(flash);
  addEvent(journal, 0, false, 1, 0, 0);
  addEvent(journal, 16777215, true, 35, 50, 12);
  addEvent(journal, 99999999, true, 2, 1, 1);
  const expected: Entry[] = [
    { number: 3, time: 16777215, dated: true, kind: 2, user: 1, by: 1 },
    { number: 2, time: 16777215, dated: true, kind: 35, user: 50, by: 12 },
    { number: 1, time: 0, dated: false, kind: 1, user: 0, by: 0 },
  ];
  expect(entries(journal)).toEqual(expected);
  expect(entries(start(flash))).toEqual(expected);
});

test("E1: of 3000 events the newest 500 at least are kept, whole and in order, on the flash of the boards", () => {
  const flash = newFlash(4096, 16);
  const journal = start(flash);
  for (let filled = 0; filled < 3000; filled += 50) {
    fill(journal, 50);
    const kept = entries(start(flash));
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(500, filled + 50));
    expect(kept.map((entry) => entry.number)).toEqual(downFrom(filled + 50, kept.length));
  }
  for (const { number, ...rest } of entries(journal)) {
    expect(rest).toEqual({ time: number * 7, dated: number % 2 === 0, kind: number % 36, user: number % 51, by: number % 13 });
  }
});

test("the numbers go on after a restart, wherever in a page it comes", () => {
  const flash = newFlash();
  for (let n = 1; n <= 100; n++) {
    const journal = start(flash);
    expect(journal.number).toBe(n);
    fill(journal, 1);
  }
  // 15 a page: the seventh page has 10 of them, three whole ones are left before it.
  expect(numbers(start(flash))).toEqual(downFrom(100, 10 + 3 * 15));
});

test("reading stops when it is told to", () => {
  const journal = start(newFlash());
  fill(journal, 40);
  const seen: number[] = [];
  eachNewest(journal, ({ number }) => seen.push(number) < 3);
  expect(seen).toEqual([40, 39, 38]);
});

describe("B5: power goes", () => {
  test("at every byte of an event: the ones before are whole, the new one is there or not, and the numbers go on", () => {
    const base = newFlash();
    fill(start(base), 20);
    for (let byte = 0; byte <= Slot.Bytes; byte++) {
      const flash = copyOf(base);
      flash.cutAt({ operation: 1, byte });
      const cut = start(flash);
      expect(() => fill(cut, 1)).toThrow(PowerLost);
      const again = start(flash);
      const newest = byte === Slot.Bytes ? 21 : 20;
      expect(numbers(again)).toEqual(downFrom(newest, newest));
      fill(again, 3);
      expect(numbers(start(flash))).toEqual(downFrom(newest + 3, newest + 3));
    }
  });

  test("at every step of a change of page: no more than the oldest page is gone", () => {
    const slots = SMALL / Slot.Bytes - 1;
    const full = JOURNAL_PAGES * slots;
    const base = newFlash();
    fill(start(base), full);
    const erase = [0, 1, 15, 16, 17, 100, SMALL].map((byte) => ({ operation: 1, byte }));
    const mark = Array.from({ length: Slot.Bytes + 1 }, (_, byte) => ({ operation: 2, byte }));
    const event = [0, 1, 15].map((byte) => ({ operation: 3, byte }));
    for (const cut of [...erase, ...mark, ...event]) {
      const flash = copyOf(base);
      const journal = start(flash);
      flash.cutAt(cut);
      expect(() => fill(journal, 1)).toThrow(PowerLost);
      const again = start(flash);
      const kept = numbers(again);
      expect(kept).toEqual(downFrom(full, kept.length));
      expect(kept.length).toBeGreaterThanOrEqual(full - slots);
      fill(again, slots + 2);
      const after = numbers(start(flash));
      expect(after).toEqual(downFrom(full + slots + 2, after.length));
      expect(after.length).toBeGreaterThanOrEqual(full - slots);
    }
  });

  test("again and again in the same place: the journal goes on", () => {
    const flash = newFlash();
    fill(start(flash), 14);
    for (let i = 0; i < 40; i++) {
      const journal = start(flash);
      flash.cutAt({ operation: 1, byte: 8 });
      expect(() => fill(journal, 1)).toThrow(PowerLost);
      expect(numbers(start(flash))).toEqual(downFrom(14, 14));
    }
    fill(start(flash), 1);
    expect(numbers(start(flash))).toEqual(downFrom(15, 15));
  });
});

test("an event with a changed bit is left out, the others stay", () => {
  const base = newFlash();
  fill(start(base), 5);
  for (let bit = 0; bit < 8 * Slot.Bytes; bit++) {
    const flash = copyOf(base);
    flash.bytes[FIRST_PAGE * SMALL + 3 * Slot.Bytes + Math.floor(bit / 8)] ^= 1 << bit % 8;
    expect(numbers(start(flash))).toEqual([5, 4, 2, 1]);
  }
});

test("R1: a wipe leaves no event, and the numbers begin anew", () => {
  const flash = newFlash();
  const journal = start(flash);
  fill(journal, 100);
  wipeJournal(journal);
  expect(numbers(start(flash))).toEqual([]);
  fill(journal, 2);
  expect(numbers(start(flash))).toEqual([2, 1]);
});

test("the pages of the state are left alone", () => {
  const flash = newFlash();
  flash.onOperation = ({ address }) => { expect(address).toBeGreaterThanOrEqual(FIRST_PAGE * SMALL); };
  const journal = start(flash);
  fill(journal, 100);
  wipeJournal(journal);
});
