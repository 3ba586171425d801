/** The ports over a simulated chip, in the same process. */
import { Platform } from "../../ports";
import { Wiring } from "../../wires";
import { newAnalog } from "./analog";
import { Chip } from "./chip";
import { newCrypto } from "./crypto";
import { newFlash } from "./flash";
import { newI2cBuses } from "./i2c";
import { newPins } from "./pins";
import { newPower } from "./power";
import { newTime } from "./time";
import { newUarts } from "./uart";

/** What the chip's events are handed to. */
export interface Heard {
  pinChanged(pin: number, level: number): void;
  received(port: number, bytes: string): void;
  timerFired(id: number): void;
}

export function newPlatform(chip: Chip, wiring: Wiring): { platform: Platform; heard: Heard } {
  const pins = newPins(chip);
  const uarts = newUarts(chip);
  const time = newTime(chip);
  const analog = newAnalog(chip);
  let after = (): void => undefined;
  const platform: Platform = {
    afterCallbacks: (work) => { after = work; },
    now: time.now,
    input: pins.newInput,
    output: pins.newOutput,
    uart: uarts.newUart,
    timer: time.newTimer,
    i2c: newI2cBuses(chip, wiring.i2c.length),
    adc: analog.newAdc,
    pwm: analog.newPwm,
    flash: newFlash(chip, wiring.flash.pageSize, wiring.flash.pages),
    ...newCrypto(chip),
    ...newPower(chip),
    watchdog: null,
    places: null,
  };
  const heard: Heard = {
    pinChanged(pin, level) {
      pins.changed(pin, level);
      after();
    },
    received(port, bytes) {
      uarts.received(port, bytes);
      after();
    },
    timerFired(id) {
      time.fired(id);
      after();
    },
  };
  return { platform, heard };
}
