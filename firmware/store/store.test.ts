import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PowerLost } from "../../hal/platform/sim/chip";
import { Session, newWorld } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { lockImage, readBoard } from "../../scripts/build/sources";
import { simEngine } from "../../test/engines/sim";
import {
  CODES, PAGE, VISITORS, command, digests, duressOf, enrol, eventCount, furnish, furnished, giveCode, newFlash, ownerOf, passcodeOf, records,
  spend, start, stateOf, tryStart, visitorsCode, wearOut,
} from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Command, Journal as Kind, Role, Save, Sensor, Setting } from "../core/events";
import { CodeRecord } from "../core/passcode/match";
import { TemplateRecord, templateUser } from "../core/users/templates";
import { findTemp, tempUses } from "../core/users/temps";
import { userRecord } from "../core/users/table";
import { Runtime } from "../runtime/runtime";
import { draw } from "../runtime/random";
import { DIGEST } from "../runtime/vault";
import { eachNewest } from "./journal";
import { AREA_PAGES } from "./log";
import { storeNotes, storePreferences, storeSave } from "./store";

const OWNERS = [1, 2, 3, 4].map(passcodeOf).concat(duressOf(2));

test("everything comes back after a restart, and every code still matches", () => {
  const flash = newFlash();
  const r = start(flash);
  furnish(r);
  const again = start(flash);
  expect(stateOf(again)).toEqual(stateOf(r));
  expect(CODES.map((code) => ownerOf(again, code))).toEqual(OWNERS);
  expect(VISITORS.map((code) => ownerOf(again, code))).toEqual([1, 2].map(visitorsCode));
  expect(ownerOf(again, "604828")).toBe(0);
});

test("counters come back, a debt of the budget too; failures count as made at the start (L5)", () => {
  const flash = newFlash();
  const r = start(flash);
  Object.assign(r.lock, { failures: [1, 2, 3], stage: 5, lockedOutS: 3600, budget: -14, quiet: Array(19).fill(9), armed: 1, throwing: 1, low: 1 });
  storeSave(r.store, Save.Counters);
  const again = start(flash);
  expect(stateOf(again)).toEqual(stateOf(r));
  expect(again.lock.failures).toEqual([0, 0, 0]);
});

test("what the console keeps comes back", () => {
  const flash = newFlash();
  const r = start(flash);
  Object.assign(r.store.prefs, { trace: 1, interactive: 0, password: "\x00\xff23456789abcdef" });
  storePreferences(r.store);
  expect(start(flash).store.prefs).toEqual(r.store.prefs);
});

test("areas are rewritten again and again: nothing changes, and every code still matches", () => {
  const flash = furnished();
  let r = start(flash);
  const { sequence } = r.store.log;
  for (let round = 0; round < 7; round++) {
    const before = stateOf(r);
    wearOut(r);
    expect({ ...stateOf(r), settings: 0 }).toEqual({ ...before, settings: 0 });
    // Both a lock that has just started and one that has run through a change go on from here.
    const again = start(round % 2 === 0 ? flash : copyOf(flash));
    expect(stateOf(again)).toEqual(stateOf(r));
    expect(CODES.map((code) => ownerOf(again, code))).toEqual(OWNERS);
    if (round % 2 === 0) r = again;
  }
  expect(r.store.log.sequence).toBe(sequence + 7);
});

test("C1: the fullest lock there can be fits into an area and survives its rewriting", () => {
  const flash = newFlash();
  const r = start(flash);
  const code = (n: number): string => `${4 + n % 5}${(n * 7919 + 10007).toString().padStart(9, "0")}`;
  for (let user = 1; user <= 50; user++) {
    command(r, Command.AddUser, user === 1 ? Role.Admin : Role.User);
    for (const sensor of [Sensor.Face, Sensor.Palm, Sensor.Finger]) enrol(r, user, sensor, user * 80 + sensor);
    giveCode(r, Command.Passcode, code(user), user);
    giveCode(r, Command.Duress, code(user + 100), user);
  }
  for (let id = 1; id <= 20; id++) giveCode(r, Command.TempAdd, code(id + 200), 1, 9999999, 4000);
  expect(r.vault.index.length).toBe(120 * CodeRecord.Width);
  expect(r.lock.templates.length).toBe(150 * TemplateRecord.Width);
  for (let round = 0; round < 3; round++) {
    wearOut(r);
    expect(stateOf(start(copyOf(flash)))).toEqual(stateOf(r));
  }
  const again = start(flash);
  expect([1, 25, 50].map((n) => ownerOf(again, code(n)))).toEqual([1, 25, 50].map(passcodeOf));
  expect(ownerOf(again, code(220))).toBe(visitorsCode(20));
});

