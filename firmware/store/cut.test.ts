/** B5: power goes at any flash operation of the store, and each change is wholly there or not at all. */
import { NorFlash, Session, newWorld } from "../../hal/platform/sim/world";
import { PowerLost } from "../../hal/platform/sim/chip";
import { lockImage, readBoard } from "../../scripts/build/sources";
import { simEngine } from "../../test/engines/sim";
import { CODES, PAGE, command, enrol, eventCount, furnished, giveCode, newFlash, ownerOf, pairWith, passcodeOf, spend, start, stateOf, wearOut } from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Command, Part, Role, Sensor, Setting } from "../core/events";
import { Runtime } from "../runtime/runtime";
import { AREA_PAGES } from "./log";
import { storePreferences } from "./store";

type Change = (r: Runtime) => void;

const CHANGES: { [what: string]: Change } = {
  "a user added": (r) => { command(r, Command.AddUser, Role.User); },
  "a user deleted": (r) => { command(r, Command.DeleteUser, 2); },
  "a passcode replaced": (r) => { giveCode(r, Command.Passcode, "417903", 3); },
  "a duress passcode added": (r) => { giveCode(r, Command.Duress, "417903", 1); },
  "a visitor's code added": (r) => { giveCode(r, Command.TempAdd, "417903", 1, 2, 3); },
  "the first visitor's code deleted": (r) => { command(r, Command.TempDelete, 1); },
  "the last visitor's code deleted": (r) => { command(r, Command.TempDelete, 2); },
  "a visitor's code used": (r) => { spend(r, 1); },
  "a template added": (r) => { enrol(r, 3, Sensor.Finger, 11); },
  "a validity period": (r) => { command(r, Command.Valid, 2, 5, 6); },
  "a module paired": (r) => { pairWith(r, Part.Finger, "19aa".repeat(8)); },
  "a module to be paired anew": (r) => { command(r, Command.PairModule, Part.Finger); },
  "a setting": (r) => { command(r, Command.Set, Setting.Countdown, 33); },
};
const NAMES = Object.keys(CHANGES);

/** Only an administrator without a credential, as a new lock has it by command. */
function beforeFirstPasscode(): StrictFlash {
  const flash = newFlash();
  const r = start(flash);
  command(r, Command.Set, Setting.Direction, 1);
  command(r, Command.AddUser, Role.Admin);
  return flash;
}

const firstPasscode: Change = (r) => { giveCode(r, Command.Passcode, CODES[0], 1); };

/** Fills the area until this change does not fit any more: it is made in the midst of a change of area. */
function brimming(flash: StrictFlash, change: Change): StrictFlash {
  const r = start(flash);
  const { sequence } = r.store.log;
  const trial = start(copyOf(flash));
  change(trial);
  const needed = trial.store.log.next - r.store.log.next;
  while (r.store.log.next + needed <= (r.store.log.area + AREA_PAGES) * PAGE) storePreferences(r.store);
  expect(r.store.log.sequence).toBe(sequence);
  return flash;
}

type Way = number | undefined;
/** Before an operation, in the midst of it, after it. */
const WAYS: Way[] = [0, undefined, PAGE];

/** A change of area has many operations: each is cut in one way, in turn. */
const inTurn = (operation: number): Way[] => [WAYS[operation % WAYS.length]];

/** Starts with the supply cut before, in and after each operation of the change: as before up to some point, as after from there on. */
function cutEverywhere(base: StrictFlash, change: Change, ways: (operation: number) => Way[] = () => WAYS): void {
  const flash = copyOf(base);
  const whole = start(flash);
  const before = stateOf(whole);
  const from = flash.operations;
  change(whole);
  const operations = flash.operations - from;
  const after = stateOf(whole);
  expect(stateOf(start(copyOf(flash)))).toEqual(after);
  let changed = false;
  for (let operation = 1; operation <= operations; operation++) {
    for (const byte of ways(operation)) {
      const cut = copyOf(base);
      const r = start(cut);
      cut.cutAt({ operation, byte });
      expect(() => change(r)).toThrow(PowerLost);
      const state = stateOf(start(cut));
      changed = changed || JSON.stringify(state) !== JSON.stringify(before);
      expect(state).toEqual(changed ? after : before);
    }
  }
  expect(changed).toBe(true);
}

