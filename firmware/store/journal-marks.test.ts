/** E1: a page of the journal whose first slot, its mark, has failed, and pages that are gone wholly. */
import { JOURNAL_PAGES, SLOTS, SMALL, downFrom, entries, fill, newFlash, numbers, shown, slotAt, start, tellings } from "../../test/powerloss/ring";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Journal as Kind } from "../core/events";
import { addEvent, checkLinks, isBroken, preparePage } from "./journal";

/** A journal at rest. @param ready the next page has been erased ahead */
function journalOf(events: number, ready: boolean): StrictFlash {
  const flash = newFlash();
  const journal = start(flash);
  fill(journal, events);
  if (ready) preparePage(journal);
  return flash;
}

/** Full of noise, as flash may be that has failed. */
function withNoise(flash: StrictFlash, page: number, seed: number): void {
  for (let at = 0; at < SMALL; at++) flash.bytes[slotAt(0, page) + at] = sha256(`${seed} ${at}`).charCodeAt(0);
}

const LAPS = 2 * JOURNAL_PAGES * SLOTS;

const RESTS: [string, number, boolean][] = [
  ["the first page begun", 5, false], ["the first page begun, the second ready", 5, true],
  ["the first page full", SLOTS, false], ["the first page full, the second ready", SLOTS, true],
  ["a second page with one event", SLOTS + 1, false], ["a second page begun, the third ready", SLOTS + 3, true],
  ["a ring that has gone round", LAPS + 3, false], ["a ring that has gone round, the next page ready", LAPS + 3, true],
  ["a ring of full pages", LAPS, false], ["a ring of full pages, the next one ready", LAPS, true],
];

describe.each(RESTS)("%s", (_what, events, ready) => {
  const base = journalOf(events, ready);
  const listed = numbers(start(copyOf(base)));
  const pages = Array.from({ length: JOURNAL_PAGES }, (_, page) => page).filter((page) => base.bytes[slotAt(0, page)] !== 0xff);
  /** Pages, from 0, that the list of events comes from. */
  const read = new Set(entries(start(copyOf(base))).map(({ back }) => (start(copyOf(base)).page - back + JOURNAL_PAGES) % JOURNAL_PAGES));

  test("any page's mark fails: its events stay, the numbers go on, and it is told once", () => {
    expect(listed[0]).toBe(events);
    for (const page of pages) {
      for (let bit = 0; bit < 160; bit += 7) {
        const flash = copyOf(base);
        flash.bytes[slotAt(0, page) + Math.floor(bit / 8)] ^= 1 << bit % 8;
        const where = `page ${page} bit ${bit}`;
        const journal = start(flash);
        // One page more is read where the one made ready has failed.
        expect([where, numbers(journal).slice(0, listed.length), journal.number]).toEqual([where, listed, events + 1]);
        expect([where, entries(journal).filter((entry) => isBroken(journal, entry)).length]).toEqual([where, read.has(page) ? 1 : 0]);
        expect([where, tellings(flash)]).toEqual([where, read.has(page) ? 1 : 0]);
        fill(start(flash), SLOTS + 3);
        const after = numbers(start(flash));
        expect([where, after]).toEqual([where, downFrom(events + (read.has(page) ? 1 : 0) + SLOTS + 3, after.length)]);
      }
    }
  });
});

test("the marks of two pages fail, the newest among them", () => {
  for (const ready of [false, true]) {
    const flash = journalOf(LAPS + SLOTS + 3, ready);
    const listed = numbers(start(copyOf(flash)));
    flash.bytes[slotAt(0, 0) + 2] ^= 1;
    flash.bytes[slotAt(0, 1) + 2] ^= 1;
    expect(numbers(start(flash))).toEqual(listed);
    expect(tellings(flash)).toBe(1);
  }
});

test("no mark is left, and no event in the first page: a ring begins there, and stays there", () => {
  const flash = journalOf(LAPS - 5, false);
  for (let page = 0; page < JOURNAL_PAGES; page++) withNoise(flash, page, page);
  const last = journalOf(LAPS - 5, false);
  flash.bytes.set(last.bytes.subarray(slotAt(1, JOURNAL_PAGES - 1)), slotAt(1, JOURNAL_PAGES - 1));
  let erases = 0;
  flash.onOperation = ({ kind }) => { if (kind === "erase") erases++; };
  for (let i = 0; i < 3; i++) expect(start(flash, LAPS)).toMatchObject({ page: 0, sequence: 1, number: LAPS, lost: true });
  expect(erases).toBe(1);
});

