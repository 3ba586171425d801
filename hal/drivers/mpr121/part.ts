import { Platform } from "../../ports";
import { Keys, KeysEvents } from "../../roles";
import { I2cBus } from "../../wires";
import { Mpr121Options, newMpr121 } from "./driver";

export interface Mpr121Part extends Mpr121Options {
  driver: "mpr121";
  bus: I2cBus;
}

export function newPart(platform: Platform, part: Mpr121Part, events: KeysEvents): Keys {
  return newMpr121(platform, platform.i2c(part.bus), part, events);
}
