import { I2c } from "../../ports";
import { I2cPins } from "../../wires";

/** Chosen: what all parts of a lock take. It needs pull-ups of 2.2 to 4.7 kΩ on the board: those in the chip are too weak. */
const enum Bus { Hertz = 400000 }

/** The parts of a bus open it each for itself, but there is one of each. */
const buses: (I2c | null)[] = [null, null];

/**
 * Buses 0 and 1 are I2C1 and I2C2, on any pins that can be outputs. A part that does not acknowledge
 * is an exception of the interpreter, and so is a bus that hangs (a line held low, no pull-up): then
 * each call blocks the whole interpreter for 1 s before it throws.
 */
export function newI2c(bus: number, pins: I2cPins): I2c {
  const opened = buses[bus];
  if (opened !== null) return opened;
  const port = bus === 0 ? I2C1 : I2C2;
  port.setup({ sda: new Pin(pins.sda), scl: new Pin(pins.scl), bitrate: Bus.Hertz });
  const made: I2c = {
    write: (address, bytes) => {
      try {
        port.writeTo(address, bytes);
        return true;
      } catch (_refused) {
        return false;
      }
    },
    read: (address, register, length) => {
      try {
        // With a STOP. Without it the next call finds the bus busy and resets the controller (driver
        // of ESP-IDF, i2c_master_cmd_begin), so there is no repeated START to be had.
        port.writeTo(address, register);
        return E.toString(port.readFrom(address, length));
      } catch (_refused) {
        return "";
      }
    },
  };
  buses[bus] = made;
  return made;
}
