/**
 * The ports over NodeMCU on an ESP32. The firmware image needs the modules adc, bit (Lua 5.1
 * only), crypto, gpio, i2c, ledc, node, sodium, tmr and uart, and 64-bit integers with doubles (or
 * 32-bit integers with doubles): single-precision floats lose milliseconds after four hours.
 */
import { Platform } from "../../ports";
import { Wiring } from "../../wires";
import { newAdc, newPwm } from "./analog";
import { random, sha256 } from "./crypto";
import { newFlash } from "./flash";
import { newI2c } from "./i2c";
import { newInput, newOutput } from "./pins";
import { bootCause, memory, restart } from "./power";
import { newTimer, now } from "./time";
import { newUart } from "./uart";

export function newPlatform(wiring: Wiring): Platform {
  // Arrow functions, because what a Lua method gets first is the object.
  return {
    now: () => now(),
    input: (pin, pull, onChange) => newInput(pin, pull, onChange),
    output: (pin, level) => newOutput(pin, level),
    uart: (port, baud, onBytes) => newUart(port, wiring.uarts[port], baud, onBytes),
    timer: (onFire) => newTimer(onFire),
    i2c: (bus) => newI2c(bus, wiring.i2c[bus]),
    adc: (pin) => newAdc(pin),
    pwm: (pin) => newPwm(pin),
    flash: newFlash(wiring.flash.pageSize, wiring.flash.pages),
    sha256: (bytes) => sha256(bytes),
    random: (count) => random(count),
    bootCause: () => bootCause(),
    watchdog: null,
    places: null,
    memory: () => memory(),
    restart: () => restart(),
  };
}
