/** What a scenario needs of a bench, and what a bench has. */
import { Board } from "../../hal/board";
import { Scenario } from "../scenario/parse";
import { carries, uartOf } from "./mirror";
import { contactNames, keyNames, Rig } from "./rig";

/** Every need: what has it, and what a bench without it cannot do. */
export const needs: { [need: string]: string } = {
  rig: "it has no helper (helper)",
  set: "nothing presses the set button (helper.contacts.set)",
  "lock-button": "nothing presses the lock button (helper.contacts.lockButton)",
  handle: "nothing turns the rear handle (helper.contacts.handle)",
  door: "nothing moves the door's switch (helper.contacts.doorOpen)",
  tamper: "nothing moves the tamper switch (helper.contacts.tamper)",
  bolt: "nobody plays the bolt (helper.motor, helper.contacts.boltWithdrawn and boltThrown)",
  battery: "nothing feeds the battery divider (helper.battery)",
  usb: "nothing plugs USB power (helper.usb)",
  supply: "nothing switches the supply (helper.supply)",
  cut: "nothing cuts the supply in the midst of a flash operation (helper.supply.cutMs)",
  finger: "it has no fingerprint reader, or one that is not emulated, or whose wake line is not driven (modules.finger, helper.fingerWake)",
  palm: "it has no palm reader, or one that is not emulated, or whose proximity line is not driven (modules.palmFace, helper.palmNear)",
  face: "it has no face reader, or one that is not emulated, or whose proximity line is not driven (modules.palmFace, helper.palmNear)",
  speech: "its voice module is real (modules.speech)",
  keys: "its keypad chip is real", lights: "its key lights are real", clock: "its clock is real",
  "sim-board": "the story tells of the simulator's board",
  "two-cells": "its battery is not of two lithium cells, whose voltages the story gives",
  "three-placements": "an enrolment at its fingerprint reader does not take three placements",
  "quick-keys": "its keypad is not read often enough for touches of 20 ms",
  "reader-serial": "its fingerprint reader has no serial number by which another one is known",
  "calendar-clock": "it has no clock that goes on without supply",
};

/** Of each bench word; `null`: it depends on what follows. */
const words: { [word: string]: string[] | null } = {
  touch: null, key: null, keys: null, button: null, door: ["door"], handle: ["handle", "bolt"], cylinder: ["bolt"], tamper: ["tamper"],
  bolt: ["bolt"], battery: ["battery", "two-cells"], usb: ["usb"], power: null, finger: ["finger"], palm: ["palm"], face: ["face"], module: null, match: null, wait: [],
};

const partNeeds: { [name: string]: string } = { finger: "finger", palmface: "palm", speech: "speech", keys: "keys", lights: "lights", clock: "clock" };

/** Facts of the board that no bench can change. */
const boardNeeds: { [need: string]: (board: Board) => boolean } = {
  "sim-board": ({ name }) => name === "sim",
  "two-cells": ({ parts }) => parts.battery.cells === "lithium-2s",
  "three-placements": ({ parts }) => parts.finger?.placements === 3,
  "quick-keys": ({ parts }) => parts.keys.driver === "mpr121" && parts.keys.samplePeriod === 1,
  "reader-serial": ({ parts }) => parts.finger?.serial === true,
  "calendar-clock": ({ parts }) => parts.clock !== undefined,
};

/** What one line given to the bench needs; a line for the lock needs nothing. */
export function needsOfLine(line: string): string[] {
  const [word, ...rest] = line.trim().split(/\s+/);
  if (!Object.hasOwn(words, word)) return [];
  const known = words[word];
  if (known !== null) return known;
  if (word === "touch") return ["key touch"];
  if (word === "key") return rest.slice(0, 1).map((key) => `key ${key}`);
  if (word === "keys") return rest.flatMap((key) => /^\d+$/.test(key) ? [...key] : [key]).map((key) => `key ${key}`);
  if (word === "button") return [rest[0] === "lock" ? "lock-button" : "set"];
  if (word === "power") return rest[0] === "cut" ? ["supply", "cut"] : ["supply"];
  return Object.hasOwn(partNeeds, rest[0]) ? [partNeeds[rest[0]]] : [];
}

