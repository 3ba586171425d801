/**
 * Numbers of pins, ports and addresses as a board file gives them. What a name asks of the pin is
 * held against the chip's table (board-configs/soc) by `npm run board -- check`.
 *
 * Tags in the comments of the wires tell the check what stands in no type:
 * `@atReset low`, `high`, or `not <option>` (the level that the option beside it does not name): what is
 *   on the wire holds this level while the chip starts. `free`: it holds none. Without the tag: any level;
 * `@pullUp`: the driver relies on the chip's pull-up;
 * `@unwatched`: read without edges;
 * `@quiet`: must not move while the chip starts;
 * `@adds`: the part gives this port, it does not use it;
 * `@address`: the part has this address on the bus, always.
 */

/** A GPIO that is read and wakes the lock by its edges. @asType integer */
export type InPin = number;

/** A GPIO that is driven. @asType integer */
export type OutPin = number;

/** A GPIO driven by PWM. @asType integer */
export type PwmPin = number;

/** A GPIO whose voltage is measured. @asType integer */
export type AdcPin = number;

/** -1: there is no such wire. */
export type NotWired = -1;

/** A level of a pin. */
export type Level = 0 | 1;

/** Number of a UART: 0 to 2 are the chip's, more are bridges. @asType integer */
export type UartPort = number;

/** Number of an I2C bus. */
export type I2cBus = 0 | 1;

/** Seven bits. @asType integer @minimum 8 @maximum 119 */
export type I2cAddress = number;

export interface UartPins {
  /** To RX of the part. */
  tx: OutPin;
  /** From TX of the part. @unwatched */
  rx: InPin;
}

export interface I2cPins {
  /** 2.2 to 4.7 kΩ to 3.3 V, once for the bus. @atReset high */
  sda: OutPin;
  /** 2.2 to 4.7 kΩ to 3.3 V, once for the bus. @atReset high */
  scl: OutPin;
}

/** What a platform must know of the board it runs on; a `Board` is one. */
export interface Wiring {
  /** Pins of the chip's UARTs, by number; number 0 is the one that the USB adapter is on. @minItems 1 @maxItems 3 */
  uarts: UartPins[];
  /** Pins of the I2C buses, by number. @maxItems 2 */
  i2c: I2cPins[];
  /** The raw flash that the store may use. */
  flash: {
    /** Bytes. @asType integer @minimum 1024 @maximum 65536 */
    pageSize: number;
    /** Six hold the state, the rest the journal. @asType integer @minimum 8 @maximum 256 */
    pages: number;
  };
}
