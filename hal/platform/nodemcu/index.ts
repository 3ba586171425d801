/** The ports over NodeMCU on an ESP32; what the firmware below must be built with stands in base.json. */
import { Platform } from "../../ports";
import { Wiring } from "../../wires";
import { newAdc, newPwm } from "./analog";
import { afterCallbacks } from "../callbacks";
import { random, sha256 } from "./crypto";
import { newFlash } from "./flash";
import { newI2c } from "./i2c";
import { newInput, newOutput } from "./pins";
import { newPlaces } from "./places";
import { bootCause, memory, restart } from "./power";
import { newTimer, now } from "./time";
import { newUart } from "./uart";

/** @param wiring asked each time, so that it takes no memory in between */
export function newPlatform(wiring: () => Wiring): Platform {
  // Arrow functions, because what a Lua method gets first is the object.
  return {
    afterCallbacks: (work) => afterCallbacks(work),
    now: () => now(),
    input: (pin, pull, onChange) => newInput(pin, pull, onChange),
    output: (pin, level) => newOutput(pin, level),
    uart: (port, baud, onBytes) => newUart(port, wiring().uarts[port], baud, onBytes),
    timer: (onFire) => newTimer(onFire),
    i2c: (bus) => newI2c(bus, wiring().i2c[bus]),
    adc: (pin) => newAdc(pin),
    pwm: (pin) => newPwm(pin),
    flash: newFlash(wiring().flash.pageSize, wiring().flash.pages),
    sha256: (bytes) => sha256(bytes),
    random: (count) => random(count),
    bootCause: () => bootCause(),
    base: node.info("sw_version").git_commit_dts,
    watchdog: null,
    places: newPlaces(),
    memory: () => memory(),
    restart: () => restart(),
  };
}