test.each([["at once", false], ["after the area was rewritten", true]])(
  "M5: a deleted user is gone after a restart with its templates and codes, and its number begins with nothing, %s", (_when, rewritten) => {
    const flash = furnished();
    const r = start(flash);
    command(r, Command.DeleteUser, 2);
    if (rewritten) wearOut(r);
    const again = start(flash);
    expect(stateOf(again)).toEqual(stateOf(r));
    expect(records(again.lock.templates, TemplateRecord.Width).map((record) => templateUser(record, 0))).toEqual([4]);
    expect(CODES.map((code) => ownerOf(again, code))).toEqual([passcodeOf(1), 0, passcodeOf(3), passcodeOf(4), 0]);
    // The visitor with the same number is somebody else.
    expect(ownerOf(again, VISITORS[1])).toBe(visitorsCode(2));
    command(again, Command.AddUser, Role.User);
    expect(userRecord(again.lock.users, 2)).toBe("1000000000000");
    expect(ownerOf(start(flash), CODES[1])).toBe(0);
  });

test("a passcode that was replaced is none after a restart", () => {
  const flash = furnished();
  const r = start(flash);
  giveCode(r, Command.Passcode, "417903", 2);
  wearOut(r);
  const again = start(flash);
  expect(ownerOf(again, CODES[1])).toBe(0);
  expect(ownerOf(again, "417903")).toBe(passcodeOf(2));
  expect(ownerOf(again, CODES[4])).toBe(duressOf(2));
});

test("U6: uses of a visitor's code are counted across restarts, to the last", () => {
  const flash = furnished();
  const uses = [];
  for (let i = 0; i < 4; i++) {
    const r = start(flash);
    uses.push(tempUses(r.lock.temps, findTemp(r.lock.temps, 1)));
    spend(r, 1);
    if (i === 1) wearOut(r);
  }
  // As stored: n + 1 for n left; 1 is used up, and stays so.
  expect(uses).toEqual([4, 3, 2, 1]);
  const { lock } = start(flash);
  expect([1, 2].map((id) => tempUses(lock.temps, findTemp(lock.temps, id)))).toEqual([1, 0]);
});

test("the numbers of events go on after a restart, also when the area was rewritten", () => {
  const flash = furnished();
  let next = start(flash).store.journal.number;
  for (let round = 0; round < 3; round++) {
    const r = start(flash);
    expect(r.store.journal.number).toBe(next);
    wearOut(r);
    next = r.store.journal.number;
    r.out.notes = 2;
    expect(storeNotes(r.store, r.out)).toBe(next);
    next = next + 2;
  }
});

describe("R1: factory reset", () => {
  test("the lock is as new, with another key", () => {
    const flash = furnished();
    const r = start(flash);
    const { key } = r.vault;
    command(r, Command.FactoryReset);
    const again = start(flash);
    expect(again.vault.key).not.toBe(key);
    const asNew = (lock: Runtime): object => ({ ...stateOf(lock), key: "", prefs: { ...lock.store.prefs, journalKey: "" } });
    expect(asNew(again)).toEqual(asNew(start(newFlash())));
    expect(CODES.map((code) => ownerOf(again, code))).toEqual([0, 0, 0, 0, 0]);
    // Its own event may stand there.
    expect(eventCount(again)).toBeLessThanOrEqual(1);
  });

  test("C9: nothing of the old key or of any digest is left in the flash", () => {
    const flash = furnished();
    const r = start(flash);
    wearOut(r);
    r.store.prefs.password = "0123456789abcdef";
    storePreferences(r.store);
    const secrets = [r.vault.key, r.store.prefs.password, ...digests(r)];
    expect(secrets.map((secret) => secret.length)).toEqual([32, ...Array<number>(8).fill(DIGEST)]);
    // Four bytes in a row are no chance in an image of this size.
    const pieces = secrets.flatMap((secret) => Array.from({ length: secret.length - 3 }, (_, i) => secret.substring(i, i + 4)));
    const image = (): string => Buffer.from(flash.bytes).toString("latin1");
    expect(pieces.every((piece) => image().includes(piece))).toBe(true);
    command(r, Command.FactoryReset);
    expect(pieces.filter((piece) => image().includes(piece))).toEqual([]);
  });
});

