import { I2c } from "../../ports";
import { Chip } from "./chip";

export function newI2cBuses(chip: Chip) {
  const wires = new Map<number, string>();
  return {
    newI2c(bus: number, sda: number, scl: number): I2c {
      if (bus !== 0 && bus !== 1) throw new Error(`there is no I2C bus ${bus}: give the part bus 0 or 1 in the board's file`);
      const pins = `${sda} and ${scl}`;
      const before = wires.get(bus) ?? pins;
      if (before !== pins) {
        throw new Error(`I2C bus ${bus} is opened with the pins ${before} and with ${pins}: give its parts the same pins in the board's file`);
      }
      wires.set(bus, pins);
      return {
        write: (address, bytes) => chip.i2cWrite(bus, address, bytes),
        read: (address, register, length) => chip.i2cRead(bus, address, register, length),
      };
    },
  };
}
