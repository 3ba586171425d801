/** What takes long in flash is done while nobody waits for it, and a cut in it loses nothing. */
import { PowerLost } from "../../hal/platform/sim/chip";
import { Session, newWorld } from "../../hal/platform/sim/world";
import { lockImage, readBoard } from "../../scripts/build/sources";
import { simEngine } from "../../test/engines/sim";
import { CODES, eventCount, furnished, ownerOf, passcodeOf, start, stateOf } from "../../test/rig/stored-lock";
import { StrictFlash, copyOf } from "../../test/rig/strict-flash";
import { Runtime } from "../runtime/runtime";
import { addEvent } from "./journal";
import { freeBytes } from "./log";
import { Tidied, storePreferences, storeTidy } from "./store";

function settled(flash?: Uint8Array): Session {
  const world = newWorld({ board: readBoard("sim"), engine: simEngine(lockImage("sim")), seed: "tidy", ...(flash === undefined ? {} : { flash }) });
  const session = new Session(world);
  world.powerOn();
  session.perform("wait 1s");
  return session;
}

function give(session: Session, lines: string[]): void {
  for (const line of lines) expect([line, session.perform(line).at(-1)]).toEqual([line, "ok"]);
}

const INSTALL = ["interactive off", "trace on", "set direction right", "user add admin", "passcode set 1 604827", "wait 30s"];

test("in 3000 unlockings with failures between, no page is erased but with the keypad dark and the motor at rest", () => {
  const session = settled();
  give(session, INSTALL);
  let awake = false;
  let driving = false;
  session.onLine = (line) => {
    if (/ keypad (on|off)/.test(line)) awake = / keypad on/.test(line);
    if (/ motor /.test(line)) driving = !/ motor stop/.test(line);
  };
  let erases = 0;
  const disturbing: string[] = [];
  session.world.flash.onOperation = ({ kind, address }) => {
    if (kind === "write") return;
    erases++;
    if (awake || driving) disturbing.push(`${session.trace.at(-1)}: page at ${address}`);
  };
  for (let i = 0; i < 3000; i++) {
    if (i % 3 === 0) give(session, ["keys 555005 ok"]);
    give(session, ["keys 604827 ok", "wait 2s", "button lock", "wait 21s"]);
    session.trace.length = 0;
    session.transcript.length = 0;
  }
  expect(disturbing).toEqual([]);
  // Each page of the journal once in 203 events, each area a few times.
  expect(erases).toBeGreaterThan(40);
  expect(erases).toBeLessThan(400);
}, 60000);

test("where nobody leaves the keypad dark, the area is changed when it is full all the same", () => {
  const flash = furnished();
  const r = start(flash);
  for (let i = 0; i < 2000; i++) storePreferences(r.store);
  expect(stateOf(start(flash))).toEqual(stateOf(r));
  expect(r.store.log.sequence).toBeGreaterThan(1);
});

test("a change of area ahead of need is done once, when little room is left, and does not come back at once", () => {
  const flash = furnished();
  const r = start(flash);
  const { sequence } = r.store.log;
  while (storeTidy(r.store) === Tidied.Broken || r.store.log.sequence === sequence) storePreferences(r.store);
  expect(freeBytes(r.store.log)).toBeGreaterThan(8000);
  const { operations } = flash;
  for (let i = 0; i < 20; i++) storeTidy(r.store);
  expect(flash.operations).toBe(operations);
});

describe("B5: power goes in the midst of what is done ahead", () => {
  function crampedArea(): StrictFlash {
    const flash = furnished();
    const r = start(flash);
    while (freeBytes(r.store.log) > 900) storePreferences(r.store);
    return flash;
  }

  function pageJustBegun(): StrictFlash {
    const flash = furnished();
    const { journal } = start(flash).store;
    while (journal.ready) addEvent(journal, 0, false, 1, 0, 0);
    return flash;
  }

  test.each([["page of the journal", pageJustBegun, 2], ["change of area", crampedArea, 20]])("a %s: at every operation, and nothing is lost", (_what, make, least) => {
    const base = make();
    const whole = copyOf(base);
    const r = start(whole);
    const before = stateOf(r);
    const events = eventCount(r);
    const act = (lock: Runtime): void => { for (let i = 0; i < 3; i++) storeTidy(lock.store); };
    const lengths: number[] = [];
    whole.onOperation = ({ length }) => lengths.push(length);
    act(r);
    expect(lengths.length).toBeGreaterThanOrEqual(least);
    lengths.forEach((length, i) => {
      for (const byte of length === 11 ? Array.from({ length: length + 1 }, (_, n) => n) : [0, 1, length - 1, length]) {
        const flash = copyOf(base);
        const lock = start(flash);
        flash.cutAt({ operation: i + 1, byte });
        expect(() => act(lock)).toThrow(PowerLost);
        const again = start(flash);
        expect([i, byte, stateOf(again), eventCount(again)]).toEqual([i, byte, before, events]);
        expect(ownerOf(again, CODES[0])).toBe(passcodeOf(1));
      }
    });
  }, 60000);
});

test("a journal that somebody has cut an event out of is told of once, and marked whenever it is listed", () => {
  const session = settled();
  give(session, [...INSTALL, "keys 604827 ok", "wait 30s", "key bell", "wait 30s", "power off"]);
  const flash = Uint8Array.from(session.world.flash.bytes);
  // The passcode that was added: the fourth event.
  flash.fill(0, 0x6000 + 4 * 20, 0x6000 + 5 * 20);
  const told: number[] = [];
  let bytes = flash;
  for (let i = 0; i < 3; i++) {
    const again = settled(bytes);
    give(again, ["wait 30s"]);
    const listed = again.perform("events");
    told.push(listed.filter((line) => /^event \d+ \d+ journal-broken$/.test(line)).length);
    expect(listed.filter((line) => line.startsWith("broken"))).toEqual(["broken before event 5"]);
    expect(listed.some((line) => line.startsWith("event 4 "))).toBe(false);
    give(again, ["power off"]);
    bytes = Uint8Array.from(again.world.flash.bytes);
  }
  expect(told).toEqual([1, 1, 1]);
});

test("events that were there at the start before are gone, with the whole journal: it is told once, and the numbers go on", () => {
  const session = settled();
  give(session, [...INSTALL, "keys 604827 ok", "wait 30s", "power off"]);
  // The second start keeps the number of the event that it begins with: so much is known of the journal that is gone.
  give(session, ["power on", "wait 30s"]);
  const known = Number(/^event (\d+) \d+ boot/.exec(session.perform("events 16777215 1")[0])?.[1]);
  expect(known).toBeGreaterThan(5);
  give(session, ["keys 604827 ok", "wait 30s", "power off"]);
  let bytes = Uint8Array.from(session.world.flash.bytes).fill(0xff, 0x6000);
  for (let i = 0; i < 3; i++) {
    const again = settled(bytes);
    give(again, ["wait 30s"]);
    const listed = again.perform("events").reverse();
    expect(listed.filter((line) => / (broken|journal-broken)/.test(` ${line}`))).toEqual([`broken before event ${known}`, `event ${known + 1} 0 journal-broken`]);
    give(again, ["power off"]);
    bytes = Uint8Array.from(again.world.flash.bytes);
  }
});
