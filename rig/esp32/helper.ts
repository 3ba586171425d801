/**
 * The rig helper's program: takes the lines of rig/README.md and moves pins. It is written in what the
 * Espruino interpreter accepts, and stands on a few functions, so that the virtual bench runs it too.
 */

/** What the helper does with the board it runs on. */
export interface HelperPorts {
  /** The first word of its greeting, and the words it takes besides those below. */
  name: string;
  /** Milliseconds. */
  now(): number;
  /** @param level 0, 1, or -1: released, as an input without pull */
  drive(pin: number, level: number): void;
  /** A second watch of a pin takes the place of the first. @returns the level now */
  watch(pin: number, onChange: (level: number) => void): number;
  /** @param mv 0 to 3300 */
  volt(pin: number, mv: number): void;
  after(ms: number, act: () => void): void;
  /** A word of this board's own. @returns "" when it is done, else what is wrong with it */
  own(words: string[]): string;
}

export interface Helper {
  ports: HelperPorts;
  print: (line: string) => void;
  /** What pins were told, -1 = released, and the level that was reported last. */
  told: { [pin: string]: number };
  watched: { [pin: string]: number };
  /** Data, clock and latch of the shift registers, and their outputs. */
  shift: number[];
  outputs: number[];
  /** -1: it switches no supply. */
  supplyPin: number;
  supplyLevel: number;
  supplied: boolean;
  /** Counts what ends a cut that is still to come. */
  turns: number;
  /** Changes of pins that wait for their time: pin, level, milliseconds after the one before. */
  waiting: number[][];
  /** When the last change with a time was made. */
  changedMs: number;
  /** The end of the waiting changes is to be reported. */
  asked: boolean;
  rest: string;
}

/** Longer lines are thrown away. */
const longestLine = 80;
const highestPin = 39;
/** Pins from here on are the outputs of the shift registers. */
const firstShifted = 100;
const mostShifted = 32;
const longestCutMs = 60000;
const longestWaitMs = 60000;

type Act = (h: Helper, words: string[]) => boolean;

/** -1 for what is no whole number from 0 to `most`. */
function numberIn(word: string | undefined, most: number): number {
  if (word === undefined || word.length < 1 || word.length > 5) return -1;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) < 48 || word.charCodeAt(i) > 57) return -1;
  const value = parseInt(word, 10);
  return value <= most ? value : -1;
}

function report(h: Helper, text: string): void {
  h.print("@" + Math.floor(h.ports.now()) + " " + text);
}

function driveShifted(h: Helper): void {
  const drive = h.ports.drive;
  for (let i = h.outputs.length - 1; i >= 0; i--) {
    drive(h.shift[0], h.outputs[i]);
    drive(h.shift[1], 1);
    drive(h.shift[1], 0);
  }
  drive(h.shift[2], 1);
  drive(h.shift[2], 0);
}

/** A lock without supply must not be fed through its pins: they are released meanwhile. */
function apply(h: Helper, pin: number): void {
  if (pin < firstShifted) {
    h.ports.drive(pin, h.supplied ? h.told[pin] : -1);
    return;
  }
  h.outputs[pin - firstShifted] = h.supplied && h.told[pin] === 1 ? 1 : 0;
  driveShifted(h);
}

/** The lock's supply, by the helper. Changes that wait are made before it: they were told before it. */
export function turnSupply(h: Helper, on: boolean): void {
  h.turns++;
  while (h.waiting.length > 0) take(h);
  answerIdle(h);
  h.supplied = on;
  if (!on) h.ports.drive(h.supplyPin, 1 - h.supplyLevel);
  for (const pin in h.told) apply(h, parseInt(pin, 10));
  if (on) h.ports.drive(h.supplyPin, h.supplyLevel);
  report(h, "supply " + (on ? "on" : "off"));
}

function take(h: Helper): void {
  const next = h.waiting[0];
  h.waiting.splice(0, 1);
  h.changedMs = h.ports.now();
  h.told[next[0]] = next[1];
  apply(h, next[0]);
}

/** The host may be late; so the time between two changes is kept here. */
function takeWaiting(h: Helper): void {
  while (h.waiting.length > 0) {
    const leftMs = Math.ceil(h.changedMs + h.waiting[0][2] - h.ports.now());
    if (leftMs > 0) {
      h.ports.after(leftMs, function () { takeWaiting(h); });
      return;
    }
    take(h);
  }
  answerIdle(h);
}

function answerIdle(h: Helper): void {
  if (h.asked) report(h, "idle");
  h.asked = false;
}

function doIdle(h: Helper): boolean {
  h.asked = true;
  if (h.waiting.length === 0) answerIdle(h);
  return true;
}

function doPin(h: Helper, words: string[]): boolean {
  const pin = numberIn(words[1], firstShifted + h.outputs.length - 1);
  const level = words[2] === "z" ? -1 : numberIn(words[2], 1);
  const ms = words.length === 4 ? numberIn(words[3], longestWaitMs) : 0;
  const good = pin >= 0 && (pin <= highestPin || pin >= firstShifted) && (words.length === 3 || words.length === 4);
  if (!good || ms < 0 || (level < 0 && words[2] !== "z")) return false;
  h.waiting.push([pin, level, ms]);
  if (h.waiting.length === 1) takeWaiting(h);
  return true;
}

