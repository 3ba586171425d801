/** What of an image is counted, and how. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { simEngine } from "../../test/engines/sim";
import { whyNoEspruino } from "../../test/engines/espruino";
import { deepestCall } from "../../test/engines/espruino/depth";
import { fullStore } from "../bench/full-store";
import { keep, settledLock } from "../bench/lock";
import { luaMemory } from "../bench/lua-memory";
import { freshImage } from "../build/build";
import { neededRow } from "../build/chip-files";
import { lockImage } from "../build/sources";
import { allScenarios, findScenarios } from "../scenario/files";
import { runScenariosOn } from "../scenario/run";
import { needed, resident } from "./variables";

/** By name; null where it cannot be counted here. */
export type Figures = Record<string, number | null>;

const files: [board: string, file: string][] = [
  ["esp32-devkitc-espruino", "lock.img"],
  ["esp32-devkitc-espruino", "boot0.js"],
  ["esp32-cheap-espruino", "lock.img"],
  ["esp32-devkitc-nodemcu", "lock.lua"],
  ["esp32-devkitc-nodemcu", "init.lua"],
];

/** Bytes in flash. */
export function countBytes(): Figures {
  return Object.fromEntries(files.map(([board, file]) => [`${board}, ${file}: bytes`, statSync(join(freshImage(lockImage(board)), file)).size]));
}

export const deepestCallRow = "calls within each other, deepest of all scenarios";

/** On the stand-in of the interpreter, which counts them. */
export async function countCalls(): Promise<Figures> {
  const results = await runScenariosOn(findScenarios([allScenarios]), "espruino-js");
  if (typeof results === "string") throw new Error(results);
  return { [deepestCallRow]: deepestCall() };
}

/** Bytes of memory on NodeMCU, how: scripts/bench/lua-memory.ts. */
export function countLuaMemory(): Figures {
  const { withCode, withoutCode, perUser, garbage, events } = luaMemory();
  return {
    "NodeMCU, full store, code in RAM: bytes live": withCode,
    "NodeMCU, full store, code in flash: bytes live": withoutCode,
    "NodeMCU: bytes per user": Math.round(perUser),
    "NodeMCU: bytes of garbage per event": Math.round(garbage / events),
  };
}

/** On the interpreter; takes minutes. */
export function countVariables(): Figures {
  const names = ["variables, empty store", "variables, full store", neededRow];
  if (whyNoEspruino() !== null) return Object.fromEntries(names.map((name) => [name, null]));
  const sim = simEngine(lockImage("sim"));
  const [empty, full] = [keep(settledLock(sim)), fullStore(sim)];
  return Object.fromEntries([resident(empty), resident(full), needed(full)].map((count, i) => [names[i], count]));
}
