/** The ports over the Espruino interpreter on an ESP32. */
import { Platform } from "../../ports";
import { Wiring } from "../../wires";
import { newAdc, newPwm } from "./analog";
import { afterCallbacks } from "../callbacks";
import { random, sha256 } from "./crypto";
import { newFlash } from "./flash";
import { newI2c } from "./i2c";
import { newInput, newOutput } from "./pins";
import { newPlaces } from "./places";
import { bootCause, memory, newWatchdog, restart } from "./power";
import { newTimer, now } from "./time";
import { newUart } from "./uart";

/** @param wiring asked each time, so that it takes no memory in between */
export function newPlatform(wiring: () => Wiring): Platform {
  // The JavaScript prompt goes away on every way in: UART0, Bluetooth, telnet.
  E.setConsole(null, { force: true });
  return {
    afterCallbacks,
    now,
    input: newInput,
    output: newOutput,
    uart: (port, baud, onBytes) => newUart(port, wiring().uarts[port], baud, onBytes),
    timer: newTimer,
    i2c: (bus) => newI2c(bus, wiring().i2c[bus]),
    adc: newAdc,
    pwm: newPwm,
    flash: newFlash(wiring().flash.pageSize, wiring().flash.pages),
    sha256,
    random,
    bootCause,
    base: process.env.VERSION,
    watchdog: newWatchdog(),
    places: newPlaces(),
    memory,
    restart,
  };
}
