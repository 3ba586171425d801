import { I2c } from "../../ports";
import { I2cPins } from "../../wires";

/** Chosen: longer than any transaction, short enough that a bus that hangs is felt as a stutter. In ticks of 10 ms. */
const enum Wait { Ms = 50 }

/** The parts of a bus open it each for itself, but to set it up twice stops the chip. */
const ready = [false, false];

/**
 * Buses 0 and 1 are the two hardware controllers. Chosen over the software bus: that one is alone,
 * does 100 kHz, and knows no part that stretches the clock. At 400 kHz they need pull-ups of 2.2 to
 * 4.7 kΩ on the board. Every byte that is written takes some 20 bytes of heap until the transfer.
 */
export function newI2c(bus: number, pins: I2cPins): I2c {
  const id = bus === 0 ? i2c.HW0 : i2c.HW1;
  if (!ready[bus]) i2c.setup(id, pins.sda, pins.scl, i2c.FAST);
  ready[bus] = true;
  return {
    write: (address, bytes) => {
      i2c.start(id);
      i2c.address(id, address, i2c.TRANSMITTER);
      i2c.write(id, bytes);
      i2c.stop(id);
      const [whole, , acknowledged] = pcall(i2c.transfer, id, Wait.Ms);
      return whole && acknowledged === true;
    },
    read: (address, register, length) => {
      i2c.start(id);
      i2c.address(id, address, i2c.TRANSMITTER);
      i2c.write(id, register);
      i2c.start(id);
      i2c.address(id, address, i2c.RECEIVER);
      i2c.read(id, length);
      i2c.stop(id);
      // Not acknowledged: no bytes. A bus that hangs raises: the bytes are the error's text.
      const [whole, bytes] = pcall(i2c.transfer, id, Wait.Ms);
      return whole && bytes !== undefined ? bytes : "";
    },
  };
}
