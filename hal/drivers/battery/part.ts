import { Platform } from "../../ports";
import { Battery, BatteryEvents } from "../../roles";
import { AdcPin } from "../../wires";
import { alkaline4, lithium2s, lithium2sRested } from "./curves";
import { DividerOptions, newBattery } from "./driver";

export interface DividerPart extends DividerOptions {
  driver: "battery";
  /** The middle of the divider. */
  adcPin: AdcPin;
  cells: "lithium-2s" | "lithium-2s-rested" | "alkaline-4";
}

export function newPart(platform: Platform, part: DividerPart, busy: () => boolean, events: BatteryEvents): Battery {
  const curve = part.cells === "alkaline-4" ? alkaline4 : part.cells === "lithium-2s" ? lithium2s : lithium2sRested;
  return newBattery(platform, platform.adc(part.adcPin), part, curve, busy, events);
}
