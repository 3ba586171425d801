/** What a bench file (board-configs/rigs/*.json) says: how the bench reaches the world around the lock. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shapeMistakes } from "../board/shape";
import { root } from "../build/sources";
import { UserError } from "../build/user-error";
import { rigSchema } from "./rig-schema";

export interface Rig {
  title: string;
  /** By how much a time may be missed; left out: 300 ms and 1 %. */
  tolerance?: { ms?: number; percent?: number };
  /** Our emulated modules, each on a serial port of this machine that is wired to the lock in place of the module. */
  modules?: { [module in ModuleName]?: { port: string } };
  helper?: RigHelper;
}

export type ModuleName = "finger" | "palmFace" | "speech";
export const moduleNames: readonly ModuleName[] = ["finger", "palmFace", "speech"];

/** The second board: pins of its own, each optional. 100 and more are outputs of its shift registers. */
export interface RigHelper {
  port: string;
  shift?: { data: number; clock: number; latch: number; outputs: number };
  /** At 1 an analogue switch touches the pad, or closes the contact, of the key: `0` to `9`, `ok`, `cancel`, `away`, `bell`, and `touch`, a place that is no key. */
  keys?: { [key: string]: number };
  /** Pulled low or released, in place of the switch. Both of the bolt: no bolt is on the bench, the runner plays it. */
  contacts?: { [contact in ContactName]?: number };
  /** The lock's input that tells USB power. */
  usb?: number;
  /** A voltage for the lock's divider input: 25 and 26 from the converter, any other pin through an RC filter. */
  battery?: number;
  /** The wake line of the fingerprint module, and the proximity line of the palm and face module. */
  fingerWake?: number;
  palmNear?: number;
  /** Watched: what the lock drives. */
  motor?: { withdraw: number; throw: number };
  fingerPower?: number;
  palmPower?: number;
  /** A relay or MOSFET in the lock's supply. */
  supply?: {
    pin: number;
    on: 0 | 1;
    /** Chosen for `power cut <n>` where nobody counts flash operations: the n-th is taken to be so long after the next line, times n. */
    cutMs?: number;
  };
}

export const contactNames = ["handle", "boltWithdrawn", "boltThrown", "doorOpen", "tamper", "set", "lockButton"] as const;
export type ContactName = typeof contactNames[number];

/** In the order of the lock's key numbers. */
export const keyNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "cancel", "ok", "away", "bell", "", "touch"];

const folder = "board-configs/rigs";

/** @param name a file, or the name of one in board-configs/rigs @throws UserError with a sentence for each mistake */
export function readRig(name: string): Rig {
  const path = [name, join(root, folder, `${name}.json`)].find((one) => existsSync(one));
  if (path === undefined) throw new UserError(`There is no bench file "${name}"; ${folder} has ${rigNames().join(", ")}.`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const mistakes = [...shapeMistakes(value, rigSchema)];
  if (mistakes.length === 0) mistakes.push(...doubleUses(value as Rig));
  if (mistakes.length > 0) throw new UserError(mistakes.map((mistake) => `${path}: ${mistake}`).join("\n"));
  return value as Rig;
}

export function rigNames(): string[] {
  return readdirSync(join(root, folder)).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length)).sort();
}

/** Milliseconds by which something that was to be after `ms` may be missed. */
export function toleranceOf(rig: Rig | null, ms: number): number {
  const { ms: fixed = 300, percent = 1 } = rig?.tolerance ?? {};
  return fixed + ms * percent / 100;
}

/** Each pin of the helper with what it is for. */
function usesOf(helper: RigHelper): [string, number][] {
  const { keys = {}, contacts = {}, shift, motor, supply } = helper;
  const single = (["usb", "battery", "fingerWake", "palmNear", "fingerPower", "palmPower"] as const).map((name): [string, number | undefined] => [name, helper[name]]);
  const uses = [
    ...Object.entries(keys).map(([key, pin]): [string, number] => [`keys.${key}`, pin]),
    ...Object.entries(contacts).map(([contact, pin]): [string, number] => [`contacts.${contact}`, pin]),
    ...single,
    ...shift === undefined ? [] : [["shift.data", shift.data], ["shift.clock", shift.clock], ["shift.latch", shift.latch]],
    ...motor === undefined ? [] : [["motor.withdraw", motor.withdraw], ["motor.throw", motor.throw]],
    ...supply === undefined ? [] : [["supply.pin", supply.pin]],
  ];
  return uses.filter((use): use is [string, number] => use[1] !== undefined);
}

function doubleUses({ helper }: Rig): string[] {
  const mistakes: string[] = [];
  const taken = new Map<number, string>();
  for (const [use, pin] of helper === undefined ? [] : usesOf(helper)) {
    const other = taken.get(pin);
    if (other !== undefined) mistakes.push(`helper.${use}: pin ${pin} is helper.${other} already; give them different pins.`);
    if (pin >= 100 && pin - 100 >= (helper?.shift?.outputs ?? 0)) mistakes.push(`helper.${use}: ${pin} is an output of shift registers, and helper.shift has ${helper?.shift?.outputs ?? 0}.`);
    taken.set(pin, use);
  }
  return mistakes;
}