function doVolt(h: Helper, words: string[]): boolean {
  const pin = numberIn(words[1], highestPin);
  const mv = numberIn(words[2], 3300);
  if (pin < 0 || mv < 0 || words.length !== 3) return false;
  h.ports.volt(pin, mv);
  return true;
}

function doWatch(h: Helper, words: string[]): boolean {
  const pin = numberIn(words[1], highestPin);
  if (pin < 0 || words.length !== 2) return false;
  function changed(level: number): void {
    if (h.watched[pin] === undefined || h.watched[pin] === level) return;
    h.watched[pin] = level;
    report(h, "pin " + pin + " " + level);
  }
  // The level now is reported as if it had changed.
  h.watched[pin] = -1;
  changed(h.ports.watch(pin, changed));
  return true;
}

function doShift(h: Helper, words: string[]): boolean {
  const lines = [numberIn(words[1], highestPin), numberIn(words[2], highestPin), numberIn(words[3], highestPin)];
  const count = numberIn(words[4], mostShifted);
  if (words.length !== 5 || count < 1 || lines.indexOf(-1) >= 0) return false;
  h.shift = lines;
  h.outputs = [];
  for (let i = 0; i < count; i++) h.outputs.push(0);
  driveShifted(h);
  return true;
}

function doSupply(h: Helper, words: string[]): boolean {
  if (words[1] !== "cut" && words.length === 3) {
    const pin = numberIn(words[1], highestPin);
    const level = numberIn(words[2], 1);
    if (pin < 0 || level < 0) return false;
    h.supplyPin = pin;
    h.supplyLevel = level;
    return true;
  }
  if (h.supplyPin < 0) return false;
  if (words[1] === "cut" && words.length === 3) return cutAfter(h, numberIn(words[2], longestCutMs));
  if (words.length !== 2 || (words[1] !== "on" && words[1] !== "off")) return false;
  turnSupply(h, words[1] === "on");
  return true;
}

function cutAfter(h: Helper, ms: number): boolean {
  if (ms < 0) return false;
  h.turns++;
  const mine = h.turns;
  h.ports.after(ms, function () { if (mine === h.turns) turnSupply(h, false); });
  return true;
}

/** As after a start: nothing is driven or reported, and the supply is on. */
function doReset(h: Helper): boolean {
  h.turns++;
  h.supplied = true;
  for (let i = 0; i < h.outputs.length; i++) h.outputs[i] = 0;
  if (h.outputs.length > 0) driveShifted(h);
  for (const pin in h.told) if (parseInt(pin, 10) < firstShifted) h.ports.drive(parseInt(pin, 10), -1);
  if (h.supplyPin >= 0) h.ports.drive(h.supplyPin, h.supplyLevel);
  h.told = {};
  h.watched = {};
  h.waiting = [];
  h.asked = false;
  return true;
}

function doHello(h: Helper): boolean {
  h.print("rig 1 " + h.ports.name);
  return true;
}

function doTime(h: Helper): boolean {
  h.print("time " + Math.floor(h.ports.now()));
  return true;
}

const acts: { word: string; usage: string; act: Act }[] = [
  { word: "rig", usage: "rig", act: doHello },
  { word: "time", usage: "time", act: doTime },
  { word: "reset", usage: "reset", act: doReset },
  { word: "pin", usage: "pin <n> <0|1|z> [ms after the change before, 0-60000]", act: doPin },
  { word: "idle", usage: "idle", act: doIdle },
  { word: "volt", usage: "volt <n> <0-3300>", act: doVolt },
  { word: "watch", usage: "watch <n>", act: doWatch },
  { word: "shift", usage: "shift <data> <clock> <latch> <outputs, 1-32>", act: doShift },
  { word: "supply", usage: "supply <n> <level that is on>, then supply <on|off> or supply cut <ms>", act: doSupply },
];

function onLine(h: Helper, line: string): void {
  const words = line.split(" ");
  for (let i = 0; i < acts.length; i++) {
    if (acts[i].word !== words[0]) continue;
    h.print(acts[i].act(h, words) ? "ok" : "error usage Usage: " + acts[i].usage + ".");
    return;
  }
  const wrong = h.ports.own(words);
  h.print(wrong === "" ? "ok" : "error " + wrong);
}

/** @param print takes the lines for the host */
export function newHelper(ports: HelperPorts, print: (line: string) => void): Helper {
  return { ports, print, told: {}, watched: {}, shift: [], outputs: [], supplyPin: -1, supplyLevel: 1, supplied: true, turns: 0, waiting: [], changedMs: 0, asked: false, rest: "" };
}

/** Bytes from the host, in pieces of any size. */
export function onBytes(h: Helper, bytes: string): void {
  h.rest += bytes;
  let end = h.rest.indexOf("\n");
  while (end >= 0) {
    const line = h.rest.substring(0, end);
    h.rest = h.rest.substring(end + 1);
    if (line.length > longestLine) h.print("error too-long A line has at most " + longestLine + " characters.");
    else if (line !== "") onLine(h, line);
    end = h.rest.indexOf("\n");
  }
  // Enough to know at its end that it was too long.
  if (h.rest.length > longestLine) h.rest = h.rest.substring(0, longestLine + 1);
}
