/**
 * What an unlocking by passcode costs on the interpreter: from the keypad's interrupt, by the release of `ok`, to the
 * first level on the motor's pin, as a multiple of the least that it could be there, and beside a plain MicroPython program.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Image } from "../../../hal/platform/sim/chip";
import { Session } from "../../../hal/platform/sim/world";
import { whyNoEspruino } from "../../../test/engines/espruino";
import { simEngine } from "../../../test/engines/sim";
import { lockImage, root } from "../../build/sources";
import { Kept, addUsers, entryOf, give, keep, resume, settledLock } from "../lock";
import { Stopwatch } from "../unlock";
import { clockedLock } from "./engine";
import { undisturbed } from "./pieces";

const unlockings = 15;
const floorsEach = 10;

/** Multiples of the floor, with 50 users and 20 digits; and by how much the cases may differ. */
const goal = 20;
const spread = 20;

type Rows = [what: string, figure: string][];

/** µs of an unlocking and of the floor. */
interface Costs { ok: number; floor: number }

export function benchInterpreter(): Rows {
  return [...lockRows(), ...microPythonRows()];
}

function lockRows(): Rows {
  const reason = whyNoEspruino();
  if (reason !== null) return [["ok to motor, the interpreter's own time", reason]];
  const cases = [1, 50].flatMap((users) => {
    const kept = keptLock(users);
    return [6, 20].map((digits) => new Case(kept, users, digits));
  });
  // In turns, so that a machine that is slower for a while is it for all of them.
  for (let i = 0; i < unlockings; i++) for (const one of cases) one.play();
  const costs = cases.map((one) => ({ what: `${one.users} passcodes, ${one.digits} digits`, ...one.end() }));
  const oks = costs.map(({ ok }) => ok);
  // A digest takes the longer, the more pieces the free memory is in: the least of all is the hardest to be held against.
  const floors = costs.map(({ floor }) => floor);
  const floor = Math.min(...floors);
  const differ = 100 * (Math.max(...oks) / Math.min(...oks) - 1);
  return [
    ["floor: a digest and a pin, the interpreter's own time", `${floor} us, ${Math.max(...floors)} us in the memory of the worst case`],
    ...costs.map(({ what, ok }): Rows[0] => [`ok to motor, the interpreter's own time, ${what}`,
      `${(ok / 1000).toFixed(2)} ms, ${(ok / floor).toFixed(0)} x the floor (goal: ${goal} x)`]),
    ["ok to motor, the interpreter's own time, most over least", `${differ.toFixed(0)} % (goal: ${spread} %)`],
  ];
}

/** Filled on the simulator, which takes no time. */
function keptLock(users: number): Kept {
  const session = settledLock(simEngine(lockImage("sim")));
  addUsers(session, users);
  return keep(session);
}

/** A lock on an interpreter of its own, unlocked again and again by the last code of its entry. */
class Case {
  /** The pieces of what is under way. */
  private run: number[] = [];
  private image: Image | null = null;
  private readonly oks: number[][] = [];
  private readonly floors: number[][] = [];
  private readonly clocked = clockedLock((us) => { this.run.push(us); });
  private readonly session: Session;

  constructor(kept: Kept, readonly users: number, readonly digits: number) {
    const watch = new Stopwatch((chip) => (this.image = this.clocked.engine(chip)));
    watch.onBegun = () => { this.run = []; };
    watch.onDriven = () => { this.oks.push(this.run.slice()); };
    this.session = resume(watch.start, kept);
  }

  play(): void {
    for (const line of ["touch", `keys ${entryOf(this.users, this.digits)} ok`, "wait 3s", "button lock", "wait 30s"]) give(this.session, line);
    for (let i = 0; this.image !== null && i < floorsEach; i++) {
      this.run = [];
      this.clocked.floor(this.image);
      // Up to the pin; what stands behind it is the end of the turn.
      this.floors.push(this.run.slice(0, 1));
    }
  }

  end(): Costs {
    this.session.world.powerOff();
    if (this.oks.length !== unlockings) throw new Error(`the motor was driven ${this.oks.length} times, not ${unlockings}`);
    return { ok: undisturbed(this.oks), floor: undisturbed(this.floors) };
  }
}

/** MicroPython's unix port; Debian has a package of it in some releases (12 has none). */
const microPython = "micropython";

function microPythonRows(): Rows {
  const what = "ok to pin, MicroPython";
  let printed: string;
  try {
    printed = execFileSync(microPython, [join(root, "scripts/bench/micropython/unlock.py")], { encoding: "utf8" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return [[what, `no program ${microPython} in the PATH: install its package, or build the unix port from its sources`]];
  }
  const figures = printed.trim().split("\n").map((line) => line.split(" "));
  const floor = Number(figures[0][1]);
  return figures.slice(1).map(([, users, digits, ns]) => [`${what}, ${users} passcodes, ${digits} digits`,
    `${(Number(ns) / 1000).toFixed(1)} us, ${(Number(ns) / floor).toFixed(1)} x its floor of ${(floor / 1000).toFixed(1)} us`]);
}
