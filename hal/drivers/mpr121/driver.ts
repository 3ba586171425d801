import { I2c, InputPin, Platform, Pull, Timer } from "../../ports";
import { KeypadEvents } from "../../roles";
import { I2cAddress, InPin } from "../../wires";
import { Chip, Group, onChipTimer, Pause, read, Stage } from "./chip";
import { filter, thresholds } from "./registers";

/** Touch keys on one MPR121 or more that share a bus and an interrupt line. Raw touches; rule K7 is the lock's. */
export interface Mpr121Options {
  /** @minItems 1 @maxItems 4 */
  chips: Mpr121Chip[];
  /** Low while a chip has something to tell; open drain, shared by all chips. @pullUp */
  irqPin: InPin;
  /** Counts below the baseline: a touch from this on; 12 behind 2–3 mm of glass or plastic. @asType integer @minimum 2 @maximum 255 */
  touchThreshold: number;
  /** No touch any more from this on; less than `touchThreshold`. @asType integer @minimum 1 @maximum 254 */
  releaseThreshold: number;
  /** Electrodes are sampled each 2^samplePeriod ms; a touch is told after 4 to 8 samples. @asType integer @minimum 0 @maximum 7 */
  samplePeriod: number;
}

export interface Mpr121Chip {
  /** 0x5A to 0x5D, by what ADDR is wired to. @minimum 90 @maximum 93 */
  address: I2cAddress;
  /** Key (`roles.ts`) of each electrode from 0 on, 1 to 12 of them; Key.None, 15, for one that is no key and only wakes. @minItems 1 @maxItems 12 @items { type: "integer", minimum: 0, maximum: 15 } */
  keys: number[];
}

export interface Mpr121Events extends KeypadEvents {
  /** A chip does not answer (true), or all answer again (false). */
  silent(silent: boolean): void;
}

export interface Mpr121 {
  /** Whether the chips still are configured: to be called when the lock is awake for another reason, at least once an hour. */
  check(): void;
  /** Keys whose electrode is shorted or torn off, one bit each, as found at the last start. */
  broken(): number;
  /** Failures since boot, of all chips. */
  faults(): number;
  /** Over-current at a chip's REXT pin, times since boot. */
  overCurrents(): number;
}

/** Times in ms between readings. */
const enum Reading {
  /** From the edge to the reading: one tick of the coarsest platform. */
  First = 10,
  /** The same once so many edges brought nothing new: a storm on the line costs 20 readings a second at most. */
  Storm = 50,
  StormAfter = 8,
  /** While a key is down or the line is low, growing to this: an edge that got lost makes no key stick. */
  Longest = 1000,
}

interface Pad {
  readonly group: Group;
  readonly chips: Chip[];
  readonly events: Mpr121Events;
  irq: InputPin;
  timer: Timer;
  /** A reading is due. */
  due: boolean;
  pauseMs: number;
  /** An edge came since the last reading. */
  edge: boolean;
  /** Readings after an edge without a change, in a row. */
  fruitless: number;
  silent: boolean;
}

export function newMpr121(platform: Platform, i2c: I2c, options: Mpr121Options, events: Mpr121Events): Mpr121 {
  const chips: Chip[] = [];
  const group: Group = {
    i2c, events, thresholds: thresholds(options.touchThreshold, options.releaseThreshold), filter: filter(options.samplePeriod),
    changed: () => { onChanged(pad); },
  };
  const pad: Pad = {
    group, chips, events, irq: { read: () => 1 }, timer: platform.timer(() => { onReading(pad); }),
    due: false, pauseMs: Reading.First, edge: false, fruitless: 0, silent: false,
  };
  pad.irq = platform.input(options.irqPin, Pull.Up, (level) => {
    if (level === 0) wake(pad);
  });
  for (let i = 0; i < options.chips.length; i++) addChip(platform, pad, options.chips[i]);
  return {
    check: () => {
      readAll(pad);
      if (isWatchful(pad)) wake(pad);
    },
    broken: () => brokenKeys(pad),
    faults: () => sum(pad, (chip) => chip.faults),
    overCurrents: () => sum(pad, (chip) => chip.overCurrents),
  };
}

function addChip(platform: Platform, pad: Pad, made: Mpr121Chip): void {
  const chip: Chip = {
    address: made.address, keys: made.keys, timer: platform.timer(() => { onChipTimer(pad.group, chip); }), stage: Stage.Reset,
    touched: 0, outOfRange: 0, attempts: 0, pauseMs: Pause.First, faults: 0, overCurrents: 0,
  };
  pad.chips.push(chip);
  chip.timer.start(Pause.Boot);
}

/** The chips are read later, not here: reading releases the line, and a platform may miss an edge made inside its own callback. */
function wake(pad: Pad): void {
  pad.edge = true;
  const pauseMs = pad.fruitless < Reading.StormAfter ? Reading.First : Reading.Storm;
  if (pad.due && pad.pauseMs <= pauseMs) return;
  pad.pauseMs = pauseMs;
  plan(pad);
}

function plan(pad: Pad): void {
  pad.due = true;
  pad.timer.start(pad.pauseMs);
}

function onReading(pad: Pad): void {
  pad.due = false;
  const changed = readAll(pad);
  if (changed) pad.fruitless = 0;
  else if (pad.edge && pad.fruitless < Reading.StormAfter) pad.fruitless = pad.fruitless + 1;
  pad.edge = false;
  pad.pauseMs = changed ? Reading.First * 2 : Math.min(pad.pauseMs * 2, Reading.Longest);
  if (isWatchful(pad)) plan(pad);
}

/** @returns true if a touch or a release was told. */
function readAll(pad: Pad): boolean {
  let changed = false;
  for (let i = 0; i < pad.chips.length; i++) {
    const chip = pad.chips[i];
    const before = chip.touched;
    if (chip.stage === Stage.Running) read(pad.group, chip);
    if (chip.touched !== before) changed = true;
  }
  return changed;
}

function isWatchful(pad: Pad): boolean {
  let running = false;
  for (let i = 0; i < pad.chips.length; i++) {
    if (pad.chips[i].touched !== 0) return true;
    if (pad.chips[i].stage === Stage.Running) running = true;
  }
  return running && pad.irq.read() === 0;
}

function onChanged(pad: Pad): void {
  let silent = false;
  for (let i = 0; i < pad.chips.length; i++) {
    if (pad.chips[i].attempts > 1) silent = true;
  }
  if (silent !== pad.silent) {
    pad.silent = silent;
    pad.events.silent(silent);
  }
  // What was touched before this chip came into service has no edge to come.
  if (isWatchful(pad)) wake(pad);
}

function brokenKeys(pad: Pad): number {
  let keys = 0;
  for (let i = 0; i < pad.chips.length; i++) {
    const chip = pad.chips[i];
    let bit = 1;
    for (let electrode = 0; electrode < chip.keys.length; electrode++) {
      if ((chip.outOfRange & bit) !== 0) keys = keys | (1 << chip.keys[electrode]);
      bit = bit * 2;
    }
  }
  return keys;
}

function sum(pad: Pad, count: (chip: Chip) => number): number {
  let total = 0;
  for (let i = 0; i < pad.chips.length; i++) total = total + count(pad.chips[i]);
  return total;
}
