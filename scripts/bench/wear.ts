/** What the lock writes into its flash and erases there, counted on the simulator. */
import { Engine } from "../../hal/platform/sim/chip";
import { NorFlash, Session } from "../../hal/platform/sim/world";
import { Kept, adminCode, give, keep, resume, wrongCode } from "./lock";
import { Stopwatch } from "./unlock";

/** Erases that a page of the flash bears, from the data sheets of the usual chips. */
export const enduredErases = 100000;
export const unlocksADay = 100;

/** What was done to the flash. */
export interface Work {
  erases: number;
  bytes: number;
}

/** Counts the work of a flash from now on. */
class FlashMeter {
  readonly work: Work = { erases: 0, bytes: 0 };
  readonly erasesOfPage: number[];

  constructor(flash: NorFlash) {
    this.erasesOfPage = new Array<number>(flash.pages).fill(0);
    flash.onOperation = ({ kind, address, length }) => {
      if (kind === "write") this.work.bytes += length;
      else {
        this.work.erases++;
        this.erasesOfPage[Math.floor(address / flash.pageSize)]++;
      }
    };
  }

  /** What the lines cause. */
  during(act: () => void): Work {
    const { erases, bytes } = this.work;
    act();
    return { erases: this.work.erases - erases, bytes: this.work.bytes - bytes };
  }
}

/** A page change belongs to no single step: the median leaves it out. */
function typicalBytes(works: Work[]): number {
  return works.map(({ bytes }) => bytes).sort((a, b) => a - b)[works.length >> 1];
}

export interface Wear {
  /** Bytes, page changes left out. */
  unlock: number;
  /** Of the unlocking and of the locking behind it. */
  unlockAndLock: number;
  /** The same, page changes included: the mean. */
  mean: number;
  erasesPer1000Events: number;
  /** Until the most worn page has borne its erases. */
  years: number;
}

/** So many unlockings, each followed by opening, closing and locking, 100 of them a day. */
export function wearOf(engine: Engine, kept: Kept, unlockings: number): Wear {
  const session = resume(engine, kept);
  const meter = new FlashMeter(session.world.flash);
  const first = lastEvent(session);
  const unlocks: Work[] = [];
  const both: Work[] = [];
  for (let i = 0; i < unlockings; i++) {
    both.push(meter.during(() => {
      unlocks.push(meter.during(() => {
        give(session, `keys ${adminCode} ok`);
        give(session, "wait 3s");
      }));
      for (const line of ["door open", "wait 5s", "door close", "wait 1s", "button lock", "wait 14m"]) give(session, line);
    }));
  }
  const erasesAnUnlocking = Math.max(...meter.erasesOfPage) / unlockings;
  return {
    unlock: typicalBytes(unlocks), unlockAndLock: typicalBytes(both), mean: meter.work.bytes / unlockings,
    erasesPer1000Events: 1000 * meter.work.erases / (lastEvent(session) - first),
    years: enduredErases / (erasesAnUnlocking * unlocksADay * 365.25),
  };
}

function lastEvent(session: Session): number {
  const [line] = session.perform("events 16777215 1");
  return Number(line.split(" ")[1]);
}

/** @returns bytes of a failed attempt, page changes left out */
export function bytesOfFailure(engine: Engine, kept: Kept): number {
  const session = resume(engine, kept);
  const meter = new FlashMeter(session.world.flash);
  const works: Work[] = [];
  for (let i = 0; i < 15; i++) {
    works.push(meter.during(() => give(session, `keys ${wrongCode} ok`)));
    give(session, "wait 6m");
  }
  return typicalBytes(works);
}

/** @returns bytes of a user and its passcode */
export function bytesOfUser(session: Session, codeOf: (user: number) => string): number {
  const meter = new FlashMeter(session.world.flash);
  const works: Work[] = [];
  for (let user = 2; user <= 10; user++) {
    works.push(meter.during(() => {
      give(session, "user add user");
      give(session, `passcode set ${user} ${codeOf(user)}`);
    }));
  }
  return typicalBytes(works);
}

/** A grant, and the lock as it was switched on before it. */
export interface Grant {
  before: Kept;
  /** Between `ok` and the motor. */
  path: Work;
}

/** Switched on, a wrong code, then the right one, whose count has to be stored too. @returns what stood between its `ok` and the motor */
export function grantAfterFailure(watch: Stopwatch, kept: Kept): { path: Work; after: Kept } {
  const session = resume(watch.start, kept);
  const meter = new FlashMeter(session.world.flash);
  for (const line of [`keys ${wrongCode} ok`, "wait 1m", "touch"]) give(session, line);
  const { erases, bytes } = meter.work;
  const path: Work = { erases: NaN, bytes: NaN };
  watch.onDriven = () => {
    path.erases = meter.work.erases - erases;
    path.bytes = meter.work.bytes - bytes;
    watch.onDriven = () => undefined;
  };
  for (const line of [`keys ${adminCode} ok`, "wait 3s", "button lock", "wait 1m"]) give(session, line);
  if (Number.isNaN(path.erases)) throw new Error("the motor was not driven");
  return { path, after: keep(session) };
}

/** The grant with the most work between `ok` and the motor, of so many that a page change falls due in some. */
export function worstGrant(engine: Engine, kept: Kept, grants: number): Grant {
  const watch = new Stopwatch(engine);
  let before = kept;
  let worst: Grant = { before, path: { erases: -1, bytes: 0 } };
  for (let i = 0; i < grants; i++) {
    const { path, after } = grantAfterFailure(watch, before);
    if (path.erases > worst.path.erases || (path.erases === worst.path.erases && path.bytes > worst.path.bytes)) worst = { before, path };
    before = after;
  }
  return worst;
}
