import { readFileSync } from "node:fs";
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { readBoard } from "../build/sources";
import { Recording } from "../trace/recording";
import { projectEngines, referenceEngine } from "./engines";
import { parseScenario, Scenario, ScenarioError } from "./parse";
import { Failure, play } from "./play";
import { describeFailure } from "./report";
import { newSimTarget, SimTarget, Target } from "./target";

/** What became of one scenario. */
export interface ScenarioResult {
  file: string;
  /** Rules it shows. */
  rules: string[];
  passed: boolean;
  /** Why not, a few lines to read; empty if it passed. */
  report: string;
  /** Everything given and printed, in order. */
  transcript: readonly string[];
  /** What passed on the lock's wires; null where that was not asked for, or nothing was played. */
  recording: Recording | null;
}

export interface RunOptions {
  engine: Engine;
  board: Board;
  /** Whether to record what passes on the lock's wires. */
  record?: boolean;
  colour?: boolean;
  /** Told before each scenario. */
  onStart?: (file: string, index: number) => void;
}

/** After the start, until the battery has been measured, the keys are felt, and the modules are paired. */
export const settleMs = 4000;

/** Plays scenario files one after the other, each on a new lock. Throws nothing for a scenario that fails. */
export async function runScenarios(files: readonly string[], options: RunOptions): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const [index, file] of files.entries()) {
    options.onStart?.(file, index);
    results.push(await runScenario(file, readFileSync(file, "utf8"), options));
  }
  return results;
}

/**
 * The same by names, for tests.
 * @param engine a name of test/engines.
 * @returns the results, or why that engine cannot run here.
 */
export async function runScenariosOn(
  files: readonly string[], engine = referenceEngine, board = "sim",
): Promise<ScenarioResult[] | string> {
  const config = readBoard(board);
  const loaded = await projectEngines.load(engine, config);
  return typeof loaded === "string" ? loaded : runScenarios(files, { engine: loaded, board: config });
}

/** Plays one scenario, given as text. */
export async function runScenario(file: string, text: string, options: RunOptions): Promise<ScenarioResult> {
  let scenario: Scenario;
  try {
    scenario = parseScenario(file, text);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return { file, rules: [], passed: false, report: `FAIL ${error.message}`, transcript: [], recording: null };
  }
  let target: SimTarget | null = null;
  const stopped = (error: unknown): Failure => ({
    line: 0, expected: "a lock that runs to the end", seen: `it stopped: ${describeError(error)}`, around: lastLines(target),
  });
  let failure: Failure | null;
  try {
    target = newSimTarget(options.engine, options.board, options.record === true ? file : undefined);
    await target.advance(settleMs);
    failure = await play(scenario, target);
  } catch (error) {
    failure = stopped(error);
  }
  try {
    await target?.end();
  } catch (error) {
    failure ??= stopped(error);
  }
  const report = failure === null ? "" : describeFailure(file, failure, options.colour);
  return { file, rules: scenario.rules, passed: failure === null, report, transcript: target?.transcript ?? [], recording: target?.recording ?? null };
}

function lastLines(target: Target | null): Failure["around"] {
  return (target?.trace.slice(-10) ?? []).map((text) => ({ text, mark: "before" }));
}

/** The message and where it came from, on one line. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "))?.trim() ?? "";
  return `${error.message} ${place}`.trim();
}
