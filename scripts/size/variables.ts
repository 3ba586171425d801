/** Variables of the interpreter: how many the lock holds, and how many it needs. */
import { newWorld, Session } from "../../hal/platform/sim/world";
import { espruinoEngine } from "../../test/engines/espruino";
import { Kept } from "../bench/lock";
import { variableBytes } from "../bench/store";
import { lockImage, readBoard } from "../build/sources";

/** Unlocking, a wrong code, an enrolment and the longest answers of the console. */
const story = [
  "interactive off", "trace on", "keys 604827 ok", "wait 30s", "keys 555000 ok", "wait 30s", "help", "events", "status", "users", "selftest",
  "user delete 50", "user add user", "enrol 50 finger", "finger 77", "wait 1s", "finger off", "wait 20s",
];

/** The search ends where the two sides are this close. */
const close = 25;

/** @param kept flash and modules that it begins with. @returns in use once the lock has started and its parts have answered */
export function resident(kept: Kept): number {
  const engine = espruinoEngine(lockImage("sim"));
  const found = { bytes: () => NaN };
  const session = new Session(newWorld({
    board: readBoard("sim"), seed: "size", flash: kept.flash, standing: kept.standing,
    engine: (chip) => {
      const image = engine(chip);
      found.bytes = () => image.memory();
      return image;
    },
  }));
  for (const line of ["power on", "wait 4s"]) session.perform(line);
  const bytes = found.bytes();
  session.perform("power off");
  return Math.round(bytes / variableBytes());
}

/** The fewest free ones with which the lock gets through a story, to within 25. */
export function needed(kept: Kept): number {
  let [low, high] = [resident(kept), 2 * resident(kept)];
  if (!passes(kept, high)) throw new Error(`the story does not pass with ${high} variables either`);
  while (high - low > close) {
    const middle = Math.round((low + high) / 2);
    if (passes(kept, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** @param free variables that the interpreter has left for the image */
function passes(kept: Kept, free: number): boolean {
  const session = new Session(newWorld({
    board: readBoard("sim"), seed: "size", flash: kept.flash, standing: kept.standing, engine: espruinoEngine(lockImage("sim"), free),
  }));
  try {
    return ["power on", ...story].every((line) => session.perform(line).at(-1) === "ok");
  } catch {
    // The interpreter breaks off a program that has no memory left.
    return false;
  } finally {
    session.world.powerOff();
  }
}
