/** The modules of NodeMCU for ESP32 (branch dev-esp32) that this platform uses, and no more. */

/** Several results of one Lua call; the member is how typescript-to-lua knows it. */
declare type Results<T extends unknown[]> = T & { readonly __tstlMultiReturn: never };

/** @noSelf */
declare namespace gpio {
  const IN: number;
  const OUT: number;
  const FLOATING: number;
  const PULL_UP: number;
  const PULL_DOWN: number;
  const INTR_UP_DOWN: number;
  function config(pin: { gpio: number; dir: number; pull?: number }): void;
  function read(pin: number): number;
  function write(pin: number, level: number): void;
  function trig(pin: number, edges: number, onEdge: (pin: number, level: number) => void): void;
}

/** @noSelf */
declare namespace uart {
  const PARITY_NONE: number;
  const STOPBITS_1: number;
  /** @param last the console: 0 = no echo; the others: their pins. */
  function setup(port: number, baud: number, bits: number, parity: number, stop: number, last: number | { tx: number; rx: number }): number;
  /** @param count 0 = call for every byte. @param toLua 0 = the console's input does not reach the Lua prompt. */
  function on(port: number, event: "data", count: number, heard: (bytes: string) => void, toLua: number): void;
  function start(port: number): boolean;
  function write(port: number, bytes: string): void;
}

/** @noSelf */
declare namespace i2c {
  const HW0: number;
  const HW1: number;
  const FAST: number;
  const TRANSMITTER: number;
  const RECEIVER: number;
  /** Panics when the interface is set up already. */
  function setup(id: number, sda: number, scl: number, speed: number): number;
  // Of a hardware interface these only queue; `transfer` does what is queued.
  function start(id: number): void;
  function address(id: number, address: number, direction: number): boolean;
  function write(id: number, data: string | number): number;
  /** Raises when `count` is 0. */
  function read(id: number, count: number): void;
  function stop(id: number): void;
  /** What was read, if anything, and whether all was acknowledged. Raises when the bus hangs. */
  function transfer(id: number, timeoutMs: number): Results<[string | undefined, boolean]>;
}

/** @noSelf */
declare namespace adc {
  const ADC1: number;
  const ATTEN_11db: number;
  function setwidth(adc: number, bits: number): void;
  function setup(adc: number, channel: number, attenuation: number): void;
  function read(adc: number, channel: number): number;
}

interface LedcChannel {
  stop(idleLevel: number): void;
}

/** @noSelf */
declare namespace ledc {
  const TIMER_10_BIT: number;
  const HIGH_SPEED: number;
  /** Of the four timers the module names three. */
  const TIMER_0: number;
  const CHANNEL_0: number;
  const IDLE_LOW: number;
  /** Starts at once; a channel that runs is set anew. */
  function newChannel(settings: {
    gpio: number; bits: number; mode: number; timer: number; channel: number; frequency: number; duty: number;
  }): LedcChannel;
}

interface TmrTimer {
  alarm(ms: number, mode: number, onFire: () => void): boolean;
  unregister(): void;
}

/** @noSelf */
declare namespace tmr {
  const ALARM_SINGLE: number;
  function create(): TmrTimer;
}

/** @noSelf */
declare namespace node {
  /** Microseconds since the boot, a float; then the overflow of its 53 bits. */
  function uptime(): Results<[number, number]>;
  function restart(): void;
  /** Raw code; reset cause of the chip plus 7; after a software reset, whether Lua panicked. */
  function bootreason(): Results<[number, number, number | undefined]>;
  /** `git_commit_dts`: when its last commit was made, UTC, as `202410240512`; empty if it was not built from a repository. */
  function info(group: "sw_version"): { git_commit_dts: string };
  /** @noSelf */
  namespace task {
    const MEDIUM_PRIORITY: number;
    function post(priority: number, run: () => void): void;
  }
}

interface Hasher {
  update(bytes: string): void;
  finalize(): string;
}

/** @noSelf */
declare namespace crypto {
  function new_hash(algorithm: string): Hasher;
}

/** @noSelf */
declare namespace encoder {
  /** Raises what is no base64. */
  function fromBase64(text: string): string;
  /** Lower case. */
  function toHex(bytes: string): string;
}

/** Words of 32 bits that a restart leaves as they are. @noSelf */
declare namespace rtcmem {
  function read32(at: number): number;
  function write32(at: number, value: number): void;
}

/** @noSelf */
declare namespace file {
  function exists(name: string): boolean;
  /** Does nothing where there is none. */
  function remove(name: string): void;
}

/** Which place runs, and its sequence: told by init.lua. */
declare const placeRuns: number;
declare const placeSequence: number;

/** @noSelf */
declare namespace sodium {
  /** @noSelf */
  namespace random {
    function buf(count: number): string;
  }
}

interface LuaFile {
  /** @returns where the file stands then, from its beginning. */
  seek(from: "set" | "end", offset: number): number;
  /** Nothing at the end of the file. */
  read(count: number): string | undefined;
  /** Nothing when it was not written. */
  write(bytes: string): LuaFile | undefined;
  close(): void;
}

/** @noSelf */
declare namespace io {
  function open(name: string, mode: "r" | "r+" | "w"): LuaFile | undefined;
}

/** False and the error, if `run` raised one; otherwise true and its results. */
declare function pcall<A extends unknown[], R extends unknown[]>(
  this: void, run: (this: void, ...given: A) => Results<R>, ...given: A,
): Results<[true, ...R] | [false, string]>;
declare function pcall<A extends unknown[]>(this: void, run: (this: void, ...given: A) => string, ...given: A): Results<[boolean, string]>;

/** Kilobytes in use, a float. */
declare function collectgarbage(this: void, what: "count"): number;
