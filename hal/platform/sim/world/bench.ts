import { Key } from "../../../roles";
import { travelMs } from "./bolt";
import { parseDuration } from "./duration";
import { Pose, poses } from "./face";
import { Presence } from "./reader";
import type { Button, World } from "./world";

/** What became of a bench word. */
export interface BenchAct {
  /** `ok`, or `error <word> <sentence>`. */
  answer: string;
  /** The answer comes after this long … */
  waitMs: number;
  /** … or as soon as this is true. */
  ready?: () => boolean;
}

interface BenchWord {
  usage: string;
  /** @returns null if the words after the first are not what the usage says. */
  act(world: World, args: string[]): BenchAct | null;
}

const keyHoldMs = 80;
/** Chosen: a pause between two keys as long as the touch, which no debouncing takes for one. */
const keyPauseMs = 80;
const buttonHoldMs = 200;
/** Chosen: a hand's pause after moving a switch, in which its bouncing ends and the lock takes note. */
const switchMs = 50;
const longestHoldMs = 600000;
/** A lock that prints no `boot` line (trace off) is taken as booted after this. */
const bootMs = 1000;

const keyNames: { [name: string]: Key } = { cancel: 10, ok: 11, away: 12, bell: 13 };

/** Every bench word, with what follows it. */
export const benchWords: { [word: string]: BenchWord } = {
  touch: { usage: "touch", act: (world, args) => args.length > 0 ? null : touchKeys(world, [Key.None], keyHoldMs) },
  key: { usage: "key <0-9|ok|cancel|away|bell> [hold-ms]", act: key },
  keys: { usage: "keys <key or digits> …, for example keys 4711739154 ok", act: keys },
  button: { usage: "button <set|lock> [hold-ms], or button <set|lock> <down|up>", act: button },
  finger: { usage: "finger <1-65535>|unknown|bad|off", act: (world, args) => reader(world, "finger", args) },
  palm: { usage: "palm <1-65535>|unknown|off", act: (world, args) => reader(world, "palm", args) },
  face: { usage: "face <1-65535>|unknown|off, or face <1-65535> pose <straight|up|down|left|right>", act: face },
  door: { usage: "door <open|close>", act: (world, args) => choose(args, {
    open: () => world.setDoor(true), close: () => world.setDoor(false) }, switchMs) },
  handle: { usage: "handle", act: (world, args) => args.length > 0 ? null : done(() => world.turnHandle(), switchMs) },
  cylinder: { usage: "cylinder <lock|unlock>", act: (world, args) => choose(args, {
    lock: () => world.bolt.moveByHand(travelMs), unlock: () => world.bolt.moveByHand(0) }, switchMs) },
  tamper: { usage: "tamper <open|close>", act: (world, args) => choose(args, {
    open: () => world.setTamper(true), close: () => world.setTamper(false) }, switchMs) },
  bolt: { usage: "bolt <jam|free>", act: (world, args) => choose(args, {
    jam: () => world.bolt.jam(true), free: () => world.bolt.jam(false) }) },
  battery: { usage: "battery <millivolts, 0-20000>", act: battery },
  usb: { usage: "usb <on|off>", act: (world, args) => choose(args, {
    on: () => world.battery.plugUsb(true), off: () => world.battery.plugUsb(false) }) },
  power: { usage: "power <on|off>, or power cut <n>: at the n-th flash operation from now", act: power },
  wait: { usage: "wait <time>, for example wait 500ms, wait 20s, wait 2m50s", act: wait },
};

/** Acts on a bench word at once. @returns null if the line does not begin with one. */
export function bench(world: World, line: string): BenchAct | null {
  const [word, ...args] = line.trim().split(/\s+/);
  if (!Object.hasOwn(benchWords, word)) return null;
  return benchWords[word].act(world, args) ?? refuse("usage", `Usage: ${benchWords[word].usage}.`);
}

function done(act: () => void, waitMs = 0): BenchAct {
  act();
  return { answer: "ok", waitMs };
}

function refuse(word: string, sentence: string): BenchAct {
  return { answer: `error ${word} ${sentence}`, waitMs: 0 };
}

function choose(args: string[], choices: { [word: string]: () => void }, waitMs = 0): BenchAct | null {
  if (args.length !== 1 || !Object.hasOwn(choices, args[0])) return null;
  return done(choices[args[0]], waitMs);
}

