import { I2c, Platform, Timer } from "../../ports";
import { I2cAddress } from "../../wires";
import { Aw9523, Register, stepRegister, write } from "./registers";

/** Sixteen constant-current lights on an AW9523B, one behind each key. Flashing is `keylights/flash.ts`. */
export interface Aw9523bOptions {
  /** 0x58 to 0x5B, by AD0 and AD1. @minimum 88 @maximum 91 */
  address: I2cAddress;
  /** Largest current of a light: 0 = 37 mA, 1 = 27.8 mA, 2 = 18.5 mA, 3 = 9.3 mA. */
  maxCurrent: 0 | 1 | 2 | 3;
  /** Pin of each key's light, by the number of the key; P0_0 is 0, P1_0 is 8; -1 = this key has none. @minItems 15 @maxItems 15 @items { type: "integer", minimum: -1, maximum: 15 } */
  pins: number[];
  /** Brightness of each key, by the number of the key, 1 to 255 of the largest current. @minItems 15 @maxItems 15 @items { type: "integer", minimum: 1, maximum: 255 } */
  brightness: number[];
}

export interface Aw9523bEvents {
  /** The chip does not answer (true), or answers again (false). */
  silent(silent: boolean): void;
}

export interface Aw9523b {
  /** Lights these keys and no others: one bit a key, bit number = Key. */
  show(keys: number): void;
  /** Whether the chip still is configured: to be called when the lock is awake for another reason, at least once an hour. */
  check(): void;
  /** Failures since boot. */
  faults(): number;
}

/** Times in ms; a chip that has just got its supply does not answer for up to 5. */
const enum Pause { Boot = 10, First = 1000, Longest = 60000 }

const enum Stage { Reset, Configure, Running }

interface Lights {
  readonly i2c: I2c;
  readonly options: Aw9523bOptions;
  readonly events: Aw9523bEvents;
  timer: Timer;
  stage: Stage;
  /** Keys that shall be lit. */
  wanted: number;
  /** Keys that are, as far as was acknowledged. */
  lit: number;
  /** Starts since the last one that succeeded. */
  attempts: number;
  pauseMs: number;
  faults: number;
}

export function newAw9523b(platform: Platform, i2c: I2c, options: Aw9523bOptions, events: Aw9523bEvents): Aw9523b {
  const l: Lights = {
    i2c, options, events, timer: platform.timer(() => { onTimer(l); }), stage: Stage.Reset,
    wanted: 0, lit: 0, attempts: 0, pauseMs: Pause.First, faults: 0,
  };
  l.timer.start(Pause.Boot);
  return {
    show: (keys) => {
      l.wanted = keys;
      if (l.stage !== Stage.Running) return;
      // Out of the dark: a chip that lost its supply meanwhile acknowledges, and lights nothing.
      if (l.lit === 0 && keys !== 0 && !isConfigured(l)) fail(l);
      else draw(l);
    },
    check: () => {
      if (l.stage === Stage.Running && !isConfigured(l)) fail(l);
    },
    faults: () => l.faults,
  };
}

/** Both mode registers read as written; after a reset they read 0xFF. */
function isConfigured(l: Lights): boolean {
  return reads(l, Register.Mode0, Aw9523.AllLights) && reads(l, Register.Mode1, Aw9523.AllLights);
}

function reads(l: Lights, register: Register, value: number): boolean {
  const bytes = l.i2c.read(l.options.address, register, 1);
  return bytes.length === 1 && bytes.charCodeAt(0) === value;
}

function set(l: Lights, register: number, value: number): boolean {
  return l.i2c.write(l.options.address, write(register, value));
}

/** The first failure is followed by a new start; from the second in a row on, the pauses grow. */
function fail(l: Lights): void {
  l.faults = l.faults + 1;
  l.stage = Stage.Reset;
  l.attempts = l.attempts + 1;
  if (l.attempts === 1) {
    l.timer.start(Pause.Boot);
    return;
  }
  if (l.attempts === 2) l.events.silent(true);
  l.timer.start(l.pauseMs);
  l.pauseMs = Math.min(l.pauseMs * 2, Pause.Longest);
}

function onTimer(l: Lights): void {
  if (l.stage === Stage.Configure) {
    configure(l);
  } else if (!set(l, Register.Reset, 0)) {
    fail(l);
  } else {
    l.stage = Stage.Configure;
    l.timer.start(Pause.Boot);
  }
}

/** The steps are 0 after a reset, so nothing shines when the pins become lights. */
function configure(l: Lights): void {
  const ready = reads(l, Register.Id, Aw9523.Id)
    && set(l, Register.Control, l.options.maxCurrent)
    && set(l, Register.Interrupt0, Aw9523.InterruptsOff)
    && set(l, Register.Interrupt1, Aw9523.InterruptsOff)
    && set(l, Register.Direction0, 0)
    && set(l, Register.Direction1, 0)
    && set(l, Register.Mode0, Aw9523.AllLights)
    && set(l, Register.Mode1, Aw9523.AllLights)
    && isConfigured(l);
  if (!ready) {
    fail(l);
    return;
  }
  l.stage = Stage.Running;
  l.lit = 0;
  if (!draw(l)) return;
  if (l.attempts > 1) l.events.silent(false);
  l.attempts = 0;
  l.pauseMs = Pause.First;
}

/** Writes what differs: 2 bytes a key, each by itself. @returns false if the chip fell silent */
function draw(l: Lights): boolean {
  let bit = 1;
  for (let key = 0; key < l.options.pins.length; key++) {
    const on = (l.wanted & bit) !== 0;
    if (on !== ((l.lit & bit) !== 0) && l.options.pins[key] >= 0) {
      if (!set(l, stepRegister(l.options.pins[key]), on ? l.options.brightness[key] : 0)) {
        fail(l);
        return false;
      }
    }
    bit = bit * 2;
  }
  l.lit = l.wanted;
  return true;
}
