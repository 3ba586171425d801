/**
 * What a driver may ask of a platform. Bytes are strings of characters 0–255.
 * No port throws or waits; callbacks are given once, when the port is opened.
 */

export const enum Pull { None, Up, Down }

/** One input. `onChange` given at opening fires after every change of level. */
export interface InputPin {
  /** 0 or 1. */
  read(): number;
}

export interface OutputPin {
  /** @param level 0 or 1. */
  write(level: number): void;
}

export interface Uart {
  /** Queues bytes for sending; never waits. */
  write(bytes: string): void;
}

/** One shot; starting a running timer starts it anew. */
export interface Timer {
  /** @param ms 1 to 2^29. */
  start(ms: number): void;
  stop(): void;
}

/** NOR flash: erased bytes are 0xFF, a write only clears bits, an erase takes a page. */
export interface Flash {
  /** Bytes in a page. */
  readonly pageSize: number;
  /** Pages that belong to the lock's store, numbered from 0. */
  readonly pages: number;
  /** @param address from the start of page 0. */
  read(address: number, length: number): string;
  /** Must not cross a page. */
  write(address: number, bytes: string): void;
  erase(page: number): void;
}

/** Why the chip started. */
export const enum BootCause { Power, Restart, Watchdog, Crash }

export interface Platform {
  /** Milliseconds since boot, wrapping at 2^30. */
  now(): number;
  input(pin: number, pull: Pull, onChange: (level: number) => void): InputPin;
  output(pin: number, level: number): OutputPin;
  uart(port: number, baud: number, onBytes: (bytes: string) => void): Uart;
  timer(onFire: () => void): Timer;
  readonly flash: Flash;
  /** @returns the 32 bytes of SHA-256. */
  sha256(bytes: string): string;
  /** The best random bytes the platform has; mixed into a generator before use. */
  random(count: number): string;
  bootCause(): BootCause;
  /** Bytes of heap in use, or -1 where the platform cannot tell. */
  memory(): number;
  restart(): void;
}
