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
    // The platform's own functions, which know their platform without being told: closures around them would take memory.
    afterCallbacks: platform.afterCallbacks,
    now: platform.now,
    input: platform.input,
    output: platform.output,
    uart: (port, baud, onBytes) => port === part.port
      ? newSc16is750(platform, platform.i2c(part.bus), part, baud, onBytes)
      : platform.uart(port, baud, onBytes),
    timer: platform.timer,
    i2c: platform.i2c,
    adc: platform.adc,
    pwm: platform.pwm,
    flash: platform.flash,
    sha256: platform.sha256,
    random: platform.random,
    bootCause: platform.bootCause,
    base: platform.base,
    watchdog: platform.watchdog,
    places: platform.places,
    memory: platform.memory,
    restart: platform.restart,
  };
}
