import { readFileSync } from "node:fs";
import { parseDuration } from "../../hal/platform/sim/world";
import { UserError } from "../build/user-error";
import { parseScenario, Scenario, ScenarioError } from "../scenario/parse";
import { Failure, play } from "../scenario/play";
import { describeFailure } from "../scenario/report";
import { Recording } from "../trace/recording";
import { LockBench } from "./lock-bench";
import { lacking, needs, needsOf } from "./needs";
import { checkLock, prepare } from "./prepare";
import { BenchTarget } from "./target";

export interface HilResult {
  file: string;
  rules: string[];
  outcome: "passed" | "failed" | "skipped";
  /** Why not passed: of a failure some lines, of a skip one. */
  reason: string;
  seconds: number;
  /** null: it was not played. */
  recording: Recording | null;
}

export interface HilOptions {
  password: string | null;
  colour: boolean;
  /** Scenarios that wait longer than this are skipped, ms. */
  longestMs: number;
}

/** One bench and what is known of the lock on it. */
export interface Seat {
  bench: LockBench;
  /** It was found to be this firmware on this board. */
  checked: boolean;
}

/** Plays one file. Throws nothing for a scenario that fails. @throws UserError if no scenario can be played on this bench */
export async function runOnBench(file: string, seat: Seat, options: HilOptions): Promise<HilResult> {
  const beganMs = performance.now();
  const result = (outcome: HilResult["outcome"], reason: string, rules: string[], recording: Recording | null): HilResult =>
    ({ file, rules, outcome, reason, seconds: (performance.now() - beganMs) / 1000, recording });
  let scenario: Scenario;
  try {
    scenario = readScenario(file);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return result("failed", `FAIL ${error.message}`, [], null);
  }
  const why = skipReason(scenario, seat.bench.can, options.longestMs);
  if (why !== null) return result("skipped", why, scenario.rules, null);
  const target = new BenchTarget(seat.bench, file, options.password);
  try {
    await prepare(target, seat.bench);
    await check(target, seat);
    const failure = await play(scenario, target) ?? clockFailure(target);
    return result(failure === null ? "passed" : "failed", failure === null ? "" : describeFailure(file, failure, options.colour), scenario.rules, target.recorder);
  } catch (error) {
    if (error instanceof UserError && seat.bench.lost === null) throw error;
    const seen = error instanceof Error ? error.message : String(error);
    const around = target.trace.slice(-10).map((text) => ({ text, mark: "before" as const }));
    return result("failed", describeFailure(file, { line: 0, expected: "a bench that works to the end", seen, around }, options.colour), scenario.rules, target.recorder);
  } finally {
    await target.end();
  }
}

export function readScenario(file: string): Scenario {
  const scenario = parseScenario(file, readFileSync(file, "utf8"));
  const unknown = scenario.needs.find((need) => !Object.hasOwn(needs, need));
  if (unknown !== undefined) throw new ScenarioError(`${file}: it needs "${unknown}", which no bench has; needs are: ${Object.keys(needs).join(", ")}.`);
  return scenario;
}

/** How long a scenario waits by itself, ms. */
export function waitingMs(scenario: Scenario): number {
  const msOf = (step: Scenario["steps"][number]): number => {
    if (step.kind === "pass") return step.ms;
    return step.kind === "send" && step.text.startsWith("wait ") ? Math.max(0, parseDuration(step.text.slice("wait ".length))) : 0;
  };
  return scenario.steps.reduce((sum, step) => sum + msOf(step), 0);
}

/** @returns null for one that can be played */
export function skipReason(scenario: Scenario, can: ReadonlySet<string>, longestMs: number): string | null {
  const ms = waitingMs(scenario);
  if (ms > longestMs) return `it waits ${Math.round(ms / 1000)} s; --all plays it too`;
  return lacking(can, needsOf(scenario));
}

async function check(target: BenchTarget, seat: Seat): Promise<void> {
  if (seat.checked) return;
  const wrong = await checkLock(target, seat.bench.board);
  if (wrong.length > 0) throw new UserError(wrong.join("\n"));
  seat.checked = true;
}

/** Times are checked by the bench's clock: so the lock's must go alike. */
function clockFailure(target: BenchTarget): Failure | null {
  const seen = target.clockFault();
  return seen === null ? null : { line: 0, expected: "the lock's clock and the bench's to go alike", seen, around: [] };
}
