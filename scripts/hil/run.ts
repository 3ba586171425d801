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
  /** slow: it did not pass, and this machine was too slow to tell whose fault it is; error: the bench cannot go on, or somebody stopped it. */
  outcome: "passed" | "failed" | "slow" | "error" | "skipped";
  /** Why not passed: of a failure some lines, of what was not played one. */
  reason: string;
  /** What did not go as it should; null also where a file could not be read, or the bench not be opened. */
  failure: Failure | null;
  /** What the simulator says of a failure; "" while it was not asked. */
  simulated: string;
  /** How long the machine came too late in all while it was played, ms. */
  lateMs: number;
  seconds: number;
  /** null: it was not played. */
  recording: Recording | null;
}

/** Chosen: from so much delay on a failure proves nothing: it is a third of what a bench tolerates, and modules are asked again sooner. */
const slowMs = 100;

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

/** The result of a file that was not played. */
export function unplayed(file: string, outcome: "failed" | "error" | "skipped", reason: string, rules: string[] = []): HilResult {
  return { file, rules, outcome, reason, failure: null, simulated: "", seconds: 0, lateMs: 0, recording: null };
}

/** A failure of which is known what was behind it. */
export function withSeen(result: HilResult, seen: string, colour: boolean): HilResult {
  const failure = { ...result.failure ?? wholeFailure(""), seen };
  return { ...result, outcome: "failed", failure, reason: describeFailure(result.file, failure, colour) };
}

/** By how much the machine was late, for a reader. */
export function delay({ lateMs }: HilResult): string {
  return `this machine came ${Math.round(lateMs)} ms too late`;
}

/** Plays one file. Throws nothing for a scenario that fails, nor for a bench that cannot go on: that is an error. */
export async function runOnBench(file: string, seat: Seat, options: HilOptions): Promise<HilResult> {
  const beganMs = performance.now();
  let scenario: Scenario;
  try {
    scenario = readScenario(file);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return unplayed(file, "failed", `FAIL ${error.message}`);
  }
  const why = skipReason(scenario, seat.bench.can, options.longestMs);
  if (why !== null) return unplayed(file, "skipped", why, scenario.rules);
  const target = new BenchTarget(seat.bench, file, options.password);
  const { failure, isBench } = await playOn(target, scenario, seat);
  const { lateMs, recorder } = target;
  await target.end();
  const outcome = failure === null ? "passed" : isBench ? "error" : lateMs >= slowMs ? "slow" : "failed";
  const reason = failure === null ? "" : describeFailure(file, failure, options.colour);
  return { file, rules: scenario.rules, outcome, reason, failure, simulated: "", seconds: (performance.now() - beganMs) / 1000, lateMs, recording: recorder };
}

/** @returns the failure, and whether no other scenario could be played on this bench either */
async function playOn(target: BenchTarget, scenario: Scenario, seat: Seat): Promise<{ failure: Failure | null; isBench: boolean }> {
  try {
    await prepare(target, seat.bench);
    await check(target, seat);
    // How long a lock takes to start is not the story's affair.
    target.lateMs = 0;
    return { failure: await play(scenario, target) ?? clockFailure(target), isBench: false };
  } catch (error) {
    const around = target.trace.slice(-10).map((text) => ({ text, mark: "before" as const }));
    const seen = error instanceof Error ? error.message : String(error);
    return { failure: { ...wholeFailure(seen), around }, isBench: error instanceof UserError };
  }
}

/** Of no line of the scenario. */
function wholeFailure(seen: string): Failure {
  return { line: 0, expected: "a bench that works to the end", seen, around: [] };
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
