/**
 * The seam between a running image and the simulated chip under it.
 * An engine (Node, a Lua machine, an Espruino interpreter) runs the image; the host owns the
 * chip, its time and the world around it. Every call is synchronous. Bytes are strings of 0–255.
 */

/** What an image may ask of the chip. */
export interface Chip {
  /** Milliseconds since boot. */
  now(): number;
  readPin(pin: number): number;
  writePin(pin: number, level: number): void;
  send(port: number, bytes: string): void;
  /** One shot, `image.timerFired(id)` after `ms`; -1 stops it. */
  setTimer(id: number, ms: number): void;
  /** @returns false when nobody acknowledged. */
  i2cWrite(bus: number, address: number, bytes: string): boolean;
  /** @returns `length` bytes, "" when nobody acknowledged. */
  i2cRead(bus: number, address: number, register: number, length: number): string;
  /** Millivolts, 0 to 3300. */
  readAdc(pin: number): number;
  /** 0 hertz or 0 permille: the pin is low. */
  setPwm(pin: number, hertz: number, permille: number): void;
  readFlash(address: number, length: number): string;
  /** Throws PowerLost when the supply is cut at this operation. */
  writeFlash(address: number, bytes: string): void;
  eraseFlash(page: number): void;
  sha256(bytes: string): string;
  random(count: number): string;
  bootCause(): number;
  /** The image asks for a restart; it happens when the image returns. */
  restart(): void;
}

/** What the chip tells a running image. */
export interface Image {
  pinChanged(pin: number, level: number): void;
  received(port: number, bytes: string): void;
  timerFired(id: number): void;
  /** Bytes of heap in use, -1 when the engine cannot tell. */
  memory(): number;
  /** The power is gone: free the engine. */
  end(): void;
}

/** Thrown through an image by a flash operation that the supply did not survive. */
export class PowerLost extends Error {
  constructor() { super("power lost"); }
}

/** Starts the image of a board on a chip that was just given power. */
export type Engine = (chip: Chip) => Image;
