import { Platform } from "../../ports";
import { CalendarClock, PartEvents } from "../../roles";
import { I2cBus } from "../../wires";
import { newDs3231 } from "./driver";

export interface Ds3231Part {
  driver: "ds3231";
  /** @address 104 */
  bus: I2cBus;
}

export function newPart(platform: Platform, part: Ds3231Part, events: PartEvents): CalendarClock {
  return newDs3231(platform.i2c(part.bus), events);
}
