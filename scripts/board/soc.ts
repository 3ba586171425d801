/** What the pins of a chip can and cannot do: the files of board-configs/soc. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { UartPins } from "../../hal/wires";
import { root } from "../build/sources";

/** Pins of which the same is to be said. */
export interface PinSet {
  pins: number[];
  /** Follows "GPIO <n>: ". */
  why: string;
  /** Platforms that it holds for; all if left out. */
  platforms?: Board["platform"][];
}

/** A pin that the chip reads while it starts. */
export interface StrappingPin {
  pin: number;
  /** The level without which the lock does not start. */
  must?: "low" | "high";
  /** The level without which no image can be loaded. */
  loader?: "low" | "high";
  why: string;
  /** What to mind where it is used nevertheless. */
  care?: string;
}

export interface Soc {
  title: string;
  /** Pins are numbered from 0 to one less. */
  pins: number;
  absent: PinSet[];
  flash: PinSet;
  inputOnly: PinSet;
  unpulled: PinSet;
  adc1: PinSet;
  dac: PinSet;
  unwatched: PinSet;
  unsteady: PinSet;
  psram: PinSet;
  strapping: StrappingPin[];
  /** Where the USB adapter is. */
  usbUart: UartPins;
  /** Pins that can have PWM with a frequency of their own. */
  pwmPins: number;
  /** The flash that the store may have. */
  store: { pageSize: number; bytes: number };
}

export function readSoc(name: Board["soc"]): Soc {
  return JSON.parse(readFileSync(join(root, "board-configs/soc", `${name}.json`), "utf8"));
}

export function has(set: PinSet, pin: number, platform: Board["platform"]): boolean {
  return set.pins.includes(pin) && (set.platforms === undefined || set.platforms.includes(platform));
}
