import { Platform } from "../../ports";
import { KeyLamps, PartEvents } from "../../roles";
import { I2cBus } from "../../wires";
import { Aw9523bOptions, newAw9523b } from "./driver";

export interface Aw9523bPart extends Aw9523bOptions {
  driver: "aw9523b";
  bus: I2cBus;
}

export function newPart(platform: Platform, part: Aw9523bPart, events: PartEvents): KeyLamps {
  return newAw9523b(platform, platform.i2c(part.bus), part, events);
}
