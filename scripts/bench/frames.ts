import { Engine, Image } from "../../hal/platform/sim/chip";
import { engineByName } from "../../test/engines";
import { ImageName } from "../build/sources";
import { clock, gauge } from "./meters";
import { Part, parts } from "./part-stories";
import { Call, Meter, PartTable } from "./part-table";

/**
 * What drivers cost: time and garbage of a frame, and the longest time that any call keeps the loop.
 *
 * An image cannot time itself: its clock is the host's and stands still in a call. So the host times each call into
 * the image, and takes off what a call takes of which the image makes nothing (the same bytes to a port that nobody
 * opened), and what the same I2C transactions take without a driver. Left in are the platform's part, and the lines
 * by which the image tells what it did.
 */
export const image: ImageName = { board: "sim", main: "hal/drivers/test/bench-image" };

const rounds = 100;
/** Enough where nothing is compiled meanwhile. */
const fewRounds = 20;
/** Enough where a collection is made before every call. */
const collectedRounds = 5;
/** For what a call takes that is nothing. */
const idles = 201;

/** Of one way into the image. */
interface Cost {
  event: number;
  letter: number;
  frame: number;
}

interface Play {
  /** Every call from the start to the end, in order. */
  calls: Call[];
  /** Of each round the calls that count. */
  frames: Call[][];
  /** What the way there takes. */
  cost: Cost;
  /** What the platform's I2C takes in a frame, or in a round that counts as one. */
  bus: number;
  /** By which the use of the heap has grown with the rounds. */
  kept: number;
}

interface Setting {
  meter: Meter;
  /** Before those that count. */
  warmUp: number;
  rounds: number;
  inUse: (image: Image) => number;
}

const timing: Setting = { meter: clock, warmUp: 2, rounds, inUse: () => 0 };

interface Figures {
  us: number;
  garbage: number;
  kept: number;
  longestMs: number;
}

/** The story of a part. @throws when the driver does not tell what it should */
function play(engine: Engine, part: Part, setting: Setting): Play {
  const table = new PartTable(engine, setting.meter);
  const story = part.fit(table);
  table.letter(part.letter);
  story.begin();
  for (let i = 0; i < setting.warmUp; i++) story.round();
  const told = facts(table, part);
  const before = table.reading(setting.inUse);
  const frames: Call[][] = [];
  for (let i = 0; i < setting.rounds; i++) {
    const from = table.calls.length;
    story.round();
    frames.push(table.calls.slice(from).filter(part.isFrame));
  }
  const kept = table.reading(setting.inUse) - before;
  const more = facts(table, part) - told;
  if (more !== setting.rounds * part.facts || frames.some((round) => round.length === 0)) {
    throw new Error(`${part.name} told ${more} things in ${setting.rounds} rounds, or got no ${part.frame}`);
  }
  story.end();
  facts(table, part);
  const calls = table.calls.slice();
  const cost = costs(table, frames[0][0]);
  const bus = (part.whole ? frames[0] : frames[0].slice(0, 1)).reduce((sum, call) => sum + busCost(table, call), 0);
  table.end();
  return { calls, frames, cost, bus, kept };
}

/** How often the part told what was hoped for. @throws when it told anything else */
function facts(table: PartTable, part: Part): number {
  const [good, bad] = table.answer("?").split(" ").map(Number);
  if (bad !== 0) throw new Error(`${part.name} told ${bad} times what it should not`);
  return good;
}

const typical = (call: () => Call): number => median(Array.from({ length: idles }, () => call().took));

function costs(table: PartTable, frame: Call): Cost {
  const idle = (kind: Call["kind"]): number => typical(() => table.idle({ ...frame, kind }));
  return { event: idle("event"), letter: idle("letter"), frame: idle("frame") };
}

function busCost(table: PartTable, call: Call): number {
  if (call.bus === "") return 0;
  return typical(() => table.busAgain(call, true)) - typical(() => table.busAgain(call, false));
}

const net = (call: Call, cost: Cost): number => call.took - cost[call.kind];

/** Of a frame, or of a round that counts as one. */
function ofFrame(part: Part, { frames, cost, bus }: Play): number {
  const sums = part.whole ? frames.map((round) => round.reduce((sum, call) => sum + net(call, cost), 0)) : frames.flat().map((call) => net(call, cost));
  return median(sums) - bus;
}

