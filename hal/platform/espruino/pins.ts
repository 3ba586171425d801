import { InputPin, OutputPin, Pull } from "../../ports";

function modeFor(pull: Pull): string {
  if (pull === Pull.Up) return "input_pullup";
  if (pull === Pull.Down) return "input_pulldown";
  return "input";
}

/** @param number the GPIO number; an edge storm on a watched pin starves the interpreter, so filter noisy ones in hardware. */
export function newInput(number: number, pull: Pull, onChange: (level: number) => void): InputPin {
  const pin = new Pin(number);
  setWatch((event) => onChange(event.state ? 1 : 0), pin, { repeat: true, edge: "both", debounce: 0 });
  // After setWatch: on the ESP32 that call turns the pull-up on, whatever was set before.
  pinMode(pin, modeFor(pull));
  return { read: () => digitalRead(pin) };
}

export function newOutput(number: number, level: number): OutputPin {
  const pin = new Pin(number);
  // Level first, so that the pin does not pulse when it becomes an output.
  digitalWrite(pin, level);
  pinMode(pin, "output");
  return { write: (value) => digitalWrite(pin, value) };
}