describe("a store that a newer firmware wrote", () => {
  function newer(): StrictFlash {
    const flash = furnished();
    const head = "\x05H30002";
    // The first passcode has changed the area: this one is empty.
    flash.write(0, head + sha256(head).substring(0, 4));
    return flash;
  }

  test("is refused, and the refusal writes nothing", () => {
    const flash = newer();
    const { operations } = flash;
    expect(tryStart(flash)).toBeNull();
    expect(flash.operations).toBe(operations);
  });

  test("is not touched by anything that happens to the lock afterwards", () => {
    const { bytes } = newer();
    const world = newWorld({ board: readBoard("sim"), engine: simEngine(lockImage("sim")), flash: bytes });
    const session = new Session(world);
    world.powerOn();
    const touched: string[] = [];
    for (const line of ["wait 1s", "trace on", "interactive off", "password kestrel-four", "key bell", "touch", "keys 604827 ok", "door open", "door close",
      "tamper open", "button set", "finger 7", "battery 6900", "wait 61m", "user add admin", "set volume 1", "factory-reset"]) {
      const { operations } = world.flash;
      session.perform(line);
      if (world.flash.operations !== operations) touched.push(line);
    }
    expect(touched).toEqual([]);
    expect(Buffer.compare(bytes, world.flash.bytes)).toBe(0);
  });
});

/** @param text lines of a dump: the address, two blanks, the bytes in hex */
function flashOf(text: string): StrictFlash {
  const flash = newFlash();
  for (const [, address, bytes] of text.matchAll(/^([0-9a-f]{4}) {2}((?:[0-9a-f]{2} )+)/gm)) {
    flash.write(parseInt(address, 16), Buffer.from(bytes.replace(/ /g, ""), "hex").toString("latin1"));
  }
  return flash;
}

function expectExample(r: Runtime): void {
  expect([CODES[0], VISITORS[0]].map((code) => ownerOf(r, code))).toEqual([passcodeOf(1), visitorsCode(1)]);
  expect(r.lock.settings[Setting.Direction]).toBe(1);
}

test("the example in FORMAT.md is a store that this firmware reads", () => {
  const flash = flashOf(readFileSync(join(__dirname, "FORMAT.md"), "utf8"));
  const erases: number[] = [];
  flash.onOperation = ({ kind, address }) => { if (kind === "erase") erases.push(address); };
  const r = start(flash);
  expect(erases).toEqual([]);
  expectExample(r);
  expect([eventCount(r), r.store.journal.number]).toEqual([5, 6]);
});

test("the random bytes of two starts differ, although the chip's are the same at each", () => {
  const flash = furnished();
  const drawn = [1, 2, 3].map(() => draw(start(flash).store.generator, 32));
  expect(new Set(drawn).size).toBe(3);
});

describe("a store of version 1", () => {
  const old = (): StrictFlash => flashOf(readFileSync(join(__dirname, "version-1.dump"), "utf8"));
  const listed = (r: Runtime): number[][] => {
    const list: number[][] = [];
    eachNewest(r.store.journal, (entry) => list.push([entry.number, entry.kind]) > 0);
    return list;
  };

  test("is taken over: users, codes, settings and key; its events are gone, and the first new one says so", () => {
    const flash = old();
    expectExample(start(flash));
    for (let i = 0; i < 3; i++) {
      const r = start(flash);
      expectExample(r);
      expect(listed(r)).toEqual([[1, Kind.JournalBegun]]);
    }
    expect(flash.read(AREA_PAGES * PAGE, 7)).toBe("\x05H20002");
  });

  test("wherever the supply goes: the next start finds all of it, in one version or the other", () => {
    for (let operation = 1; ; operation++) {
      let cut = false;
      for (const byte of [0, 1, undefined, 19]) {
        const flash = old();
        flash.cutAt({ operation, byte });
        try {
          start(flash);
        } catch (error) {
          if (!(error instanceof PowerLost)) throw error;
          cut = true;
        }
        flash.cutAt(null);
        const r = start(flash);
        expectExample(r);
        expect(listed(r).every(([number, kind], i, all) => kind === Kind.JournalBegun && number === all.length - i)).toBe(true);
        expect(listed(r).length).toBeGreaterThanOrEqual(1);
        expect(flash.read(AREA_PAGES * PAGE, 7)).toBe("\x05H20002");
        command(r, Command.Set, Setting.Volume, 1);
        expectExample(start(flash));
      }
      if (cut) continue;
      expect(operation).toBeGreaterThan(10);
      break;
    }
  });
});
