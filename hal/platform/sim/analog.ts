import { Adc, Pwm } from "../../ports";
import { Chip } from "./chip";

/** What the scarcer of the two chips' interpreters has: Espruino drives three pins at a frequency of their own. */
const mostPwm = 3;

/** Pins 25 and 26 are analogue outputs to Espruino: they get a voltage instead of a share of time. */
const converterPins = [25, 26];

const firstInputOnly = 34;

export function newAnalog(chip: Chip) {
  const pwmPins = new Set<number>();
  return {
    newAdc(pin: number): Adc {
      if (pin < 32 || pin > 39) throw new Error(`pin ${pin} cannot measure a voltage: give the part a pin from 32 to 39 in the board's file`);
      return { read: () => chip.readAdc(pin) };
    },
    newPwm(pin: number): Pwm {
      if (pwmPins.has(pin)) throw new Error(`pin ${pin} is opened twice: give the two parts different pins in the board's file`);
      if (converterPins.includes(pin) || pin >= firstInputOnly) {
        throw new Error(`pin ${pin} cannot be driven by PWM: give the part a pin below 34, but not 25 or 26, in the board's file`);
      }
      if (pwmPins.size === mostPwm) throw new Error(`pin ${pin} is a PWM output too many: a board has at most ${mostPwm}`);
      pwmPins.add(pin);
      return { start: (hertz, permille) => chip.setPwm(pin, hertz, permille), stop: () => chip.setPwm(pin, 0, 0) };
    },
  };
}
