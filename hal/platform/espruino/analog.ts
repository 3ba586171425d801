import { Adc, Pwm } from "../../ports";

const enum Scale {
  /** `analogRead` divides the 12 bits by this … */
  Steps = 4096,
  /** … and this is their highest value. */
  Highest = 4095,
  Millivolts = 3300,
}

const enum Rest { Hertz = 1000 }

/**
 * One reading, straight-lined and uncalibrated: the reference differs by up to 9 % from chip to chip,
 * and outside 150 to 2450 mV the curve bends. Attenuation is 11 dB, with which the interpreter
 * starts; `ESP32.setAtten` is left alone, because it prints a line on the console's UART.
 */
export function newAdc(number: number): Adc {
  const pin = new Pin(number);
  return { read: () => Math.round(analogRead(pin) * Scale.Steps * Scale.Millivolts / Scale.Highest) };
}

/**
 * A share of time has 1024 steps. The interpreter has three channels with a frequency of their own;
 * a pin keeps its channel until the restart, and a fourth pin stays silent with an error on the
 * console. (Five more channels share 5000 Hz: a pin that is started with just that takes one of
 * them too.) Pins 25 and 26 would get a voltage from their converter instead, and 0 V for all of
 * the time.
 */
export function newPwm(number: number): Pwm {
  const pin = new Pin(number);
  const options = { freq: Rest.Hertz as number };
  // Takes the channel now, so that a board with too many shows it at the boot; the pin is low.
  analogWrite(pin, 0, options);
  return {
    start: (hertz, permille) => {
      options.freq = hertz;
      analogWrite(pin, permille / 1000, options);
    },
    stop: () => analogWrite(pin, 0, options),
  };
}
