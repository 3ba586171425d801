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

/**
 * One I2C bus, at 400 kHz or less. A transaction is done when the call returns; it may keep the loop
 * for its time on the wire, and a bus that hangs keeps it for up to 1 s, then counts as not acknowledged.
 */
export interface I2c {
  /** @param address 7 bits @param bytes 1 to 255 @returns false when nobody acknowledged */
  write(address: number, bytes: string): boolean;
  /**
   * Writes the register's address, then reads; between them is a repeated START on one platform and
   * a STOP and a START on another.
   * @param address 7 bits @param register 0 to 255 @param length 1 to 255
   * @returns the bytes, "" when nobody acknowledged
   */
  read(address: number, register: number, length: number): string;
}

/** One analogue input. */
export interface Adc {
  /** Millivolts at the pin, 0 to 3300, as exact as the platform's calibration. */
  read(): number;
}

/** One output with a tone or a share of time. */
export interface Pwm {
  /** @param hertz 1 to 40000 @param permille of each period that the pin is high, 0 to 1000 */
  start(hertz: number, permille: number): void;
  stop(): void;
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

/**
 * Where the firmware itself lies: the place that runs, and a free one for an update. A place has a
 * head, written last; a new image is on trial until it is confirmed, and the other place runs again
 * after a minute or some starts without that.
 */
export interface Places {
  /** The one that runs: 0 or 1. */
  readonly running: number;
  /** Bytes that an image may have. */
  readonly size: number;
  /** The free place is no image any more. */
  begin(): void;
  /**
   * Writes to the free place, pages erased as they are reached: from 0 on, without a gap. Writing the same again does no harm.
   * @param base64 up to 120 bytes @returns how many bytes they were, -1 when nothing was written
   */
  write(offset: number, base64: string): number;
  /** @returns the 32 bytes of SHA-256 over the first bytes of the free place. */
  digest(length: number): string;
  /** From the next start on the free place runs. */
  finish(length: number, digest: string): void;
  /** What runs is an update that has not been confirmed: without the other place there is no way back. */
  isOnTrial(): boolean;
  /** What runs works, and stays. */
  confirm(): void;
  /** What runs came through the chip's own prompt, not by an update, and nobody has taken note of it. */
  isFreshlyInstalled(): boolean;
  /** From now on it is not. */
  noteInstallation(): void;
}

/** Restarts the chip when it is not told in time that all is well; counts from the first time it is. */
export interface Watchdog {
  /** To be told at least this often, ms. */
  readonly everyMs: number;
  allIsWell(): void;
}

/** Why the chip started. */
export const enum BootCause { Power, Restart, Watchdog, Crash }

export interface Platform {
  /**
   * Given once: called after each callback of a pin, a UART or a timer has returned. What a callback sets
   * off is done there, since the interpreter's stack is short, and not deep inside the driver that told of it.
   */
  afterCallbacks(work: () => void): void;
  /** Milliseconds since boot, wrapping at 2^30. */
  now(): number;
  input(pin: number, pull: Pull, onChange: (level: number) => void): InputPin;
  output(pin: number, level: number): OutputPin;
  /** @param port 0 to 2 @param baud 300 to 921600 */
  uart(port: number, baud: number, onBytes: (bytes: string) => void): Uart;
  timer(onFire: () => void): Timer;
  /** @param bus 0 or 1; the parts of one bus open it each for itself. */
  i2c(bus: number): I2c;
  /** @param pin 32 to 39; the chip's other converter serves the radio. */
  adc(pin: number): Adc;
  /** Low until started. At most 3 pins of a board, none of them 25 or 26 nor an input only (34 to 39). */
  pwm(pin: number): Pwm;
  readonly flash: Flash;
  /** @returns the 32 bytes of SHA-256. */
  sha256(bytes: string): string;
  /** The best random bytes the platform has; mixed into a generator before use. */
  random(count: number): string;
  bootCause(): BootCause;
  /** Version of the firmware below, one word; "" where there is none. */
  readonly base: string;
  /** Null where there is none. */
  readonly watchdog: Watchdog | null;
  /** Null where the firmware cannot replace itself. */
  readonly places: Places | null;
  /** Bytes of heap in use, or -1 where the platform cannot tell. */
  memory(): number;
  restart(): void;
}