function touchKeys(world: World, pressed: Key[], holdMs: number): BenchAct {
  let atMs = 0;
  for (const one of pressed) {
    world.scheduler.after(atMs, () => world.keypad.touch(one));
    world.scheduler.after(atMs + holdMs, () => world.keypad.release(one));
    atMs += holdMs + keyPauseMs;
  }
  return { answer: "ok", waitMs: atMs - keyPauseMs };
}

/** @returns the keys a word stands for: one name, or a run of digits; empty for any other word. */
function parseKeys(word: string): Key[] {
  if (/^\d+$/.test(word)) return [...word].map(Number);
  return Object.hasOwn(keyNames, word) ? [keyNames[word]] : [];
}

/** @returns -1 for what is not a whole number in the range. */
function parseNumber(word: string | undefined, least: number, most: number): number {
  const value = word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : -1;
  return value >= least && value <= most ? value : -1;
}

function key(world: World, args: string[]): BenchAct | null {
  const pressed = parseKeys(args[0] ?? "");
  const holdMs = args.length > 1 ? parseNumber(args[1], 1, longestHoldMs) : keyHoldMs;
  if (pressed.length !== 1 || holdMs < 0 || args.length > 2) return null;
  return touchKeys(world, pressed, holdMs);
}

function keys(world: World, args: string[]): BenchAct | null {
  const pressed = args.map(parseKeys);
  if (pressed.length === 0 || pressed.some((some) => some.length === 0)) return null;
  return touchKeys(world, pressed.flat(), keyHoldMs);
}

function button(world: World, args: string[]): BenchAct | null {
  const which = args[0] as Button;
  if ((which !== "set" && which !== "lock") || args.length > 2) return null;
  if (args[1] === "down" || args[1] === "up") return done(() => world.pressButton(which, args[1] === "down"), switchMs);
  const holdMs = args.length > 1 ? parseNumber(args[1], 1, longestHoldMs) : buttonHoldMs;
  if (holdMs < 0) return null;
  world.pressButton(which, true);
  world.scheduler.after(holdMs, () => world.pressButton(which, false));
  return { answer: "ok", waitMs: holdMs };
}

function parsePresence(word: string | undefined, bad: boolean): Presence | null {
  if (word === "unknown" || (bad && word === "bad")) return word;
  const identity = parseNumber(word, 1, 65535);
  return identity < 0 ? null : identity;
}

function reader(world: World, name: "finger" | "palm" | "face", args: string[]): BenchAct | null {
  if (args.length !== 1) return null;
  if (args[0] === "off") return { answer: "ok", waitMs: world[name].off() };
  const presence = parsePresence(args[0], name === "finger");
  return presence === null ? null : { answer: "ok", waitMs: world[name].put(presence) };
}

function face(world: World, args: string[]): BenchAct | null {
  if (args.length === 1) return reader(world, "face", args);
  const identity = parseNumber(args[0], 1, 65535);
  const pose = args[2] as Pose;
  if (identity < 0 || args.length !== 3 || args[1] !== "pose" || !poses.includes(pose)) return null;
  return { answer: "ok", waitMs: world.face.pose(identity, pose) };
}

function battery(world: World, args: string[]): BenchAct | null {
  const mv = parseNumber(args[0], 0, 20000);
  return mv < 0 || args.length !== 1 ? null : done(() => { world.battery.mv = mv; });
}

function power(world: World, args: string[]): BenchAct | null {
  if (args[0] === "cut") {
    const operation = parseNumber(args[1], 1, 999999999);
    if (operation < 0 || args.length !== 2) return null;
    return done(() => world.flash.cutAt({ operation }));
  }
  if (args.length !== 1) return null;
  if (args[0] === "off") return done(() => world.powerOff());
  if (args[0] !== "on") return null;
  if (world.machine.powered) return refuse("powered", "The lock has power already.");
  world.powerOn();
  return { answer: "ok", waitMs: bootMs, ready: () => world.booted || !world.machine.powered };
}

function wait(_world: World, args: string[]): BenchAct | null {
  const ms = args.length === 1 ? parseDuration(args[0]) : -1;
  return ms < 0 ? null : { answer: "ok", waitMs: ms };
}
