/** The fullest lock there can be, filled on the simulator: 50 users, every code and template, visitors' codes and all the events that are kept. */
import { Engine } from "../../hal/platform/sim/chip";
import { Session } from "../../hal/platform/sim/world";
import { Limit } from "../../firmware/limits";
import { Kept, codeOf, give, keep, settledLock } from "./lock";

const poses = ["straight", "up", "down", "left", "right"];

/** @param engine the simulator's: any other takes minutes */
export function fullStore(engine: Engine): Kept {
  const session = settledLock(engine);
  give(session, "wait 4s");
  give(session, "duress set 1 8260473159");
  for (let n = 2; n <= Limit.maxUsers; n++) {
    give(session, "user add user");
    give(session, `passcode set ${n} ${codeOf(n)}`);
    give(session, `duress set ${n} ${codeOf(Limit.maxUsers + n)}`);
  }
  for (let n = 1; n <= Limit.maxUsers; n++) enrolAll(session, n);
  give(session, "clock 2026-01-31T08:05");
  for (let n = 1; n <= Limit.maxTemporaryPasscodes; n++) {
    give(session, `temp add ${codeOf(2 * Limit.maxUsers + n)} 2026-01-01T00:00 2027-01-01T00:00 100`);
  }
  fillJournal(session);
  // Each face that was just enrolled has been let in as well.
  for (const line of ["button lock", "wait 30s"]) give(session, line);
  return keep(session);
}

/** A face, a palm and a finger: a user's share of what the modules hold. */
function enrolAll(session: Session, user: number): void {
  give(session, `enrol ${user} face`);
  for (const pose of poses) give(session, `face ${user} pose ${pose}`);
  give(session, "face off");
  give(session, `enrol ${user} palm`);
  give(session, `palm ${user}`);
  give(session, "palm off");
  give(session, `enrol ${user} finger`);
  for (let placed = 0; placed < 3; placed++) {
    for (const line of [`finger ${user}`, "wait 1s", "finger off"]) give(session, line);
  }
  give(session, "wait 1s");
  const [line] = session.perform(`user ${user}`);
  if (!/faces=1 palms=1 fingers=1/.test(line)) throw new Error(`not everything was enrolled: ${line}`);
}

/** One event each: every slot of the flash has been used once. */
function fillJournal(session: Session): void {
  const slots = session.world.flash.bytes.length / 16;
  for (let i = 0; i < slots; i++) give(session, `set volume ${1 + i % 2}`);
}
