/** What the store costs: bytes, wear, and what a full one takes at the start and in memory. */
import { execFileSync } from "node:child_process";
import { Engine, Image } from "../../hal/platform/sim/chip";
import { Session, newWorld } from "../../hal/platform/sim/world";
import { engineByName } from "../../test/engines";
import { simEngine } from "../../test/engines/sim";
import { lockImage, readBoard } from "../build/sources";
import { fullStore } from "./full-store";
import { Kept, codeOf, give, keep, resume, settledLock } from "./lock";
import { gauge } from "./meters";
import { Stopwatch } from "./unlock";
import { Grant, bytesOfFailure, bytesOfUser, grantAfterFailure, unlocksADay, wearOf, worstGrant } from "./wear";

const unlockings = 2000;
const grants = 300;
const starts = 5;

type Rows = [string, string][];

/** Rows of the store's figures, on all engines that there are. */
export function benchStore(): Rows {
  const sim = simEngine(lockImage("sim"));
  const full = fullStore(sim);
  const empty = newLock(sim);
  const worst = worstGrant(sim, full, grants);
  const rows: Rows = [...wearRows(sim, full), ["worst step from ok to motor, full store", `${worst.path.erases} erases, ${worst.path.bytes} bytes (goal: no erase)`]];
  for (const name of ["sim", "lua53", "espruino"]) {
    const engine = engineByName(name, lockImage("sim"));
    if (typeof engine === "string") rows.push([`full store, ${name}`, engine]);
    else rows.push(...engineRows(name, engine, worst, empty, full));
  }
  return rows;
}

function wearRows(engine: Engine, full: Kept): Rows {
  const wear = wearOf(engine, full, unlockings);
  return [
    ["bytes written, unlock", `${wear.unlock}; with the locking behind it ${wear.unlockAndLock}, with page changes ${wear.mean.toFixed(0)} (full store)`],
    ["bytes written, failed attempt", `${bytesOfFailure(engine, full)}`],
    ["bytes written, user with a passcode", `${bytesOfUser(settledLock(engine), codeOf)}`],
    ["page erases per 1 000 events", `${wear.erasesPer1000Events.toFixed(1)} (full store)`],
    [`years to 100 000 erases, ${unlocksADay} unlocks a day`, `${wear.years.toFixed(0)} (full store; goal: over 20)`],
  ];
}

function engineRows(name: string, engine: Engine, worst: Grant, empty: Kept, full: Kept): Rows {
  const times = [empty, full].map((kept) => startMs(engine, kept));
  return [
    [`ok to motor, ${name}, worst step`, `${worstMs(engine, worst).toFixed(2)} ms (median of ${starts})`],
    [`start, ${name}, full store`, `${times[1].toFixed(1)} ms, ${times[0].toFixed(1)} with an empty one (least of ${starts})`],
    ...memoryRows(name, engine, empty, full),
  ];
}

/** Switched on for the first time. */
function newLock(engine: Engine): Kept {
  const session = new Session(newWorld({ board: readBoard("sim"), engine, seed: "bench" }));
  give(session, "power on");
  give(session, "wait 4s");
  return keep(session);
}

function worstMs(engine: Engine, { before }: Grant): number {
  const watch = new Stopwatch(engine);
  for (let i = 0; i < starts; i++) grantAfterFailure(watch, before);
  return watch.times.sort((a, b) => a - b)[starts >> 1];
}

/** Real time from the loading of the image to its waiting for events. */
function startMs(engine: Engine, kept: Kept): number {
  const times: number[] = [];
  const timed: Engine = (chip) => {
    const begun = performance.now();
    const image = engine(chip);
    times.push(performance.now() - begun);
    return image;
  };
  for (let i = 0; i < starts; i++) keep(resume(timed, kept));
  return Math.min(...times);
}

/** In use, without garbage. */
function memoryRows(name: string, engine: Engine, empty: Kept, full: Kept): Rows {
  const heap = gauge(name, engine);
  const { inUse } = heap;
  if (inUse === null) return [];
  const [least, most] = [empty, full].map((kept) => {
    let image: Image | null = null;
    const session = resume((chip) => (image = heap.engine(chip)), kept);
    const bytes = image === null ? NaN : inUse(image);
    session.world.powerOff();
    return bytes;
  });
  const unit = name === "espruino" ? variableBytes() : 1;
  const what = name === "espruino" ? "variables" : "bytes";
  const figure = (bytes: number): string => (bytes / unit).toFixed(0);
  return [[`memory, ${name}, full store`, `${figure(most)} ${what}, ${figure(most - least)} more than with an empty one`]];
}

/** How large the interpreter's variables are. */
export function variableBytes(): number {
  const said = execFileSync(process.env.ESPRUINO_BIN ?? "", ["-e", 'print("one has " + process.memory().blocksize)'], { encoding: "latin1", input: "" });
  return Number(/one has (\d+)/.exec(said)?.[1]);
}
