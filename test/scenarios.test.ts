/** Every scenario on every engine: each passes, and each prints what the simulator prints. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/build/sources";
import { describeDifference } from "../scripts/scenario/report";
import { allScenarios, findScenarios } from "../scripts/scenario/files";
import { ScenarioResult, runScenariosOn } from "../scripts/scenario/run";
import { deepestCallRow } from "../scripts/size/figures";
import { Budgets } from "../scripts/size/table";
import { deepestCall } from "./engines/espruino/depth";
import { whyNoEspruino } from "./engines/espruino";

/** `npm run test:engines` takes them all, `npm run test:espruino` the interpreter; the others are the ones that need nothing but npm, and little time. */
const CHOICES: { [asked: string]: string[] } = {
  all: ["sim", "lua53", "lua32", "espruino-js", "lua51", "espruino"],
  espruino: ["sim", "espruino"],
};
const ENGINES = CHOICES[process.env.ENGINES ?? ""] ?? ["sim", "lua53", "lua32", "espruino-js"];

const files = findScenarios([allScenarios]);
let reference: ScenarioResult[] = [];

/** Every n-th scenario, where not all engines are asked for: int32 Lua takes a second for each. */
const SAMPLES: { [engine: string]: number } = process.env.ENGINES === "all" ? {} : { lua53: 2, lua32: 36 };

/** The slowest engine takes under a minute here; the real interpreter, two. */
const PATIENCE_MS = 600000;

test("the simulator passes", async () => {
  const results = await runScenariosOn(files);
  if (typeof results === "string") throw new Error(results);
  reference = results;
  expect(results.filter((result) => !result.passed).map((result) => result.report)).toEqual([]);
  expect(results.length).toBeGreaterThan(200);
}, PATIENCE_MS);

const missing = (engine: string): boolean => engine === "espruino" && whyNoEspruino() !== null;
if (ENGINES.some(missing)) test.skip(`espruino: ${whyNoEspruino() ?? ""}`, () => undefined);

test.each(ENGINES.slice(1).filter((engine) => !missing(engine)))("%s passes, and says what the simulator says", async (engine) => {
  const every = SAMPLES[engine] ?? 1;
  const chosen = (_: unknown, i: number): boolean => i % every === 0;
  const results = await runScenariosOn(files.filter(chosen), engine);
  if (typeof results === "string") throw new Error(results);
  expect(results.filter((result) => !result.passed).map((result) => result.report)).toEqual([]);
  const said = reference.filter(chosen);
  const unlike = results.map((result, i) => describeDifference("sim", said[i].transcript, engine, result.transcript)).filter((text) => text !== null);
  expect(unlike).toEqual([]);
}, PATIENCE_MS);

test("no chain of calls on Espruino is longer than size.json allows", () => {
  const budgets = JSON.parse(readFileSync(join(root, "size.json"), "utf8")) as Budgets;
  expect(deepestCall()).toBeLessThanOrEqual(budgets[deepestCallRow].budget);
  if (ENGINES.includes("espruino-js")) expect(deepestCall()).toBeGreaterThan(10);
});
