import { LampsPart } from "../../../../drivers/lamps/part";
import { Lamp } from "../../../../roles";
import { Wires } from "../wires";

/** Guide light, IR light and rear LED. */
export class Lamps {
  private readonly shining = [false, false, false];

  constructor(wires: Wires, part: LampsPart) {
    for (const [lamp, pin] of [part.guidePin, part.irPin, part.rearPin].entries()) {
      wires.onSupply(pin, part.activeLevel, (on) => { this.shining[lamp] = on && pin >= 0; });
    }
  }

  /** One that flashes is lit and dark in turn. */
  isLit(lamp: Lamp): boolean {
    return this.shining[lamp];
  }
}
