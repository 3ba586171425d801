import { Platform } from "../../ports";
import { PwmPin } from "../../wires";
import { Beeper } from "../voice/halves";
import { newPiezo } from "./driver";

export interface PiezoPart {
  driver: "piezo";
  /** To the disc, through 100 Ω; 1 kΩ across the disc. @atReset low */
  pin: PwmPin;
}

export function newPart(platform: Platform, part: PiezoPart): Beeper {
  return newPiezo(platform, platform.pwm(part.pin));
}
