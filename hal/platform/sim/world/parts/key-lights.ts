import { Aw9523bEmulator } from "../../../../drivers/aw9523b/emulator";
import { Aw9523bPart } from "../../../../drivers/aw9523b/part";
import { Hc595Emulator } from "../../../../drivers/hc595/emulator";
import { Hc595Part } from "../../../../drivers/hc595/part";
import { Wires } from "../wires";
import { Module } from "./module";

export interface KeyLights {
  /** What shines now: one bit a key, bit number = Key. */
  lit(): number;
  /** null: shift registers, which do not answer. */
  readonly module: Module | null;
}

/** What shift registers hold at power-up: chosen, half of the lights. */
const chance = 0x5A5A;

export function newKeyLights(wires: Wires, part: Aw9523bPart | Hc595Part): KeyLights {
  return part.driver === "aw9523b" ? newCurrents(wires, part) : newRegisters(wires, part);
}

function newCurrents(wires: Wires, part: Aw9523bPart): KeyLights {
  const chip = new Aw9523bEmulator(wires.scheduler);
  wires.i2c(part.bus, part.address, chip);
  wires.onPower((on) => chip.power(on));
  chip.power(false);
  return {
    lit: () => keysAt(part.pins, chip.lit()),
    module: {
      silence: (silent) => { chip.silent = silent; },
      // Another one knows nothing of what this one was told.
      swap: () => chip.power(wires.powered),
    },
  };
}

function newRegisters(wires: Wires, part: Hc595Part): KeyLights {
  const { dataPin, clockPin, latchPin, enablePin, outputs, activeLevel } = part;
  let chips = new Hc595Emulator(chance);
  wires.onOutput(dataPin, (level) => chips.set("data", level));
  wires.onOutput(clockPin, (level) => chips.set("clock", level));
  wires.onOutput(latchPin, (level) => chips.set("latch", level));
  wires.onPower(() => { chips = new Hc595Emulator(chance); });
  return {
    lit: () => {
      // Before the driver has opened it, the pin counts as low too: its pull-up is not simulated.
      chips.set("enable", enablePin < 0 ? 0 : wires.level(enablePin));
      const levels = wires.powered ? chips.outputs() : -1;
      return levels < 0 ? 0 : keysAt(outputs, activeLevel === 1 ? levels : ~levels);
    },
    module: null,
  };
}

/** @param lightOf number of each key's light, by key, -1 = none @param lights one bit each */
function keysAt(lightOf: readonly number[], lights: number): number {
  return lightOf.reduce((keys, light, key) => light >= 0 && ((lights >> light) & 1) === 1 ? keys + 2 ** key : keys, 0);
}
