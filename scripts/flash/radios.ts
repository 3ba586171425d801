import { UserError } from "../build/user-error";
import { askChip, Chip, isPc } from "./chip";
import { Loader } from "./loader";
import { Progress } from "./progress";
import { Prompt } from "./prompt";

/**
 * A radio takes memory that the interpreter then lacks: its own documentation counts 3 900 variables for Wi-Fi and 1 800 for
 * Bluetooth. The lock uses neither, and what is off is no way in. The chip keeps both switches beside its firmware.
 */
export interface Radio {
  name: string;
  /** Whether it is on; `undefined` where the firmware has none. */
  isOn: string;
  /** Removes saved code, switches and restarts. */
  off: string;
}

const radios: Radio[] = [
  { name: "Wi-Fi", isOn: "ESP32.getState().Wifi", off: "ESP32.enableWifi(false)" },
  { name: "Bluetooth", isOn: "ESP32.enableBLE&&ESP32.getState().BLE", off: "ESP32.enableBLE(false)" },
];

/** @returns those that are on. */
export async function radiosOn(chip: Chip, prompt: Prompt): Promise<Radio[]> {
  if (isPc(chip)) return [];
  const on: Radio[] = [];
  for (const radio of radios) if (await prompt.askTwice(radio.isOn) === "true") on.push(radio);
  return on;
}

/** @returns the chip as it is without its radios. @throws UserError if one stays on */
export async function switchOff(on: readonly Radio[], before: Chip, prompt: Prompt, loader: Loader, progress: Progress): Promise<Chip> {
  let chip = before;
  for (const radio of on) {
    progress.begin(`Switch off ${radio.name}`);
    for (let turn = 0; (await radiosOn(chip, prompt)).includes(radio); turn++) {
      if (turn === prompt.pace.tries) throw new UserError(`${radio.name} of the chip at ${prompt.path} does not go off; nothing was written.`);
      prompt.send(radio.off);
      await prompt.quiet();
      chip = await askChip(prompt, loader);
    }
    progress.end(`room for ${chip.variables} variables`);
  }
  return chip;
}

/** @throws UserError if the image would not run in the chip's memory. */
export function checkMemory(chip: Chip, needed: number, path: string): void {
  if (chip.variables >= needed) return;
  throw new UserError(`The image needs room for ${needed} variables, and the chip at ${path} has ${chip.variables}; take a chip with more memory, or leave parts out of the board's file.`);
}
