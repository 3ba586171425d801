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
declare namespace sodium {
  /** @noSelf */
  namespace random {
    function buf(count: number): string;
  }
}

interface LuaFile {
  seek(from: "set", offset: number): number;
  /** Nothing at the end of the file. */
  read(count: number): string | undefined;
  write(bytes: string): void;
  close(): void;
}

/** @noSelf */
declare namespace io {
  function open(name: string, mode: "r" | "r+" | "w"): LuaFile | undefined;
}

/** Kilobytes in use, a float. */
declare function collectgarbage(this: void, what: "count"): number;
