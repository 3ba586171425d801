import { I2c, Timer } from "../../ports";
import { KeypadEvents } from "../../roles";
import { AUTO_CONFIG, BASELINE_FILTER, Block, CLEAR_OVER_CURRENT, FILTER_AFTER_RESET, holds, Mpr, Register, RESET, run, STOP, wordAt } from "./registers";

/** One MPR121: brought into service, read, and brought back after a fault. */

export const enum Stage { Reset, Configure, Prove, Running }

/** Times in ms. */
export const enum Pause {
  /** At least, from supply or reset to the first register (data sheet: 1 ms). */
  Boot = 10,
  /** Auto-configuration and the first baseline: at most 12 electrodes × a few ms, doubled. */
  Prove = 150,
  First = 1000,
  Longest = 60000,
}

const enum Reading { Again = 3 }

export interface Chip {
  readonly address: number;
  /** Key of each electrode from 0 on. */
  readonly keys: number[];
  timer: Timer;
  stage: Stage;
  /** Electrodes touched, one bit each. */
  touched: number;
  /** Electrodes whose charge could not be set, one bit each. */
  outOfRange: number;
  /** Starts since the last one that succeeded. */
  attempts: number;
  pauseMs: number;
  faults: number;
  overCurrents: number;
}

/** What the chips have in common. */
export interface Group {
  readonly i2c: I2c;
  readonly events: KeypadEvents;
  /** As they are written. */
  readonly thresholds: string;
  readonly filter: string;
  /** A chip came into service, or its second start in a row failed. */
  readonly changed: () => void;
}

/** A chip that failed once is started anew; from the second failure in a row on, the pauses grow. */
export function fail(g: Group, c: Chip): void {
  c.faults = c.faults + 1;
  c.stage = Stage.Reset;
  releaseAll(g, c);
  c.attempts = c.attempts + 1;
  if (c.attempts === 1) {
    c.timer.start(Pause.Boot);
    return;
  }
  c.timer.start(c.pauseMs);
  c.pauseMs = Math.min(c.pauseMs * 2, Pause.Longest);
  g.changed();
}

export function onChipTimer(g: Group, c: Chip): void {
  if (c.stage === Stage.Reset) reset(g, c);
  else if (c.stage === Stage.Configure) configure(g, c);
  else if (c.stage === Stage.Prove) prove(g, c);
}

function reset(g: Group, c: Chip): void {
  if (!g.i2c.write(c.address, RESET)) {
    fail(g, c);
    return;
  }
  c.stage = Stage.Configure;
  c.timer.start(Pause.Boot);
}

/** About 150 bytes: 3.6 ms on the wire at 400 kHz. */
function configure(g: Group, c: Chip): void {
  const i2c = g.i2c;
  const ready = i2c.write(c.address, STOP)
    && readBlock(g, c, Block.Configured).substring(Register.Filter) === FILTER_AFTER_RESET
    && i2c.write(c.address, g.thresholds)
    && i2c.write(c.address, BASELINE_FILTER)
    && i2c.write(c.address, g.filter)
    && i2c.write(c.address, AUTO_CONFIG)
    && i2c.write(c.address, run(c.keys.length));
  if (!ready) {
    fail(g, c);
    return;
  }
  c.stage = Stage.Prove;
  c.timer.start(Pause.Prove);
}

/** @returns "" for no answer, or a short one */
function readBlock(g: Group, c: Chip, length: number): string {
  const block = g.i2c.read(c.address, Register.Touch, length);
  return block.length === length ? block : "";
}

/** What was written is there, and it measures. */
function prove(g: Group, c: Chip): void {
  const block = readBlock(g, c, Block.Configured);
  if (!holds(block, g.thresholds) || !holds(block, g.filter) || !holds(block, run(c.keys.length))) {
    countOverCurrent(g, c, wordAt(block, Register.Touch));
    fail(g, c);
    return;
  }
  c.outOfRange = wordAt(block, Register.OutOfRange) % (1 << Mpr.ElectrodesPerChip);
  c.stage = Stage.Running;
  if (!read(g, c)) return;
  c.attempts = 0;
  c.pauseMs = Pause.First;
  g.changed();
}

/** Reads what is touched and tells what changed. @returns false if the chip was not in order. */
export function read(g: Group, c: Chip): boolean {
  const block = readBlock(g, c, Block.Measured);
  const first = wordAt(block, Register.Touch);
  // A change is believed when two readings agree: a bit flipped on the bus is no key.
  const touched = first < 0 || first === c.touched ? first : readAgain(g, c, first);
  if (!isTouch(c, touched) || !isMeasuring(c, block)) {
    countOverCurrent(g, c, touched);
    fail(g, c);
    return false;
  }
  take(g, c, touched);
  return true;
}

/** The chip stops at over-current, and starts no more before the flag was cleared. */
function countOverCurrent(g: Group, c: Chip, touched: number): void {
  if (touched < Mpr.OverCurrent || (touched & Mpr.NeverSet) !== 0) return;
  c.overCurrents = c.overCurrents + 1;
  g.i2c.write(c.address, CLEAR_OVER_CURRENT);
}

/** A chip that lost its supply and got it back acknowledges, and measures nothing. */
function isMeasuring(c: Chip, block: string): boolean {
  for (let i = 0; i < c.keys.length; i++) {
    if (block.charCodeAt(Register.Baseline + i) !== 0) return true;
  }
  return false;
}

/** @returns the first word that was read twice in a row, -1 for no answer or none alike */
function readAgain(g: Group, c: Chip, first: number): number {
  let last = first;
  for (let i = 0; i < Reading.Again; i++) {
    const word = wordAt(g.i2c.read(c.address, Register.Touch, Block.Touch), 0);
    if (word < 0 || word === last) return word;
    last = word;
  }
  return -1;
}

/** Whether the word can be one: electrodes in use and no others. A dead bus reads as all ones. */
function isTouch(c: Chip, touched: number): boolean {
  return touched >= 0 && touched < 1 << c.keys.length;
}

/** Releases first: of two keys in one reading the one that ended came before the one that began. */
function take(g: Group, c: Chip, touched: number): void {
  const before = c.touched;
  const changed = before ^ touched;
  c.touched = touched;
  let ended = before & changed;
  for (let i = 0; ended > 0; i++) {
    if (ended % 2 === 1) g.events.released(c.keys[i]);
    ended = Math.floor(ended / 2);
  }
  let begun = touched & changed;
  for (let i = 0; begun > 0; i++) {
    if (begun % 2 === 1) g.events.touched(c.keys[i]);
    begun = Math.floor(begun / 2);
  }
}

/** A key that was down when its chip failed is told as released, or it would be down for ever. */
function releaseAll(g: Group, c: Chip): void {
  if (c.touched !== 0) take(g, c, 0);
}
