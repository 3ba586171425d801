import { NorFlash } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { PowerLost } from "../../hal/platform/sim/chip";
import { Platform } from "../../hal/ports";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { AREA_PAGES, Log, Opened, VERSION, append, beginArea, commitArea, newLog, openLog, replay, wipeAreas } from "./log";

const PAGE = 256;

function newFlash(): StrictFlash {
  return new StrictFlash(PAGE, 2 * AREA_PAGES + 2);
}

interface Started { log: Log; opened: Opened; records: string[]; addresses: number[] }

/** As after a start with this flash. */
function start(flash: NorFlash): Started {
  const log = newLog({ flash, sha256 } as unknown as Platform);
  const opened = openLog(log);
  const started: Started = { log, opened, records: [], addresses: [] };
  if (opened !== Opened.Good) return started;
  replay(log, (record, address) => {
    started.records.push(record);
    started.addresses.push(address);
  });
  return started;
}

/** An area with these records, in a new flash. */
function filled(records: string[], flash = newFlash()): StrictFlash {
  const { log } = start(flash);
  beginArea(log);
  for (const record of records) expect(append(log, record[0], record.slice(1))).toBeGreaterThan(0);
  commitArea(log);
  return flash;
}

/** Runs something that the supply does not survive. */
function untilPowerGoes(act: () => void): void {
  expect(act).toThrow(PowerLost);
}


test("new flash is empty", () => {
  expect(start(newFlash()).opened).toBe(Opened.Empty);
});

test("records come back in order, from where they were put, across the ends of pages", () => {
  const flash = filled([]);
  const { log } = start(flash);
  const records = Array.from({ length: 12 }, (_, i) => String.fromCharCode(65 + i) + String.fromCharCode(i).repeat(1 + (i * 37) % 80));
  const put = records.map((record) => append(log, record[0], record.slice(1)));
  const again = start(flash);
  expect(again.records).toEqual(records);
  expect(again.addresses).toEqual(put);
  expect(again.log.next).toBe(log.next);
  expect(again.log.damaged).toBe(false);
});

test("a page is used to its last byte, and a record that would pass it goes to the next", () => {
  const flash = filled([]);
  const { log } = start(flash);
  const room = PAGE - log.next;
  append(log, "A", "a".repeat(room - 6));
  expect(log.next).toBe(PAGE);
  append(log, "B", "b".repeat(PAGE - 6 - 5));
  const at = append(log, "C", "c");
  expect(at).toBe(2 * PAGE);
  expect(start(flash).records.map((record) => record[0])).toEqual(["A", "B", "C"]);
});

test("a full area takes nothing more, and nothing of it is touched by the refusal", () => {
  const flash = filled([]);
  const { log } = start(flash);
  let count = 0;
  while (append(log, "A", "payload") >= 0) count++;
  const before = Buffer.from(flash.bytes);
  expect(append(log, "A", "payload")).toBe(-1);
  expect(Buffer.compare(before, flash.bytes)).toBe(0);
  expect(start(flash).records.length).toBe(count);
});

test("areas take turns, and each start finds all that held", () => {
  const flash = filled([]);
  let { log } = start(flash);
  const latest = new Map<string, string>();
  const areas: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const kind = String.fromCharCode(65 + (i * 7) % 26);
    latest.set(kind, `${i}`.padStart(1 + (i * 13) % 20, "0"));
    if (append(log, kind, latest.get(kind) ?? "") < 0) {
      beginArea(log);
      latest.forEach((payload, k) => { append(log, k, payload); });
      commitArea(log);
      areas.push(log.area);
    }
    if (i % 20 > 0) continue;
    const again = start(flash);
    expect(Object.fromEntries(again.records.map((record) => [record[0], record.slice(1)]))).toEqual(Object.fromEntries(latest));
    log = again.log;
  }
  expect(areas.length).toBeGreaterThan(20);
  areas.forEach((area, i) => { expect(area).toBe(i % 2 === 0 ? AREA_PAGES : 0); });
  expect(log.sequence).toBe(areas.length + 1);
});

