/** The ports over the Espruino interpreter on an ESP32. */
import { Platform } from "../../ports";
import { newAdc, newPwm } from "./analog";
import { random, sha256 } from "./crypto";
import { newFlash } from "./flash";
import { newI2c } from "./i2c";
import { newInput, newOutput } from "./pins";
import { bootCause, memory, restart } from "./power";
import { newTimer, now } from "./time";
import { newUart } from "./uart";

/** @param flash the pages the store may use (`flash` of the board). */
export function newPlatform(flash: { pageSize: number; pages: number }): Platform {
  // The JavaScript prompt goes away on every way in: UART0, Bluetooth, telnet.
  E.setConsole(null, { force: true });
  return {
    now,
    input: newInput,
    output: newOutput,
    uart: newUart,
    timer: newTimer,
    i2c: newI2c,
    adc: newAdc,
    pwm: newPwm,
    flash: newFlash(flash.pageSize, flash.pages),
    sha256,
    random,
    bootCause,
    memory,
    restart,
  };
}
