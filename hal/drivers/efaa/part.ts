import { Platform } from "../../ports";
import { PalmFaceEvents, PalmFaceModule } from "../../roles";
import { EfAaOptions, newEfAa } from "./driver";

export interface EfAaPart extends EfAaOptions {
  driver: "efaa";
}

export function newPart(platform: Platform, part: EfAaPart, events: PalmFaceEvents): PalmFaceModule {
  return newEfAa(platform, part, events);
}
