import { Engine } from "../../hal/platform/sim/chip";
import { Session, Standing, newWorld, standingOf } from "../../hal/platform/sim/world";
import { readBoard } from "../build/sources";

/** The administrator's. */
export const adminCode = "604827";
/** No code of anybody, and none contains it. */
export const wrongCode = "555000";

/** A lock without power, as another engine can begin with it. */
export interface Kept {
  flash: Uint8Array;
  standing: Standing;
}

/** A lock on an engine, its door direction set, no countdown, administrator 1 with the code 604827. */
export function settledLock(engine: Engine): Session {
  const session = new Session(newWorld({ board: readBoard("sim"), engine, seed: "bench" }));
  session.world.powerOn();
  for (const line of ["interactive off", "trace off", "set direction right", "set countdown off", "user add admin", `passcode set 1 ${adminCode}`]) give(session, line);
  return session;
}

/** @returns what is left when the power goes. */
export function keep(session: Session): Kept {
  session.world.powerOff();
  return { flash: session.world.flash.bytes.slice(), standing: standingOf(session.world) };
}

/** The lock once more, on any engine, with its parts awake. */
export function resume(engine: Engine, { flash, standing }: Kept): Session {
  const session = new Session(newWorld({ board: readBoard("sim"), engine, seed: "bench", flash, standing }));
  give(session, "power on");
  give(session, "wait 4s");
  return session;
}

/** @throws when the lock does not answer `ok`. */
export function give(session: Session, line: string): void {
  const answer = session.perform(line);
  if (answer.at(-1) !== "ok") throw new Error(`${line}: ${answer.join(" / ")}`);
}

/** Users up to `count`, each with a passcode. */
export function addUsers(session: Session, count: number): void {
  for (let n = 2; n <= count; n++) {
    give(session, "user add user");
    give(session, `passcode set ${n} ${codeOf(n)}`);
  }
}

/** Codes that C7 and C8 let pass, of six to ten digits. */
export function codeOf(n: number): string {
  return `94${(n * 7919 + 1307) % 10000}8603175`.slice(0, 6 + (n % 5)).padEnd(6, "7");
}

/** What is keyed before `ok`: as many digits, the last six of them a code. @param users 1, or a multiple of five: then the last one's code has six digits */
export function entryOf(users: number, digits: number): string {
  return (users === 1 ? adminCode : codeOf(users)).padStart(digits, "31415926535897932384");
}
