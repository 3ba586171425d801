/** For tests of drivers: a platform of virtual time whose pins and UARTs the test holds in its hand. */
import { Platform } from "../../ports";
import { Appointment, Scheduler } from "../../platform/sim/world/scheduler";

/** The platform's clock begins this shortly before it wraps, so that every test sees it wrap. */
const beforeWrapMs = 2500;
const wrap = 2 ** 30;

export class TestPlatform {
  readonly scheduler = new Scheduler();
  readonly platform: Platform;
  /** Told of every level that the driver gives an output. */
  onOutput: (pin: number, level: number) => void = () => undefined;
  /** Told of what the driver sends, by port. */
  onSent: (port: number, bytes: string) => void = () => undefined;
  /** Timers that exist; a driver makes its own at construction and none later. */
  timers = 0;
  private readonly levels = new Map<number, number>();
  private readonly watchers = new Map<number, (level: number) => void>();
  private readonly ears = new Map<number, (bytes: string) => void>();

  constructor() {
    this.platform = this.newPlatform();
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  pass(ms: number): void {
    this.scheduler.run(this.scheduler.nowMs + ms);
  }

  level(pin: number): number {
    return this.levels.get(pin) ?? 0;
  }

  /** The world gives an input a level. */
  setInput(pin: number, level: number): void {
    if (this.level(pin) === level) return;
    this.levels.set(pin, level);
    this.watchers.get(pin)?.(level);
  }

  /** Bytes for the driver, in pieces of at most this many, now. */
  deliver(port: number, bytes: string, piece: number = bytes.length): void {
    for (let at = 0; at < bytes.length; at += piece) this.ears.get(port)?.(bytes.slice(at, at + piece));
  }

  private newPlatform(): Platform {
    const unused = (): never => { throw new Error("a driver has no use for this port"); };
    return {
      now: () => (wrap - beforeWrapMs + this.scheduler.nowMs) % wrap,
      input: (pin, _pull, onChange) => {
        if (this.watchers.has(pin)) throw new Error(`pin ${pin} is opened twice`);
        this.watchers.set(pin, onChange);
        return { read: () => this.level(pin) };
      },
      output: (pin, level) => {
        const write = (value: number): void => {
          if (value !== 0 && value !== 1) throw new Error(`pin ${pin} is given the level ${value}`);
          this.levels.set(pin, value);
          this.onOutput(pin, value);
        };
        write(level);
        return { write };
      },
      uart: (port, _baud, onBytes) => {
        this.ears.set(port, onBytes);
        return { write: (bytes) => { this.onSent(port, bytes); } };
      },
      timer: (onFire) => this.newTimer(onFire),
      flash: { pageSize: 0, pages: 0, read: unused, write: unused, erase: unused },
      sha256: unused, random: unused, bootCause: unused, base: "", watchdog: null, places: null, afterCallbacks: () => undefined, restart: unused, i2c: unused, adc: unused, pwm: unused,
      memory: () => -1,
    };
  }

  private newTimer(onFire: () => void) {
    this.timers++;
    let running: Appointment | null = null;
    const stop = (): void => { this.scheduler.cancel(running); };
    const start = (ms: number): void => {
      if (!Number.isInteger(ms) || ms < 1 || ms > 2 ** 29) throw new Error(`a timer of ${ms} ms`);
      stop();
      running = this.scheduler.after(ms, onFire);
    };
    return { start, stop };
  }
}

/** A small generator with a seed, so that a failure can be had again. @returns whole numbers from 0 to below */
export function newRandom(seed: number): (below: number) => number {
  let state = (Math.imul(seed, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export function randomBytes(random: (below: number) => number, count: number): string {
  return Array.from({ length: count }, () => String.fromCharCode(random(256))).join("");
}

/** Bytes as the manuals print them: `7E FF 06`. */
export function bytesOf(hex: string): string {
  return hex.trim().split(/\s+/).map((byte) => String.fromCharCode(parseInt(byte, 16))).join("");
}

export function hexOf(bytes: string): string {
  return [...bytes].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()).join(" ");
}

/** These bits of the bytes turned over, counted from the first byte's lowest. */
export function flipped(bytes: string, bits: number[]): string {
  const codes = [...bytes].map((byte) => byte.charCodeAt(0));
  for (const bit of bits) codes[bit >> 3] ^= 1 << (bit & 7);
  return String.fromCharCode(...codes);
}

/** What goes wrong with one answer of a module. `value`: code of a nack, milliseconds of a late answer. */
export interface LineFault {
  kind: "lose" | "flip" | "double" | "nack" | "late";
  at?: number[];
  value?: number;
}

export function mangled(bytes: string, fault: LineFault | null): string {
  const at = fault?.at ?? [0];
  if (fault?.kind === "lose") return bytes.slice(0, at[0]) + bytes.slice(at[0] + 1);
  if (fault?.kind === "double") return bytes + bytes;
  return fault?.kind === "flip" ? flipped(bytes, at) : bytes;
}
