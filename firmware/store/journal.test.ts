import { NorFlash } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { PowerLost } from "../../hal/platform/sim/chip";
import { FIRST_PAGE, JOURNAL_PAGES, SLOTS, SMALL, downFrom, entries, fill, newFlash, numbers, shown, slotAt, start, tellings } from "../../test/powerloss/ring";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Entry, Journal, Slot, addEvent, checkLinks, eachNewest, preparePage, wipeJournal } from "./journal";

/** Whole and unbroken, as a start finds it: the numbers, newest first. */
function whole(flash: NorFlash): number[] {
  const journal = start(flash);
  expect(shown(journal)).not.toContain("!");
  while (!journal.checked) expect(checkLinks(journal, 7)).toBe(false);
  return numbers(journal);
}

test("every field comes back, newest first", () => {
  const flash = newFlash();
  const journal = start(flash);
  addEvent(journal, 0, false, 1, 0, 0);
  addEvent(journal, 16777215, true, 35, 50, 12);
  addEvent(journal, 99999999, true, 2, 1, 1);
  const expected: Partial<Entry>[] = [
    { number: 3, time: 16777215, dated: true, kind: 2, user: 1, by: 1 },
    { number: 2, time: 16777215, dated: true, kind: 35, user: 50, by: 12 },
    { number: 1, time: 0, dated: false, kind: 1, user: 0, by: 0 },
  ];
  expect(entries(journal)).toMatchObject(expected);
  expect(entries(start(flash))).toMatchObject(expected);
});

test("E1: of 3000 events the newest 1600 at least are kept, whole and in order, on the flash of the boards", () => {
  const flash = newFlash(4096, 16);
  const journal = start(flash);
  for (let filled = 0; filled < 3000; filled += 50) {
    fill(journal, 50);
    const kept = entries(start(copyOf(flash)));
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(1600, filled + 50));
    expect(kept.map((entry) => entry.number)).toEqual(downFrom(filled + 50, kept.length));
  }
  expect(shown(journal)).not.toContain("!");
  for (const { number, ...rest } of entries(journal)) {
    expect(rest).toMatchObject({ time: number * 7, dated: number % 2 === 0, kind: number % 36, user: number % 51, by: number % 13 });
  }
});

test("the numbers go on after a restart, wherever in a page it comes", () => {
  const flash = newFlash();
  for (let n = 1; n <= 100; n++) {
    const journal = start(flash);
    expect(journal.number).toBe(n);
    fill(journal, 1);
  }
  // Each start takes a slot for itself: six events a page, and the page that gives way next is not read.
  const kept = whole(flash);
  expect(kept.length).toBeGreaterThanOrEqual(3 * SLOTS / 2);
  expect(kept).toEqual(downFrom(100, kept.length));
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
      const cut = start(flash);
      flash.cutAt({ operation: 1, byte });
      expect(() => fill(cut, 1)).toThrow(PowerLost);
      const again = start(flash);
      const newest = byte === Slot.Bytes ? 21 : 20;
      expect(numbers(again)).toEqual(downFrom(newest, newest));
      fill(again, 3);
      expect(whole(flash)).toEqual(downFrom(newest + 3, newest + 3));
    }
  });

  /** Cuts at every operation and every byte of an act on a full journal, then goes on past two more pages. */
  function cutEverywhere(act: (journal: Journal) => void, events: number): void {
    // A start closes one slot: the next event needs a new page.
    const full = (JOURNAL_PAGES + 1) * SLOTS - 1;
    const base = newFlash();
    fill(start(base), full);
    // Closed slots of starts are none: what a cut may cost is measured against this.
    const least = (JOURNAL_PAGES - 2) * SLOTS - 6;
    const trial = copyOf(base);
    const journal = start(trial);
    const lengths: number[] = [];
    trial.onOperation = ({ length }) => lengths.push(length);
    act(journal);
    lengths.forEach((length, i) => {
      for (let byte = 0; byte <= length; byte++) {
        const flash = copyOf(base);
        const cut = start(flash);
        flash.cutAt({ operation: i + 1, byte });
        expect(() => act(cut)).toThrow(PowerLost);
        const kept = whole(flash);
        expect([full, full + events]).toContain(kept[0]);
        expect(kept).toEqual(downFrom(kept[0], kept.length));
        expect(kept.length).toBeGreaterThanOrEqual(least);
        fill(start(flash), 2 * SLOTS + 2);
        const after = whole(flash);
        expect(after).toEqual(downFrom(kept[0] + 2 * SLOTS + 2, after.length));
        expect(after.length).toBeGreaterThanOrEqual(least);
      }
    });
  }

  test("at every byte of a change of page", () => {
    cutEverywhere((journal) => { fill(journal, 1); }, 1);
  });

  test("at every byte of a page that is made ready ahead", () => {
    cutEverywhere((journal) => { expect(preparePage(journal)).toBe(true); }, 0);
  });

  test("at every byte of a start", () => {
    const base = newFlash();
    const journal = start(base);
    fill(journal, 3 * SLOTS + 2);
    preparePage(journal);
    for (let operation = 1; operation <= 4; operation++) {
      for (let byte = 0; byte <= Slot.Bytes; byte++) {
        const flash = copyOf(base);
        flash.cutAt({ operation, byte });
        expect(() => start(flash)).toThrow(PowerLost);
        expect(whole(flash)).toEqual(downFrom(3 * SLOTS + 2, 3 * SLOTS + 2));
      }
    }
  });

  test("again and again in the same place: the journal goes on", () => {
    const flash = newFlash();
    fill(start(flash), 11);
    for (let i = 0; i < 40; i++) {
      const journal = start(flash);
      flash.cutAt({ operation: 1, byte: 8 });
      expect(() => fill(journal, 1)).toThrow(PowerLost);
      expect(numbers(start(flash))).toEqual(downFrom(11, 11));
    }
    fill(start(flash), 1);
    expect(numbers(start(flash))).toEqual(downFrom(12, 12));
  });
});