describe("B5: power goes", () => {
  const kept = ["Aone", "Btwo", "Cthree"];

  test("at every byte of a record: the ones before are whole, the new one is there or not", () => {
    const record = "Dfour";
    const bytes = record.length + 5;
    const base = filled(kept);
    for (let byte = 0; byte <= bytes; byte++) {
      const flash = copyOf(base);
      const { log } = start(flash);
      flash.cutAt({ operation: 1, byte });
      untilPowerGoes(() => append(log, record[0], record.slice(1)));
      const again = start(flash);
      expect(again.records).toEqual(byte === bytes ? [...kept, record] : kept);
      expect(again.log.torn).toBe(byte > 0 && byte < bytes);
      expect(again.log.damaged).toBe(false);
    }
  });

  test("in the midst of a byte of a record: the same", () => {
    const base = filled(kept);
    const whole = copyOf(base);
    const at = append(start(whole).log, "D", "four");
    for (let byte = 0; byte < 10; byte++) {
      for (const notYet of [0xf0, 0x0f, 0xaa, 0x55, 0x7f, 0xfe]) {
        const flash = copyOf(base);
        for (let i = 0; i < byte; i++) flash.bytes[at + i] = whole.bytes[at + i];
        flash.bytes[at + byte] = whole.bytes[at + byte] | notYet;
        const { records } = start(flash);
        expect(records.slice(0, 3)).toEqual(kept);
        // The bits that were still to come may have been ones: then the record is whole.
        expect(records.slice(3)).toEqual(byte === 9 && flash.bytes[at + 9] === whole.bytes[at + 9] ? ["Dfour"] : []);
      }
    }
  });

  test("at every byte of a record that begins a page", () => {
    const base = filled(kept);
    append(start(base).log, "D", "d".repeat(200));
    for (let byte = 0; byte <= 66; byte++) {
      const flash = copyOf(base);
      const { log } = start(flash);
      flash.cutAt({ operation: 1, byte });
      untilPowerGoes(() => append(log, "E", "e".repeat(60)));
      expect(start(flash).records.map((record) => record[0]).join("")).toBe(byte === 66 ? "ABCDE" : "ABCD");
    }
  });

  test("at every operation of a change of area, and every byte of its header: the old area holds until the new one does", () => {
    const next = ["Bnew", "Cnew"];
    const base = filled(["Aolder"]);
    filled(kept, base);
    const change = (log: Log): void => {
      beginArea(log);
      for (const record of next) append(log, record[0], record.slice(1));
      commitArea(log);
    };
    const header = AREA_PAGES + next.length + 1;
    for (let operation = 1; operation <= header + AREA_PAGES; operation++) {
      const bytes = operation <= AREA_PAGES ? [0, 1, 11, 12, 100, PAGE] : Array.from({ length: 12 }, (_, i) => i);
      for (const byte of bytes) {
        const flash = copyOf(base);
        const { log } = start(flash);
        flash.cutAt({ operation, byte });
        untilPowerGoes(() => change(log));
        expect(start(flash).records).toEqual(operation > header || (operation === header && byte === 11) ? next : kept);
      }
    }
  });

  test("in the midst of the first area there ever was: as new, until all but its header is there", () => {
    const header = AREA_PAGES + 2;
    for (let operation = 1; operation <= header; operation++) {
      const flash = newFlash();
      flash.cutAt({ operation });
      untilPowerGoes(() => filled(["Aone"], flash));
      const again = start(flash);
      expect(again.opened).toBe(operation < header ? Opened.Empty : Opened.Good);
      expect(again.records).toEqual(operation < header ? [] : ["Aone"]);
    }
  });
});

test("no changed bit of a record is ever read as something else", () => {
  const records = ["Aone", "Btwo", "Cthree"];
  const base = filled(records);
  const { addresses } = start(base);
  for (let bit = 0; bit < 8 * (records[1].length + 5); bit++) {
    const flash = copyOf(base);
    flash.bytes[addresses[1] + Math.floor(bit / 8)] ^= 1 << bit % 8;
    const again = start(flash);
    expect(again.records).toEqual(["Aone", "Cthree"]);
    expect(again.log.damaged).toBe(true);
  }
});

describe("a newer version", () => {
  /** The header of an area as another version writes it; a sequence as high as one likes. */
  function header(version: number): string {
    const head = `\x05H${String.fromCharCode(48 + version)}0009`;
    return head + sha256(head).substring(0, 4);
  }

  test.each([0, AREA_PAGES])("in the area at page %i is refused, and nothing is touched", (page) => {
    const flash = filled(["Aone"]);
    flash.erase(page);
    flash.write(page * PAGE, header(VERSION + 1));
    const before = Buffer.from(flash.bytes);
    const operations = flash.operations;
    expect(start(flash).opened).toBe(Opened.Newer);
    expect(flash.operations).toBe(operations);
    expect(Buffer.compare(before, flash.bytes)).toBe(0);
  });

  test("half a header of one is none", () => {
    const flash = filled(["Aone"]);
    flash.erase(AREA_PAGES);
    flash.write(AREA_PAGES * PAGE, header(VERSION + 1).substring(0, 9));
    expect(start(flash)).toMatchObject({ opened: Opened.Good, records: ["Aone"] });
  });
});

test("R1: a wipe writes 0 over every byte of both areas before it erases, and leaves the pages behind them alone", () => {
  const flash = filled(["Asecret"]);
  flash.write(2 * AREA_PAGES * PAGE, "journal");
  const { log } = start(flash);
  const zeroed = new Set<number>();
  flash.onOperation = ({ kind, address, length }) => {
    if (kind === "write") for (let i = 0; i < length; i++) zeroed.add(address + i);
    else for (let i = 0; i < length; i++) expect(flash.bytes[address + i]).toBe(0);
  };
  wipeAreas(log);
  expect(zeroed.size).toBe(2 * AREA_PAGES * PAGE);
  expect(flash.bytes.subarray(0, 2 * AREA_PAGES * PAGE).every((byte) => byte === 0xff)).toBe(true);
  expect(flash.read(2 * AREA_PAGES * PAGE, 7)).toBe("journal");
  expect(start(flash).opened).toBe(Opened.Empty);
});
