import { InputPin, OutputPin, Pull } from "../../ports";
import { callbackEnds } from "../callbacks";

function pullFor(pull: Pull): number {
  if (pull === Pull.Up) return gpio.PULL_UP;
  if (pull === Pull.Down) return gpio.PULL_DOWN;
  return gpio.FLOATING;
}

/**
 * The interrupt is off from an edge until its callback has returned, so of a bouncing contact some
 * edges are missing: the level is read afresh, and a change that is none is not told.
 */
export function newInput(pin: number, pull: Pull, onChange: (level: number) => void): InputPin {
  gpio.config({ gpio: pin, dir: gpio.IN, pull: pullFor(pull) });
  let last = gpio.read(pin);
  gpio.trig(pin, gpio.INTR_UP_DOWN, () => {
    const level = gpio.read(pin);
    if (level === last) return;
    last = level;
    onChange(level);
    callbackEnds();
  });
  return { read: () => gpio.read(pin) };
}

export function newOutput(pin: number, level: number): OutputPin {
  // Level first, so that the pin does not pulse when it becomes an output.
  gpio.write(pin, level);
  gpio.config({ gpio: pin, dir: gpio.OUT });
  return { write: (value) => gpio.write(pin, value) };
}
