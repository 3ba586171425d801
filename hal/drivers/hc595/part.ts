import { Platform } from "../../ports";
import { KeyLamps, PartEvents } from "../../roles";
import { Hc595Options, newHc595 } from "./driver";

export interface Hc595Part extends Hc595Options {
  driver: "hc595";
}

/** The chips do not answer, so there is nothing to ask or to tell. */
export function newPart(platform: Platform, part: Hc595Part, _events: PartEvents): KeyLamps {
  const chips = newHc595(platform, part);
  return { show: (keys) => { chips.show(keys); }, check: () => { return; } };
}