describe("the newest page is gone", () => {
  const LOST = 7;
  const NOISES = [1, 2, 3, 4].map((seed) => ({ seed, page: seed % 2 === 0 ? 0 : 3 }));

  function lastPageGone(events: number, ready: boolean, page: number, seed: number): StrictFlash {
    const flash = journalOf(events, ready);
    const journal = start(copyOf(flash));
    expect([journal.page, numbers(journal)[0]]).toEqual([page, events]);
    withNoise(flash, page, seed);
    return flash;
  }

  /** The lock starts and finds it, then or, after a cut, at the next start. @param left the newest that are left */
  function expectTold(flash: StrictFlash, number: number, left: number[], least = 1): void {
    const cut = copyOf(flash);
    for (let i = 0; i < 3; i++) expect(start(cut, least).number).toBe(number);
    for (const soon of [true, false]) {
      const again = copyOf(flash);
      const journal = start(again, least);
      expect(numbers(journal).slice(0, left.length)).toEqual(left);
      fill(journal, 1);
      if (soon) {
        expect([checkLinks(journal, 1), journal.checked]).toEqual([true, true]);
        addEvent(journal, 0, false, Kind.JournalBroken, 0, 0);
      }
      expect(tellings(again, least)).toBe(soon ? 0 : 1);
      expect(shown(start(again, least)).split(" ").slice(0, left.length + 2)).toEqual([`${number + 1}`, `${number}!`, ...left.map((one) => `${one}`)]);
    }
  }

  test.each(NOISES)("page $page, seed $seed, and the one after it was ready: it is told, and no number comes twice", ({ seed, page }) => {
    const events = LAPS + page * SLOTS + LOST;
    const flash = lastPageGone(events, true, page, seed);
    const left = downFrom(events - LOST, 2 * SLOTS);
    expectTold(flash, events - LOST + SLOTS + 1, left);
  });

  test.each([1, 2, 3])("the only page, seed %i, and the second was ready", (seed) => {
    expectTold(lastPageGone(LOST, true, 0, seed), SLOTS + 1, []);
  });

  test.each([1, 2, 3])("the next one was not ready, seed %i, but the state knows of newer events", (seed) => {
    const events = LAPS + 3 * SLOTS + LOST;
    const flash = lastPageGone(events, false, 3, seed);
    const left = downFrom(events - LOST, 2 * SLOTS);
    expectTold(flash, events - 2, left, events - 2);
    // What cannot be known: it looks like an erase that was cut.
    expect([start(copyOf(flash)).number, tellings(flash)]).toEqual([events - LOST + 1, 0]);
  });

  test("in its place stands what it held a lap before: it is told, and no number comes twice", () => {
    const events = LAPS + 3 * SLOTS + LOST;
    const flash = journalOf(events, true);
    const before = journalOf(events - JOURNAL_PAGES * SLOTS, true);
    flash.bytes.set(before.bytes.subarray(slotAt(0, 3), slotAt(0, 4)), slotAt(0, 3));
    expectTold(flash, events - LOST + SLOTS + 1, downFrom(events - LOST, 2 * SLOTS));
  });

  test("and with it all others: the numbers go on", () => {
    expectTold(newFlash(), LAPS, [], LAPS);
    const flash = journalOf(LAPS, true);
    for (let page = 0; page < JOURNAL_PAGES; page++) withNoise(flash, page, page);
    expectTold(flash, LAPS + 1, [], LAPS + 1);
  });

  test("what the state knows is no news where the events are there", () => {
    for (const least of [1, 7, LAPS, LAPS + 1]) {
      const journal = start(journalOf(LAPS, true), least);
      expect([journal.number, checkLinks(journal, 1000)]).toEqual([LAPS + 1, false]);
    }
  });
});

test("numbers that go round are in order", () => {
  const flash = newFlash();
  const journal = start(flash);
  journal.number = 16777210;
  fill(journal, SLOTS + 4);
  expect(numbers(start(copyOf(flash), 16777215))).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, ...downFrom(16777215, 6)]);
  flash.bytes[slotAt(0, 1) + 3] ^= 1;
  expect(start(copyOf(flash), 16777215).number).toBe(10);
  expect(start(flash, 12).number).toBe(12);
});

test("a start ends, even where each page claims to be newer than the one before it, all the way round", () => {
  const flash = newFlash();
  const journal = start(flash);
  for (let page = 0; page < JOURNAL_PAGES; page++) {
    journal.number = (page + 1) * 3355444 % 16777216;
    fill(journal, SLOTS);
  }
  for (let page = 0; page < JOURNAL_PAGES; page++) flash.bytes[slotAt(0, page)] = 0;
  expect(start(flash).page).toBeLessThan(JOURNAL_PAGES);
});
