import { InputPin, Platform, Pull, Timer } from "../../ports";
import { ContactEvents, Contacts } from "../../roles";
import { OptionalContactWire } from "./part";

/**
 * Switches on pins, debounced together: after any edge the pins are left alone for a settling
 * time, then all are read and every change is told, in the order in which they were given.
 * @param wires in the order of `Switch`; pin -1 = there is none
 * @param settleMs longer than the switches bounce
 */
export function newContacts(platform: Platform, wires: OptionalContactWire[], settleMs: number, events: ContactEvents): Contacts {
  const inputs: (InputPin | null)[] = [];
  const levels: number[] = [];
  const level = (at: number): number => {
    const input = inputs[at];
    return input !== null && input.read() === wires[at].active ? 1 : 0;
  };
  const timer: Timer = platform.timer(() => {
    for (let i = 0; i < inputs.length; i++) {
      const now = level(i);
      if (now === levels[i]) continue;
      levels[i] = now;
      events.changed(i, now);
    }
  });
  const settle = (): void => { timer.start(settleMs); };
  for (let i = 0; i < wires.length; i++) {
    inputs.push(wires[i].pin < 0 ? null : platform.input(wires[i].pin, Pull.Up, settle));
    levels.push(level(i));
  }
  return { level: (at) => levels[at] };
}
