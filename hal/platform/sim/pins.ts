import { InputPin, OutputPin, Pull } from "../../ports";
import { Chip } from "./chip";

export function newPins(chip: Chip) {
  const watchers = new Map<number, (level: number) => void>();
  return {
    /** The world gives every input a level, so the pull resistor does nothing here. */
    newInput(pin: number, _pull: Pull, onChange: (level: number) => void): InputPin {
      if (watchers.has(pin)) throw new Error(`pin ${pin} is opened twice: give the two parts different pins in the board's file`);
      watchers.set(pin, onChange);
      return { read: () => chip.readPin(pin) };
    },
    newOutput(pin: number, level: number): OutputPin {
      chip.writePin(pin, level);
      return { write: (value) => chip.writePin(pin, value) };
    },
    changed(pin: number, level: number): void {
      watchers.get(pin)?.(level);
    },
  };
}
