import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { UserError } from "../build/user-error";
import { openBoard, projectEngines, referenceEngine } from "../scenario/engines";
import { allScenarios, plainName, scenarioFolder } from "../scenario/files";
import { parseCommandLine } from "../scenario/options";
import { describeShrunk, shrink } from "../scenario/shrink";
import { logText } from "../trace/log";
import { vcdText } from "../trace/vcd";
import { coverageTable } from "./coverage";
import { buildHelperImage } from "./helper-image";
import { junit } from "./junit";
import { Plan, planOf } from "./plan";
import { Round } from "./round";
import { delay, HilResult } from "./run";

export const usage = `Usage: npm run hil -- --board <name> --port <tty> [--rig <file>] [options] [scenarios …]
       npm run hil -- --virtual <engine> [options] [scenarios …]
       npm run hil -- --helper
Plays scenario files (default ${allScenarios}; names are looked for below ${scenarioFolder} too) on a
board, in real time, through its console.
  --port <tty>         where the console is: a serial port, a pseudo-terminal or tcp://<host>:<port>
  --rig <file>         how the bench reaches the world around the lock: a file, or a name of
                       board-configs/rigs; what the bench cannot do is skipped
  --virtual <engine>   without hardware: sim, lua53, lua51, lua32, espruino-js or espruino in a
                       process of its own, every line a pseudo-terminal (--rig default full)
  --jobs <n>           so many virtual locks at once (default 1)
  --board <name>       a file of board-configs (with --virtual default sim)
  --password <word>    of a closed console
  --all                also scenarios that wait for more than a minute, as those that are named are
  --junit <file>       results as JUnit XML
  --log <dir>          everything that passed, with the bench's and the lock's time, a file a scenario
  --vcd <file>         waveforms; of several scenarios a file each, their names added to this one's
  --helper             builds the image of the rig helper (rig/README.md)
  --coverage           prints the table of test/README.md: which rules are shown on a bench
  --help
What fails while this machine is too slow for real time is played twice more, and is "slow" if it goes on so.
Where the bench cannot go on, or at Ctrl-C, what there is by then is told and written.
Exit code: 0 all that were played passed, 1 some failed, 2 the command line is wrong, the bench stopped,
or nothing could be played, 3 none failed, and some were slow.`;

export interface Out { write(text: string): void; complain(text: string): void; terminal: boolean }

const known = {
  board: true, port: true, rig: true, virtual: true, jobs: true, password: true, all: false, junit: true, log: true, vcd: true, helper: false, coverage: false, help: false,
};
/** What ends a run from outside. */
const signals = ["SIGINT", "SIGTERM"] as const;

