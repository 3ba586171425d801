import { Engine } from "../../hal/platform/sim/chip";
import { Session, newWorld } from "../../hal/platform/sim/world";
import { readBoard } from "../build/sources";

/** A lock on an engine, its door direction set, no countdown, administrator 1 with the code 604827. */
export function settledLock(engine: Engine): Session {
  const session = new Session(newWorld({ board: readBoard("sim"), engine, seed: "bench" }));
  session.world.powerOn();
  for (const line of ["interactive off", "trace off", "set direction right", "set countdown off", "user add admin", "passcode set 1 604827"]) give(session, line);
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
