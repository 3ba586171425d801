import { travelMs } from "../bolt";
import { parseDuration } from "../duration";
import type { World } from "../world";
import { keyWords } from "./keys";
import { readerWords } from "./readers";
import { BenchAct, BenchWord, choose, done, handMs, parseNumber, refuse } from "./word";

export type { BenchAct } from "./word";

/** A lock that prints no `boot` line (trace off) is taken as booted after this. */
const bootMs = 1000;

/** Every bench word, with what follows it. */
export const benchWords: { [word: string]: BenchWord } = {
  ...keyWords,
  ...readerWords,
  door: { usage: "door <open|close>", act: (world, args) => choose(args, {
    open: () => world.setDoor(true), close: () => world.setDoor(false) }, handMs) },
  handle: { usage: "handle", act: (world, args) => args.length > 0 ? null : done(() => world.turnHandle(), handMs) },
  cylinder: { usage: "cylinder <lock|unlock>", act: (world, args) => choose(args, {
    lock: () => world.bolt.moveByHand(travelMs), unlock: () => world.bolt.moveByHand(0) }, handMs) },
  tamper: { usage: "tamper <open|close>", act: (world, args) => choose(args, {
    open: () => world.setTamper(true), close: () => world.setTamper(false) }, handMs) },
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
  return args[0] === "on" ? powerOn(world) : null;
}

/** Answered when the keypad works too. */
function powerOn(world: World): BenchAct {
  if (world.machine.powered) return refuse("powered", "The lock has power already.");
  const feltMs = world.nowMs + world.keypad.startMs;
  world.powerOn();
  world.scheduler.after(world.keypad.startMs, () => undefined);
  return { answer: "ok", waitMs: bootMs, ready: () => !world.machine.powered || (world.booted && world.nowMs >= feltMs) };
}

function wait(_world: World, args: string[]): BenchAct | null {
  const ms = args.length === 1 ? parseDuration(args[0]) : -1;
  return ms < 0 ? null : { answer: "ok", waitMs: ms };
}
