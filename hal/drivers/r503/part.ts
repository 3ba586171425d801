import { Platform } from "../../ports";
import { FingerEvents, FingerModule } from "../../roles";
import { newR503 } from "./driver";
import { R503Options } from "./unit";

export interface R503Part extends R503Options {
  driver: "r503";
}

export function newPart(platform: Platform, part: R503Part, events: FingerEvents): FingerModule {
  return newR503(platform, part, events);
}
