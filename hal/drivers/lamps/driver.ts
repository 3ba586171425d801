import { OutputPin, Platform, Timer } from "../../ports";
import { Lamp, LampState, Lights } from "../../roles";

/** Chosen: like the flashing key (K3), which says the same at the front (P1). */
const enum Figure { HalfMs = 500 }

/** @param pins by `Lamp`, -1 = there is none @param activeLevel of a pin whose lamp shines */
export function newLamps(platform: Platform, pins: number[], activeLevel: number): Lights {
  const outputs: (OutputPin | null)[] = [];
  const states: LampState[] = [];
  let phase = 0;
  let flashing = false;
  const show = (lamp: Lamp): void => {
    const output = outputs[lamp];
    if (output === null) return;
    const on = states[lamp] === LampState.On || (states[lamp] === LampState.Flash && phase === 0);
    output.write(on ? activeLevel : 1 - activeLevel);
  };
  const flashes = (): boolean => states.indexOf(LampState.Flash) >= 0;
  const timer: Timer = platform.timer(() => {
    flashing = flashes();
    phase = flashing ? 1 - phase : 0;
    for (let lamp = 0; lamp < pins.length; lamp++) show(lamp);
    if (flashing) timer.start(Figure.HalfMs);
  });
  for (let lamp = 0; lamp < pins.length; lamp++) {
    states.push(LampState.Off);
    outputs.push(pins[lamp] < 0 ? null : platform.output(pins[lamp], 1 - activeLevel));
  }
  return {
    set: (lamp, state) => {
      states[lamp] = state;
      if (!flashing && flashes()) {
        flashing = true;
        phase = 0;
        timer.start(Figure.HalfMs);
      }
      show(lamp);
    },
  };
}
