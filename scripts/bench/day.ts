import { lockImage } from "../build/sources";
import { simEngine } from "../../test/engines/sim";
import { give, settledLock } from "./lock";

/** One simulated day with 100 unlockings, each followed by opening, closing and locking. */
export function benchDay(): [string, string][] {
  const session = settledLock(simEngine(lockImage("sim")));
  const began = process.hrtime.bigint();
  for (let i = 0; i < 100; i++) {
    for (const line of ["keys 604827 ok", "wait 3s", "door open", "wait 5s", "door close", "wait 1s", "button lock", "wait 14m"]) give(session, line);
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const hours = session.world.nowMs / 3600000;
  return [["a simulated day with 100 unlockings", `${seconds.toFixed(2)} s of real time (${hours.toFixed(1)} h simulated; goal: under 2 s)`]];
}