/** @param from where signals come from @returns the exit code */
export async function hilCommand(args: readonly string[], out: Out, from: NodeJS.EventEmitter = process): Promise<number> {
  try {
    const { options, rest } = parseCommandLine(args, known);
    if (options.has("help")) {
      out.write(`${usage}\n`);
      return 0;
    }
    if (options.has("helper")) {
      const { path, size } = await buildHelperImage();
      out.write(`${path}  ${size} bytes\n`);
      return 0;
    }
    if (options.has("coverage")) {
      out.write(coverageTable());
      return 0;
    }
    const plan = planOf(options, rest, out.terminal);
    if (plan.virtual !== null) await load(plan.virtual, plan.board);
    return await carryOut(plan, out, from);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

/** Builds the image where there is one, once for all jobs. */
async function load(name: string, board: Board): Promise<void> {
  const engine = await projectEngines.load(name, board);
  if (typeof engine === "string") throw new UserError(`engine ${name}: ${engine}`);
}

async function carryOut(plan: Plan, out: Out, from: NodeJS.EventEmitter): Promise<number> {
  const { results, stopped, interrupted } = await playAll(plan, out, from);
  const has = (...wanted: HilResult["outcome"][]): boolean => results.some(({ outcome }) => wanted.includes(outcome));
  for (const result of results) if (result.outcome === "error") keep(result, plan);
  saveJunit(plan, results);
  const wasPlayed = has("passed", "failed", "slow");
  if (stopped !== null && !wasPlayed) throw new UserError(stopped);
  for (const result of results) if (result.outcome === "error") tell(result, out);
  if (!interrupted && has("failed")) {
    await askSimulator(plan, results, out);
    saveJunit(plan, results);
  }
  out.write(`${summary(results)}\n`);
  if (stopped !== null) throw new UserError(`The bench stopped: ${stopped}`);
  if (!wasPlayed) throw new UserError("Nothing was played: this bench can play none of these scenarios.");
  return has("failed") ? 1 : has("slow") ? 3 : 0;
}

/** With signals taken as the wish to stop and to keep what there is: npm hands one on that the terminal has given already. */
async function playAll(plan: Plan, out: Out, from: NodeJS.EventEmitter): Promise<Round> {
  const told = (result: HilResult): void => {
    keep(result, plan);
    tell(result, out);
  };
  const round = new Round(plan, told, (text) => out.write(text));
  const interrupt = (): void => round.interrupt("It was interrupted.");
  for (const signal of signals) from.on(signal, interrupt);
  try {
    await round.play();
  } finally {
    for (const signal of signals) from.removeListener(signal, interrupt);
  }
  return round;
}

function saveJunit({ junit: path, board, virtual, port }: Plan, results: readonly HilResult[]): void {
  if (path !== null) writeFileSync(path, junit(`${board.name} on ${virtual ?? port}`, results));
}

/** Last: meanwhile no lock on a bench could be attended to. */
async function askSimulator(plan: Plan, results: readonly HilResult[], out: Out): Promise<void> {
  for (const result of results) {
    // Nobody could read the others.
    if (result.outcome !== "failed" || result.recording === null) continue;
    result.simulated = await inVirtualTime(result.file, plan);
    out.write(result.simulated);
  }
}

/** Is it the lock, or is it the bench? The same engine plays the same file in virtual time, and finds the lines that matter. */
async function inVirtualTime(file: string, { board: played, virtual }: Plan): Promise<string> {
  const board = openBoard(played);
  let name = virtual ?? referenceEngine;
  let engine = await projectEngines.load(name, board);
  if (typeof engine === "string") {
    name = referenceEngine;
    engine = await projectEngines.load(name, board);
  }
  if (typeof engine === "string") return "";
  const small = await shrink(file, readFileSync(file, "utf8"), { engine, board });
  if (small === "unreadable") return "";
  return small === "passes" ? `${file}: engine ${name} with board ${board.name}, in virtual time, passes it\n` : describeShrunk(file, small);
}

/** Writes what was recorded. */
function keep({ file, recording }: HilResult, { log, vcd, files }: Plan): void {
  if (recording === null) return;
  const name = plainName(file);
  if (log !== null) writeFileSync(join(log, `${name}.log`), logText(recording));
  if (vcd !== null) writeFileSync(files.length > 1 ? vcd.replace(/(\.vcd)?$/, `-${name}.vcd`) : vcd, vcdText(recording));
}

function tell(result: HilResult, out: Out): void {
  const { file, outcome, reason, seconds, failure } = result;
  if (outcome === "passed") out.write(`passed   ${file}  ${seconds.toFixed(1)} s\n`);
  else if (outcome === "skipped" || (outcome === "error" && failure === null)) out.write(`${outcome.padEnd(8)} ${file}: ${reason}\n`);
  else out.write(`${outcome.padEnd(8)} ${file}  ${seconds.toFixed(1)} s${outcome === "slow" ? `, ${delay(result)}` : ""}\n${reason}\n`);
}

function summary(results: readonly HilResult[]): string {
  const count = (outcome: HilResult["outcome"]): number => results.filter((result) => result.outcome === outcome).length;
  const [slow, errors] = [count("slow"), count("error")];
  const rare = [slow > 0 ? [`${slow} slow`] : [], errors > 0 ? [errors === 1 ? "1 error" : `${errors} errors`] : []].flat();
  return [`${count("passed")} passed`, `${count("failed")} failed`, ...rare, `${count("skipped")} skipped`].join(", ");
}