describe("what was done to the flash shows", () => {
  /** As a person with the flash in hand leaves it. @returns what is listed, and how often starts tell of a break */
  function after(change: (flash: StrictFlash) => void, events = 5): { list: string; told: number } {
    const flash = newFlash();
    fill(start(flash), events);
    change(flash);
    const told = tellings(flash);
    return { list: shown(start(flash)), told };
  }

  test("any bit of an event: it is left out, the others stay, and the next one is not linked", () => {
    for (let bit = 0; bit < 8 * Slot.Bytes; bit++) {
      expect(after((flash) => { flash.bytes[slotAt(3) + Math.floor(bit / 8)] ^= 1 << bit % 8; })).toEqual({ list: "6 5 4! 2 1", told: 1 });
    }
  });

  test("an event that was made to look torn, or that was never there", () => {
    for (const byte of [0xff, 0]) {
      expect(after((flash) => { flash.bytes.fill(byte, slotAt(3) + 7, slotAt(4)); })).toEqual({ list: "6 5 4! 2 1", told: 1 });
      expect(after((flash) => { flash.bytes.fill(byte, slotAt(2), slotAt(4)); })).toEqual({ list: "6 5 4! 1", told: 1 });
      expect(after((flash) => { flash.bytes.fill(byte, slotAt(1), slotAt(2)); })).toEqual({ list: "6 5 4 3 2!", told: 1 });
    }
  });

  test("an event that was rewritten with a checksum that fits, but without the key", () => {
    expect(after((flash) => {
      const body = Buffer.from(flash.bytes.subarray(slotAt(3), slotAt(3) + Slot.Body)).toString("latin1");
      const other = `${body.slice(0, 10)}1${body.slice(11)}`;
      flash.bytes.set(Buffer.from(other + sha256(other).substring(0, 4), "latin1"), slotAt(3));
    })).toEqual({ list: "6 5 4 3! 2 1", told: 1 });
  });

  test("the rest of the events moved up to close the gap", () => {
    expect(after((flash) => {
      flash.bytes.copyWithin(slotAt(3), slotAt(4), slotAt(6));
      flash.bytes.fill(0xff, slotAt(5), slotAt(6));
    })).toEqual({ list: "6 5 4! 2 1", told: 1 });
  });

  test("a whole page, in the midst or as the oldest", () => {
    const events = 3 * SLOTS + 2;
    for (const [page, next] of [[0, SLOTS + 1], [1, 2 * SLOTS + 1], [2, 3 * SLOTS + 1]]) {
      const { list, told } = after((flash) => { flash.bytes.fill(0xff, slotAt(0, page), slotAt(0, page + 1)); }, events);
      expect([list.split(" ").filter((word) => word.endsWith("!")), told]).toEqual([[`${next}!`], 1]);
    }
  });

  test("a journal under another key: nothing of it is known to be true, and what comes then is", () => {
    const flash = newFlash();
    fill(start(flash), 3);
    const other = start(flash, 1, sha256("another key"));
    addEvent(other, 0, false, 1, 0, 0);
    addEvent(other, 0, false, 1, 0, 0);
    expect(shown(other)).toBe("5 4 3! 2! 1!");
  });

  test("but not that the newest were taken away: nothing comes after them", () => {
    expect(after((flash) => { flash.bytes.fill(0xff, slotAt(4), slotAt(6)); })).toEqual({ list: "3 2 1", told: 0 });
  });
});

test("R1: a wipe leaves no event, and the numbers begin anew", () => {
  const flash = newFlash();
  const journal = start(flash);
  fill(journal, 100);
  wipeJournal(journal);
  const anew = start(flash);
  expect(numbers(anew)).toEqual([]);
  fill(anew, 2);
  expect(whole(flash)).toEqual([2, 1]);
});

test("the pages of the state are left alone", () => {
  const flash = newFlash();
  flash.onOperation = ({ address }) => { expect(address).toBeGreaterThanOrEqual(FIRST_PAGE * SMALL); };
  const journal = start(flash);
  fill(journal, 100);
  wipeJournal(journal);
});
