import { InputPin, Platform, Pull, Timer } from "../../ports";

/**
 * Switches on pins, debounced together: after any edge the pins are left alone for a settling
 * time, then all are read and every change is told, in the order in which they were given.
 */
export interface Contacts {
  /** The settled level of the contact at this position. */
  level(at: number): number;
}

/**
 * @param pins 1 while the contact is in the state that names it
 * @param settleMs longer than the switches bounce
 * @param changed is told each settled change: position in `pins` and level
 */
export function newContacts(platform: Platform, pins: number[], settleMs: number, changed: (at: number, level: number) => void): Contacts {
  const inputs: InputPin[] = [];
  const levels: number[] = [];
  const timer: Timer = platform.timer(() => {
    for (let i = 0; i < inputs.length; i++) {
      const level = inputs[i].read();
      if (level === levels[i]) continue;
      levels[i] = level;
      changed(i, level);
    }
  });
  const settle = (): void => { timer.start(settleMs); };
  for (let i = 0; i < pins.length; i++) {
    const input = platform.input(pins[i], Pull.Up, settle);
    inputs.push(input);
    levels.push(input.read());
  }
  return { level: (at) => levels[at] };
}
