import { I2c } from "../../ports";
import { Chip } from "./chip";

/** @param buses how many the board has */
export function newI2cBuses(chip: Chip, buses: number): (bus: number) => I2c {
  return (bus) => {
    if (bus < 0 || bus >= buses) throw new Error(`there is no I2C bus ${bus}: the board has ${buses}, listed under "i2c" in its file`);
    return {
      write: (address, bytes) => chip.i2cWrite(bus, address, bytes),
      read: (address, register, length) => chip.i2cRead(bus, address, register, length),
    };
  };
}
