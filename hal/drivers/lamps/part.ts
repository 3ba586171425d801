import { Platform } from "../../ports";
import { Lights } from "../../roles";
import { Level, NotWired, OutPin } from "../../wires";
import { newLamps } from "./driver";

/** The lamps that are no key lights, each on a pin of its own or not there. */
export interface LampsPart {
  driver: "lamps";
  /** White light that shows where a hand is to be held. @atReset not activeLevel */
  guidePin: OutPin | NotWired;
  /** Infrared light for the face module, where it has none of its own. @atReset not activeLevel */
  irPin: OutPin | NotWired;
  /** LED at the rear side. @atReset not activeLevel */
  rearPin: OutPin | NotWired;
  /** Level at which a lamp shines. */
  activeLevel: Level;
}

export function newPart(platform: Platform, part: LampsPart): Lights {
  return newLamps(platform, [part.guidePin, part.irPin, part.rearPin], part.activeLevel);
}