/** The same story several times: what a call took at least is its own, all above is the machine's (other programs, compiling). */
function playOften(engine: Engine, part: Part, count: number, setting: Setting): Play {
  const best = play(engine, part, setting);
  for (let i = 1; i < count; i++) {
    const { calls, cost, bus } = play(engine, part, setting);
    if (calls.length !== best.calls.length) throw new Error(`${part.name}: the same story had ${best.calls.length} calls, then ${calls.length}`);
    calls.forEach((call, at) => { best.calls[at].took = Math.min(best.calls[at].took, call.took); });
    for (const what of ["event", "letter", "frame"] as const) best.cost[what] = Math.min(best.cost[what], cost[what]);
    best.bus = Math.min(best.bus, bus);
  }
  return best;
}

/**
 * The longest time that a call keeps the loop, the wire's time on a bus of 400 kHz included.
 * @param count of plays @returns ms
 */
export function longestCall(engine: Engine, part: Part, count: number): number {
  return longest(playOften(engine, part, count, { ...timing, rounds: fewRounds }));
}

function longest({ calls, cost }: Play): number {
  return Math.max(...calls.map((call) => net(call, cost) + call.busUs)) / 1000;
}

function measure(name: string, engine: Engine, part: Part): Figures {
  const timed = playOften(engine, part, name === "sim" ? 5 : 3, { ...timing, rounds: name === "sim" ? rounds : fewRounds });
  const heap = gauge(name, engine);
  const allocated = heap.allocated === null ? null : play(heap.engine, part, { ...timing, meter: heap.allocated, rounds: name === "sim" ? rounds : collectedRounds });
  // A table that Lua keeps of all strings grows once.
  const grown = heap.inUse === null ? null : play(heap.engine, part, { ...timing, warmUp: rounds, inUse: heap.inUse });
  return {
    us: ofFrame(part, timed),
    garbage: allocated === null ? NaN : ofFrame(part, allocated),
    kept: grown === null ? NaN : grown.kept,
    longestMs: longest(timed),
  };
}

/** Median of a list, sorted meanwhile. */
function median(list: number[]): number {
  return list.sort((a, b) => a - b)[list.length >> 1];
}

const columnWidth = 10;
/** Where the driver is lost in what its bus takes, the difference of the two may fall below 0. */
const rounded = (figure: number): string => (figure < 9.95 ? Math.max(0, figure).toFixed(1) : figure.toFixed(0));

/** Title, figure of a cell. */
const tables: [string, (figures: Figures, engine: string) => string][] = [
  ["time of a frame, µs", ({ us }) => rounded(us)],
  // References are counted there: what nobody knows any more is free at once.
  ["garbage of a frame, bytes", ({ garbage }, engine) => (engine === "espruino" ? "none" : Number.isNaN(garbage) ? "-" : garbage.toFixed(0))],
  [`more in use after ${rounds} frames, bytes`, ({ kept }) => (Number.isNaN(kept) ? "-" : kept.toFixed(0))],
  // With the time on a bus of 400 kHz, which here takes none.
  ["longest call from start to removal, ms", ({ longestMs }) => longestMs.toFixed(2)],
];

/** Rows of all parts on all engines that there are. */
export function benchFrames(): [string, string][] {
  const columns: { name: string; figures: Figures[] }[] = [];
  const missing: [string, string][] = [];
  for (const name of ["sim", "lua53", "lua51", "lua32", "espruino"]) {
    const engine = engineByName(name, image);
    if (typeof engine === "string") missing.push([`frames, ${name}`, engine]);
    else columns.push({ name, figures: parts.map((part) => measure(name, engine, part)) });
  }
  const row = (cells: string[]): string => cells.map((cell) => cell.padStart(columnWidth)).join("");
  return [...missing, ...tables.flatMap(([title, cell]): [string, string][] => [
    [title, row(columns.map(({ name }) => (name === "sim" ? "node" : name)))],
    ...parts.map((part, at): [string, string] => [`  ${part.name}, ${part.frame}`, row(columns.map(({ name, figures }) => cell(figures[at], name)))]),
  ])];
}
