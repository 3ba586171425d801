import { OutputPin, Platform } from "../../ports";
import { Level, NotWired, OutPin } from "../../wires";

/** Key lights on two 74HC595 in a chain, by three pins or four. They are on or off, and do not answer. */
export interface Hc595Options {
  /** To SER of the first chip. @atReset free */
  dataPin: OutPin;
  /** To SRCLK of both chips. @atReset free */
  clockPin: OutPin;
  /** To RCLK of both chips. @atReset free */
  latchPin: OutPin;
  /** To OE, low = lights on; -1 where OE is wired to ground. @atReset high */
  enablePin: OutPin | NotWired;
  /** Output of each key's light, by the number of the key: Q0 to Q7 of the first chip are 0 to 7, of the second 8 to 15; -1 = none. @minItems 15 @maxItems 15 @items { type: "integer", minimum: -1, maximum: 15 } */
  outputs: number[];
  /** Level of an output whose light shines. */
  activeLevel: Level;
}

export interface Hc595 {
  /** Lights these keys and no others: one bit a key, bit number = Key. */
  show(keys: number): void;
}

const enum Figure { Outputs = 16 }

export function newHc595(platform: Platform, options: Hc595Options): Hc595 {
  const data = platform.output(options.dataPin, 0);
  const clock = platform.output(options.clockPin, 0);
  const latch = platform.output(options.latchPin, 0);
  const keyOf: number[] = [];
  for (let i = 0; i < Figure.Outputs; i++) keyOf.push(options.outputs.indexOf(i));
  const show = (keys: number): void => { shift(data, clock, latch, keyOf, keys, options.activeLevel); };
  // What the registers hold at power-up is chance: they are loaded before the outputs are let on.
  show(0);
  if (options.enablePin >= 0) platform.output(options.enablePin, 0);
  return { show: (keys) => { show(keys); } };
}

/** Always all of it, changed or not: nobody can ask the chips what they hold. The last output goes first. */
function shift(data: OutputPin, clock: OutputPin, latch: OutputPin, keyOf: number[], keys: number, activeLevel: number): void {
  let level = -1;
  for (let i = Figure.Outputs - 1; i >= 0; i--) {
    const on = keyOf[i] >= 0 && Math.floor(keys / (1 << keyOf[i])) % 2 === 1;
    const next = on ? activeLevel : 1 - activeLevel;
    if (next !== level) data.write(next);
    level = next;
    clock.write(1);
    clock.write(0);
  }
  latch.write(1);
  latch.write(0);
}
