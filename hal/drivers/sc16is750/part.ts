import { Platform } from "../../ports";
import { I2cBus, UartPort } from "../../wires";
import { newSc16is750, Sc16is750Options } from "./driver";

export interface Sc16is750Part extends Sc16is750Options {
  driver: "sc16is750";
  bus: I2cBus;
  /** Number of the UART that it adds. @adds */
  port: UartPort;
}

/** The platform with one UART more. The chip is set up when that UART is opened, and left alone before. */
export function newPart(platform: Platform, part: Sc16is750Part): Platform {
  return {
    now: () => platform.now(),
    input: (pin, pull, onChange) => platform.input(pin, pull, onChange),
    output: (pin, level) => platform.output(pin, level),
    uart: (port, baud, onBytes) => port === part.port
      ? newSc16is750(platform, platform.i2c(part.bus), part, baud, onBytes)
      : platform.uart(port, baud, onBytes),
    timer: (onFire) => platform.timer(onFire),
    i2c: (bus) => platform.i2c(bus),
    adc: (pin) => platform.adc(pin),
    pwm: (pin) => platform.pwm(pin),
    flash: platform.flash,
    sha256: (bytes) => platform.sha256(bytes),
    random: (count) => platform.random(count),
    bootCause: () => platform.bootCause(),
    watchdog: platform.watchdog,
    places: platform.places,
    memory: () => platform.memory(),
    restart: () => { platform.restart(); },
  };
}