test.each(NAMES)("%s", (name) => { cutEverywhere(furnished(), CHANGES[name]); });

test.each(NAMES)("%s, where the area is full", (name) => { cutEverywhere(brimming(furnished(), CHANGES[name]), CHANGES[name], inTurn); });

test("the first administrator's passcode", () => { cutEverywhere(beforeFirstPasscode(), firstPasscode); });

test("the first administrator's passcode, where the area is full", () => {
  cutEverywhere(brimming(beforeFirstPasscode(), firstPasscode), firstPasscode);
});

test("a start that finds a torn record loses no more to the next cut, wherever that comes", () => {
  const base = furnished();
  const before = stateOf(start(base));
  const torn = copyOf(base);
  const r = start(torn);
  torn.cutAt({ operation: 1 });
  expect(() => storePreferences(r.store)).toThrow(PowerLost);
  for (let operation = 1; ; operation++) {
    const flash = copyOf(torn);
    flash.cutAt({ operation });
    let lost = false;
    try {
      expect(stateOf(start(flash))).toEqual(before);
    } catch (error) {
      if (!(error instanceof PowerLost)) throw error;
      lost = true;
    }
    flash.cutAt(null);
    expect(stateOf(start(flash))).toEqual(before);
    if (lost) continue;
    // Three erases, all that holds, and the header.
    expect(operation).toBeGreaterThan(20);
    break;
  }
});

describe("R1: a factory reset is wholly done or not at all, by the next start at the latest", () => {
  const CUT = "the supply went";

  /** Each flash that a reset can leave behind. @param areaChanges how often the area had changed before */
  function eachHalfReset(areaChanges: number, look: (flash: NorFlash, operation: number) => void): void {
    const base = furnished();
    const r = start(base);
    for (let i = 0; i < areaChanges; i++) wearOut(r);
    // The area that gave way last still holds somebody who has been deleted since.
    command(r, Command.DeleteUser, 2);
    for (let operation = 1; ; operation += operation > 380 ? 1 : 5) {
      const flash = copyOf(base);
      const lock = start(flash);
      flash.cutAt({ operation });
      try {
        command(lock, Command.FactoryReset);
        expect(operation).toBeGreaterThan(3);
        return;
      } catch (error) {
        if (!(error instanceof PowerLost)) throw error;
      }
      look(flash, operation);
    }
  }

  const everybody = [passcodeOf(1), 0, passcodeOf(3), passcodeOf(4), 0];
  const nobody = [0, 0, 0, 0, 0];

  test.each([0, 1, 2])("everybody is still there or nobody is, after %i changes of area", (areaChanges) => {
    eachHalfReset(areaChanges, (flash, operation) => {
      const r = start(flash);
      const found = CODES.map((code) => ownerOf(r, code));
      expect([CUT, operation, found]).toEqual([CUT, operation, found[0] === 0 ? nobody : everybody]);
    });
  });

  test("the events are gone when the users are", () => {
    eachHalfReset(1, (flash, operation) => {
      const r = start(flash);
      if (ownerOf(r, CODES[0]) === 0) expect([CUT, operation, eventCount(r) <= 1]).toEqual([CUT, operation, true]);
    });
  });

  test("no module keeps a template when the users are gone", () => {
    for (let operation = 1; operation < 410; operation += operation < 10 || operation > 380 ? 1 : 25) {
      const world = newWorld({ board: readBoard("sim"), engine: simEngine(lockImage("sim")), seed: "cut" });
      const session = new Session(world);
      world.powerOn();
      for (const line of ["interactive off", "set direction right", "user add admin", "passcode set 1 604827", "wait 3s", "enrol 1 palm", "palm 5", "wait 3s"]) {
        expect(session.perform(line).at(-1)).toBe("ok");
      }
      expect(world.palmFace?.palm.templates).toHaveLength(1);
      session.perform(`power cut ${operation}`);
      session.perform("factory-reset");
      world.flash.cutAt(null);
      if (!world.machine.powered) session.perform("power on");
      // Long enough for the module to start and to be emptied.
      session.perform("wait 12s");
      const users = session.perform("users").filter((line) => line.startsWith("user "));
      expect([CUT, operation, world.palmFace?.palm.templates.length]).toEqual([CUT, operation, users.length]);
    }
  });
});