/** What the scenario's `# needs:` names, what its bench words need, and the bolt where it is expected to move or to be somewhere. */
export function needsOf(scenario: Scenario): string[] {
  const found = new Set(scenario.needs);
  for (const step of scenario.steps) {
    if (step.kind === "send") for (const need of needsOfLine(step.text)) found.add(need);
    const enrolled = step.kind === "send" ? /^enrol \d+ (finger|palm|face)$/.exec(step.text) : null;
    if (enrolled !== null) found.add(enrolled[1]);
    if (step.kind === "expect" && /^(motor|bolt)\b/.test(step.text)) found.add("bolt");
    if (step.kind === "expect" && /^credential added .*kind=finger/.test(step.text)) found.add("three-placements");
    if (step.kind === "answer" && /^bolt (ok|withdrawn|thrown|between)\b/.test(step.text)) found.add("bolt");
  }
  return [...found];
}

/** @param helperWords what the helper says it can besides the common words */
export function bench(board: Board, rig: Rig | null, helperWords: readonly string[] = []): ReadonlySet<string> {
  const { helper } = rig ?? {};
  const { parts } = board;
  const has = new Set<string>();
  const add = (need: string, there: boolean): void => { if (there) has.add(need); };
  const wires: { [name in typeof contactNames[number]]: string } = {
    handle: "handle", boltWithdrawn: "", boltThrown: "", doorOpen: "door", tamper: "tamper", set: "set", lockButton: "lock-button",
  };
  const wired = (name: typeof contactNames[number]): boolean => helper?.contacts?.[name] !== undefined && parts.contacts[name].pin >= 0;
  add("rig", helper !== undefined);
  for (const name of contactNames) if (wires[name] !== "") add(wires[name], wired(name));
  keyNames.forEach((name, key) => add(`key ${name}`, helper?.keys?.[name] !== undefined && boardHasKey(board, key)));
  add("bolt", helper?.motor !== undefined && wired("boltWithdrawn") && wired("boltThrown"));
  add("battery", helper?.battery !== undefined);
  add("usb", helper?.usb !== undefined && parts.battery.usbPin >= 0);
  add("supply", helper?.supply !== undefined);
  add("cut", helper?.supply?.cutMs !== undefined || helperWords.includes("cut"));
  add("finger", carries(board, rig, "finger") && (parts.finger?.wakePin === -1 || helper?.fingerWake !== undefined));
  const palmFace = carries(board, rig, "palmFace") && (parts.palmFace?.nearPin === -1 || helper?.palmNear !== undefined);
  add("palm", palmFace);
  add("face", palmFace);
  for (const [need, fits] of Object.entries(boardNeeds)) add(need, fits(board));
  add("speech", uartOf(board, "speech") >= 0 && carries(board, rig, "speech"));
  return has;
}

/** Why the bench cannot do this, null if it can. */
export function lacking(has: ReadonlySet<string>, wanted: readonly string[]): string | null {
  const missing = wanted.filter((need) => !has.has(need));
  const keys = missing.filter((need) => need.startsWith("key ")).map((need) => need.slice("key ".length));
  const reasons = missing.filter((need) => !need.startsWith("key ")).map((need) => needs[need] ?? `there is no need "${need}"`);
  if (keys.length > 0) reasons.unshift(`nothing presses ${keys.length > 1 ? "the keys" : "the key"} ${keys.join(", ")} (helper.keys)`);
  return reasons.length === 0 ? null : reasons.join("; ");
}

function boardHasKey(board: Board, key: number): boolean {
  const { keys } = board.parts;
  return keys.driver === "matrix" ? keys.keys.includes(key) : keys.chips.some((chip) => chip.keys.includes(key));
}
