/** B5: what a cut leaves in the cells may read now so, now so, until it is written or erased again. A start makes it firm. */
import { PowerLost } from "../../hal/platform/sim/chip";
import { CODES, PAGE, command, enrol, furnished, giveCode, ownerOf, passcodeOf, start, stateOf, wearOut } from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Command, Journal as Kind, Role, Sensor, Setting } from "../core/events";
import { Runtime } from "../runtime/runtime";
import { addEvent, checkLinks, eachNewest, isBroken } from "./journal";
import { freeBytes } from "./log";
import { storePreferences, storeTidy } from "./store";

type Act = (r: Runtime) => void;

function pageJustBegun(): StrictFlash {
  const flash = furnished();
  const { journal } = start(flash).store;
  while (journal.ready) addEvent(journal, 0, false, 1, 0, 0);
  return flash;
}

function cramped(): StrictFlash {
  const flash = furnished();
  const r = start(flash);
  while (freeBytes(r.store.log) > 900) storePreferences(r.store);
  return flash;
}

function nearPageEnd(): StrictFlash {
  const flash = furnished();
  const r = start(flash);
  while (r.store.log.next % PAGE < PAGE - 160) storePreferences(r.store);
  return flash;
}

const tidy: Act = (r) => { for (let i = 0; i < 3; i++) storeTidy(r.store); };

const ACTS: [string, () => StrictFlash, Act][] = [
  ["a setting", furnished, (r) => { command(r, Command.Set, Setting.Countdown, 33); }],
  ["a user added, and a page made ready", pageJustBegun, (r) => { command(r, Command.AddUser, Role.User); }],
  ["a passcode at the end of a page", nearPageEnd, (r) => { giveCode(r, Command.Passcode, "417903", 3); }],
  ["a template", furnished, (r) => { enrol(r, 3, Sensor.Finger, 11); }],
  ["a page made ready", pageJustBegun, tidy],
  ["a change of area", cramped, tidy],
  ["a start", furnished, () => undefined],
];

/** The events, newest first; none may be broken. */
function events(r: Runtime): number[] {
  const list: number[] = [];
  eachNewest(r.store.journal, (entry) => {
    expect([entry.number, entry.kind === Kind.JournalBroken, isBroken(r.store.journal, entry)]).toEqual([entry.number, false, false]);
    return list.push(entry.number) > 0;
  });
  while (!r.store.journal.checked) expect(checkLinks(r.store.journal, 8)).toBe(false);
  return list;
}

/** Starts, acts, and the supply goes. @returns false when the cut lies behind all of it */
function cutAt(flash: StrictFlash, act: Act, operation: number, byte: number | undefined): boolean {
  flash.cutAt({ operation, byte });
  try {
    act(start(flash));
  } catch (error) {
    if (!(error instanceof PowerLost)) throw error;
    return true;
  }
  flash.cutAt(null);
  return false;
}

test.each(ACTS)("%s: what the first start after a cut found stays so, and goes on", (_what, make, act) => {
  const base = make();
  const before = stateOf(start(copyOf(base)));
  const whole = start(copyOf(base));
  act(whole);
  const after = stateOf(whole);
  const known = events(start(copyOf(base)))[0];
  for (let operation = 1; ; operation++) {
    let cut = false;
    for (const byte of [0, 7, undefined, 19]) {
      const flash = copyOf(base);
      flash.weaken(operation * 64 + (byte ?? 40));
      cut = cutAt(flash, act, operation, byte) || cut;
      const r = start(flash);
      const found = stateOf(r);
      expect([JSON.stringify(before), JSON.stringify(after)]).toContain(JSON.stringify(found));
      const newest = events(r)[0];
      expect(newest).toBeGreaterThanOrEqual(known);
      addEvent(r.store.journal, 0, false, 1, 0, 0);
      for (let i = 0; i < 3; i++) {
        const again = start(flash);
        expect([operation, byte, i, stateOf(again)]).toEqual([operation, byte, i, found]);
        expect(events(again)[0]).toBe(newest + 1);
      }
      // Takes most of the time, so once an operation.
      if (byte !== 7) continue;
      const last = start(flash);
      storeTidy(last.store);
      wearOut(last);
      expect(events(start(flash))[0]).toBeGreaterThan(newest + 1);
      expect(ownerOf(start(flash), CODES[0])).toBe(passcodeOf(1));
    }
    if (!cut) break;
  }
}, 120000);
