/** The globals of the Espruino interpreter that this platform uses, and no more. */

declare class Pin {
  constructor(number: number);
  /** Its name, as `D5`. */
  toString(): string;
}

interface WatchEvent {
  pin: Pin;
  /** The level after the edge. */
  state: boolean;
}

interface SerialPort {
  setup(baud: number, options: { tx: Pin; rx: Pin }): void;
  on(event: "data", heard: (bytes: string) => void): void;
  write(bytes: string): void;
}

interface I2cPort {
  setup(options: { sda: Pin; scl: Pin; bitrate: number }): void;
  /** Throws when nobody acknowledges, and after 1 s on a bus that hangs. Sends nothing at all when there are no bytes. */
  writeTo(address: number, data: string | number): void;
  /** Throws like `writeTo`. */
  readFrom(address: number, count: number): NativeBytes;
}

/** Bytes as the interpreter's natives return them; read them with `E.toString`. */
interface NativeBytes {
  readonly length: number;
}

declare const Serial1: SerialPort;
declare const Serial2: SerialPort;
declare const Serial3: SerialPort;
declare const I2C1: I2cPort;
declare const I2C2: I2cPort;

declare const E: {
  setConsole(device: null, options: { force: boolean }): void;
  /** A string of the bytes, one character each. */
  toString(bytes: NativeBytes): string;
  /** Numbers of a fixed seed on the ESP32. */
  hwRand(): number;
  reboot(): void;
  /** @param seconds whole ones @param isAuto false: only `kickWatchdog` keeps the chip from restarting */
  enableWatchdog(seconds: number, isAuto: boolean): void;
  kickWatchdog(): void;
  /** What has gone wrong since: `MEMORY` for a call that was broken off without memory, and others. */
  on(event: "errorFlag", told: (flags: string[]) => void): void;
};

declare const process: {
  /** `BOARD` is `ESP32`, or `LINUX` and something more; `VERSION` is `2v29`, or `2v29.277` for a build so many commits behind it. */
  readonly env: { BOARD: string; VERSION: string };
  on(event: "uncaughtException", thrown: () => void): void;
  /** Collects garbage, then counts: `usage` variables of `blocksize` bytes. */
  memory(): { usage: number; blocksize: number };
};

declare function pinMode(pin: Pin, mode: string): void;
declare function digitalRead(pin: Pin): number;
declare function digitalWrite(pin: Pin, level: number): void;
/** 0 to 4095/4096; NaN for a pin without an ADC. */
declare function analogRead(pin: Pin): number;
/** @param share 0 to 1 of each period that the pin is high. */
declare function analogWrite(pin: Pin, share: number, options: { freq: number }): void;
declare function setWatch(
  onEdge: (event: WatchEvent) => void,
  pin: Pin,
  options: { repeat: boolean; edge: "both"; debounce: number },
): number;

/** @param argument for `onFire` */
declare function setTimeout<T>(onFire: (argument: T) => void, ms: number, argument: T): number;
/** Throws when given undefined. */
declare function clearTimeout(id: number): void;
/** Seconds, with a fraction. */
declare function getTime(): number;

declare function peek32(address: number): number;
declare function poke32(address: number, value: number): void;

declare function atob(base64: string): string;

/** Set by boot0.js: the place that runs, and its sequence. */
declare const placeRuns: number;
declare const placeSequence: number;

declare function require(library: "Storage"): { read(file: string, offset: number, length: number): string };
declare function require(library: "crypto"): { SHA256(bytes: string): NativeBytes };
declare function require(library: "Flash"): {
  read(length: number, address: number): NativeBytes;
  write(bytes: string, address: number): void;
  erasePage(address: number): void;
};
