import { InputPin, OutputPin, Pull } from "../../ports";
import { callbackEnds } from "../callbacks";

function modeFor(pull: Pull): string {
  if (pull === Pull.Up) return "input_pullup";
  if (pull === Pull.Down) return "input_pulldown";
  return "input";
}

/** By the name of the pin: one watch function for all, as each of its own would take memory. */
const heard: { [pin: string]: (level: number) => void } = {};

function onEdge(event: WatchEvent): void {
  heard[event.pin.toString()](event.state ? 1 : 0);
  callbackEnds();
}

/** Classes, because a lock has twenty pins: what each does is kept once. */
class Input implements InputPin {
  constructor(private readonly pin: Pin) {}

  read(): number {
    return digitalRead(this.pin);
  }
}

class Output implements OutputPin {
  constructor(private readonly pin: Pin) {}

  write(level: number): void {
    digitalWrite(this.pin, level);
  }
}

/** @param number the GPIO number; an edge storm on a watched pin starves the interpreter, so filter noisy ones in hardware. */
export function newInput(number: number, pull: Pull, onChange: (level: number) => void): InputPin {
  const pin = new Pin(number);
  heard[pin.toString()] = onChange;
  setWatch(onEdge, pin, { repeat: true, edge: "both", debounce: 0 });
  // After setWatch: on the ESP32 that call turns the pull-up on, whatever was set before.
  pinMode(pin, modeFor(pull));
  return new Input(pin);
}

export function newOutput(number: number, level: number): OutputPin {
  const pin = new Pin(number);
  // Level first, so that the pin does not pulse when it becomes an output.
  digitalWrite(pin, level);
  pinMode(pin, "output");
  return new Output(pin);
}
