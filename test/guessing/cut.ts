/** What somebody learns who cuts the supply between `ok` and the answer, tried on the simulated lock. */
import { Limit } from "../../firmware/limits";
import { Session, standingOf, travelMs } from "../../hal/platform/sim/world";
import { Kept, adminCode, give, keep, resume, settledLock, wrongCode } from "../../scripts/bench/lock";
import { Stopwatch } from "../../scripts/bench/unlock";
import { lockImage } from "../../scripts/build/sources";
import { simEngine } from "../engines/sim";

const engine = simEngine(lockImage("sim"));
/** More than a step that counts or grants makes. */
const mostOperations = 8;
/** More than fill an area. */
const mostSettings = 1000;

/** A moment at which the right code is told from a wrong one, and the wrong one is not counted. */
export interface Telling {
  lock: string;
  /** The supply goes in the midst of this flash operation, from 1. */
  operation: number;
}

function furnished(): Session {
  const session = settledLock(engine);
  give(session, "wait 4s");
  return session;
}

function lockAfter(failures: number): Kept {
  const session = furnished();
  for (let i = 0; i < failures; i++) give(session, `keys ${wrongCode} ok`);
  return keep(session);
}

const operationsOf = (session: Session, line: string): number => {
  const before = session.world.flash.operations;
  give(session, line);
  return session.world.flash.operations - before;
};

/** Settings that are written until the state changes its area; null if no setting ever has to wait for that. */
function settingsUntilFull(): number | null {
  const session = furnished();
  for (let i = 1; i < mostSettings; i++) if (operationsOf(session, `set volume ${i % 4}`) > mostOperations) return i;
  return null;
}

/** No failure counts, and the next one has to wait for a change of area; null where none ever has to. */
function lockBeforeChange(): Kept | null {
  const settings = settingsUntilFull();
  if (settings === null) return null;
  // The change may fall due at the right code's own record: then one more makes it the wrong one's.
  for (const more of [0, 1]) {
    const session = furnished();
    for (let i = 1; i < settings - 1; i++) give(session, `set volume ${i % 4}`);
    for (let i = 0; i < more; i++) give(session, `keys ${wrongCode} ok`);
    for (let i = 0; i < mostOperations; i++) {
      give(session, `keys ${adminCode} ok`);
      give(session, "wait 30s");
      // The bolt has been withdrawn: for the next one it is thrown.
      const kept = { flash: session.world.flash.bytes.slice(), standing: { ...standingOf(session.world), boltMs: travelMs } };
      if (operationsOf(session, `keys ${wrongCode} ok`) > mostOperations) return kept;
    }
  }
  return null;
}

/** @returns whether the motor ran, and what was left */
function cutIn(kept: Kept, code: string, operation: number): { ran: boolean; left: Kept } {
  const watch = new Stopwatch(engine);
  const session = resume(watch.start, kept);
  give(session, `keys ${code}`);
  session.world.flash.cutAt({ operation });
  let ran = false;
  watch.onDriven = () => { ran = true; };
  session.perform("key ok");
  return { ran, left: keep(session) };
}

/** What the lock counts at the next wrong code; more than that can be in a lockout. */
function nextCount(kept: Kept): number {
  const session = resume(engine, kept);
  give(session, "trace on");
  give(session, `keys ${wrongCode} ok`);
  const line = session.trace.find((one) => / fail count=/.test(one));
  session.world.powerOff();
  return line === undefined ? Limit.lockoutFailures + 1 : Number(line.split("=")[1]);
}

/** Every moment that tells, after each number of failures that leaves the keypad open, and where the state is about to change its area. */
export function tellingCuts(): Telling[] {
  const found: Telling[] = [];
  const find = (lock: string, kept: Kept): void => {
    const before = nextCount(kept);
    for (let operation = 1; operation <= mostOperations; operation++) {
      if (!cutIn(kept, adminCode, operation).ran) continue;
      if (nextCount(cutIn(kept, wrongCode, operation).left) === before) found.push({ lock, operation });
    }
  };
  for (let failures = 0; failures < Limit.lockoutFailures; failures++) find(`${failures} failures before`, lockAfter(failures));
  const full = lockBeforeChange();
  if (full !== null) find("the area full", full);
  return found;
}

/** From the supply's return to the first key that is felt, s. */
export function bootS(): number {
  const session = furnished();
  session.world.powerOff();
  const before = session.world.nowMs;
  give(session, "power on");
  return (session.world.nowMs - before) / 1000;
}
