import { Adc, Pwm } from "../../ports";

const enum Scale { Bits = 12, Highest = 4095, Millivolts = 3300 }

const enum Share {
  /** 10 bits, as Espruino has it. */
  Steps = 1024,
  RestHertz = 1000,
}

/** Channels of ADC1 by pin, from 32 on. */
const channels = [4, 5, 6, 7, 0, 1, 2, 3];

/**
 * One reading, straight-lined and uncalibrated: the reference differs by up to 9 % from chip to chip,
 * and outside 150 to 2450 mV the curve bends. `adc` knows ADC1 only.
 */
export function newAdc(pin: number): Adc {
  const channel = channels[pin - 32];
  adc.setwidth(adc.ADC1, Scale.Bits);
  adc.setup(adc.ADC1, channel, adc.ATTEN_11db);
  return { read: () => Math.floor(adc.read(adc.ADC1, channel) * Scale.Millivolts / Scale.Highest + 0.5) };
}

let opened = 0;

/** Each pin has a timer for itself, of which `ledc` names three. */
export function newPwm(pin: number): Pwm {
  const settings: Parameters<typeof ledc.newChannel>[0] = {
    gpio: pin, bits: ledc.TIMER_10_BIT, mode: ledc.HIGH_SPEED,
    timer: ledc.TIMER_0 + opened, channel: ledc.CHANNEL_0 + opened,
    frequency: Share.RestHertz, duty: 0,
  };
  opened++;
  let channel = ledc.newChannel(settings);
  return {
    start: (hertz, permille) => {
      settings.frequency = hertz;
      settings.duty = Math.floor(permille * Share.Steps / 1000);
      // Anew, not `setfreq`: that one keeps the timer's clock, and raises for what the clock cannot do (below 77 Hz).
      channel = ledc.newChannel(settings);
    },
    stop: () => channel.stop(ledc.IDLE_LOW),
  };
}
