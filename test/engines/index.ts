/** The engines an image can run on, by name. */
import { Engine } from "../../hal/platform/sim/chip";
import { ImageName, lockImage } from "../../scripts/build/sources";
import { espruinoEngine, whyNoEspruino } from "./espruino";
import { espruinoJsEngine } from "./espruino-js";
import { luaEngine } from "./lua";
import { simEngine } from "./sim";

interface Row {
  start(image: ImageName): Engine;
  /** Why it cannot run here, null if it can. */
  missing(): string | null;
}

const here = (): null => null;

const engines: Record<string, Row> = {
  "sim": { start: simEngine, missing: here },
  "espruino-js": { start: espruinoJsEngine, missing: here },
  "espruino": { start: espruinoEngine, missing: whyNoEspruino },
  "lua53": { start: (image) => luaEngine("lua53", image), missing: here },
  "lua51": { start: (image) => luaEngine("lua51", image), missing: here },
  "lua32": { start: (image) => luaEngine("lua32", image), missing: here },
};

export const engineNames = Object.keys(engines);

/**
 * @param image built, where the engine needs it and its sources have changed since.
 * @returns the engine, or the reason why it cannot run here.
 */
export function engineByName(name: string, image: ImageName = lockImage("sim")): Engine | string {
  if (!Object.hasOwn(engines, name)) return `there is no engine "${name}": there are ${engineNames.join(", ")}`;
  const engine = engines[name];
  return engine.missing() ?? engine.start(image);
}
