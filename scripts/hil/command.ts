import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { projectEngines, referenceEngine } from "../scenario/engines";
import { allScenarios, findScenarios, plainName } from "../scenario/files";
import { parseCommandLine } from "../scenario/options";
import { describeShrunk, shrink } from "../scenario/shrink";
import { openLine } from "../serial/open";
import { logText } from "../trace/log";
import { vcdText } from "../trace/vcd";
import { coverageTable, longestMs } from "./coverage";
import { buildHelperImage } from "./helper-image";
import { junit } from "./junit";
import { LockBench } from "./lock-bench";
import { readRig, Rig } from "./rig";
import { HilOptions, HilResult, runOnBench, Seat } from "./run";
import { VirtualProcess } from "./virtual";

export const usage = `Usage: npm run hil -- --board <name> --port <tty> [--rig <file>] [options] [scenarios …]
       npm run hil -- --virtual <engine> [options] [scenarios …]
       npm run hil -- --helper
Plays scenario files (default ${allScenarios}) on a board, in real time, through its console.
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
Exit code: 0 all that were played passed, 1 some failed, 2 the command line or the bench is wrong,
3 none failed, and some were slow.`;

export interface Out { write(text: string): void; complain(text: string): void; terminal: boolean }

interface Plan {
  board: Board;
  rig: Rig | null;
  rigName: string;
  virtual: string | null;
  port: string;
  files: string[];
  jobs: number;
  options: HilOptions;
  junit: string | null;
  log: string | null;
  vcd: string | null;
}

const known = {
  board: true, port: true, rig: true, virtual: true, jobs: true, password: true, all: false, junit: true, log: true, vcd: true, helper: false, coverage: false, help: false,
};
const mostJobs = 64;
const mostPlays = 3;

/** @returns the exit code */
export async function hilCommand(args: readonly string[], out: Out): Promise<number> {
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
    const plan = planOf(options, rest, out);
    const results = await carryOut(plan, out);
    if (plan.junit !== null) writeFileSync(plan.junit, junit(`${plan.board.name} on ${plan.virtual ?? plan.port}`, results));
    const is = (wanted: HilResult["outcome"]): boolean => results.some(({ outcome }) => outcome === wanted);
    return is("failed") ? 1 : is("slow") ? 3 : 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

function planOf(options: Map<string, string>, rest: string[], out: Out): Plan {
  const virtual = options.get("virtual") ?? null;
  const port = options.get("port");
  if ((virtual === null) === (port === undefined)) throw new UserError("Say where the lock is: --port <tty>, or --virtual <engine>; --help tells more.");
  const board = options.get("board") ?? (virtual === null ? null : "sim");
  if (board === null) throw new UserError("Say which board it is: --board <name>.");
  const jobs = Number(options.get("jobs") ?? 1);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > mostJobs) throw new UserError(`The option --jobs is a number from 1 to ${mostJobs}.`);
  if (jobs > 1 && virtual === null) throw new UserError("The option --jobs is for --virtual: there is one board at a port.");
  const rigName = options.get("rig") ?? (virtual === null ? null : "full");
  return {
    board: readBoard(board), rig: rigName === null ? null : readRig(rigName), rigName: rigName ?? "", virtual, port: port ?? "", jobs,
    files: findScenarios(rest.length > 0 ? rest : [allScenarios]),
    options: { password: options.get("password") ?? null, colour: out.terminal, longestMs: options.has("all") || namesFiles(rest) ? Infinity : longestMs },
    junit: options.get("junit") ?? null, log: options.get("log") ?? null, vcd: options.get("vcd") ?? null,
  };
}

/** Whoever names files and no folders wants them played, however long they wait. */
function namesFiles(names: string[]): boolean {
  return names.length > 0 && names.every((name) => name.endsWith(".scn"));
}

async function carryOut(plan: Plan, out: Out): Promise<HilResult[]> {
  if (plan.virtual !== null) {
    // Builds the image, once for all jobs.
    const engine = await projectEngines.load(plan.virtual, plan.board);
    if (typeof engine === "string") throw new UserError(`engine ${plan.virtual}: ${engine}`);
  }
  const waiting = plan.files.map((file, index) => ({ file, index }));
  const results: HilResult[] = [];
  const work = async (): Promise<void> => {
    const place = new Place(plan);
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        results[next.index] = await playFile(next.file, place, plan, out);
        tell(results[next.index], plan, out);
      }
    } catch (error) {
      // The others need not go on either.
      waiting.length = 0;
      throw error;
    } finally {
      place.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.jobs, plan.files.length) }, work));
  // Last: meanwhile no lock on a bench could be attended to.
  for (const { file, outcome } of results) if (outcome === "failed") out.write(await onSimulator(file, plan.board));
  const count = (outcome: HilResult["outcome"]): number => results.filter((result) => result.outcome === outcome).length;
  out.write(`${count("passed")} passed, ${count("failed")} failed, ${count("slow") > 0 ? `${count("slow")} slow, ` : ""}${count("skipped")} skipped\n`);
  return results;
}

async function playFile(file: string, place: Place, plan: Plan, out: Out): Promise<HilResult> {
  for (let plays = 1; ; plays++) {
    const result = await runOnBench(file, await place.seat(), plan.options);
    if (result.outcome !== "slow" || plays === mostPlays) return result;
    out.write(`slow     ${file}: ${delay(result)}; it is played once more\n`);
  }
}

function delay({ lateMs }: HilResult): string {
  return `this machine came ${Math.round(lateMs)} ms too late`;
}

/** A bench, opened when it is wanted; a virtual one that stopped is begun anew. */
class Place {
  private process: VirtualProcess | null = null;
  private at: Seat | null = null;

  constructor(private readonly plan: Plan) {}

  async seat(): Promise<Seat> {
    if (this.process !== null && this.process.ended !== null) this.close();
    this.at ??= { bench: await this.open(), checked: false };
    return this.at;
  }

  close(): void {
    this.at?.bench.close();
    this.process?.close();
    this.at = null;
    this.process = null;
  }

  private async open(): Promise<LockBench> {
    const { board, rig, virtual, rigName, port } = this.plan;
    if (virtual !== null) {
      this.process = await VirtualProcess.start(board.name, virtual, rigName);
      return LockBench.open(board, rig, this.process.paths, openLine);
    }
    const { finger, palmFace, speech } = rig?.modules ?? {};
    const modules = { finger: finger?.port, palmFace: palmFace?.port, speech: speech?.port };
    return LockBench.open(board, rig, { console: port, modules, helper: rig?.helper?.port ?? null }, openLine);
  }
}

/** Is it the lock, or is it the bench? The simulator plays the same file, and finds the lines that matter. */
async function onSimulator(file: string, played: Board): Promise<string> {
  // Scenarios presuppose an open console.
  const board = played.console.start === "open" ? played : readBoard("sim");
  const engine = await projectEngines.load(referenceEngine, board);
  if (typeof engine === "string") return "";
  const small = await shrink(file, readFileSync(file, "utf8"), { engine, board });
  return small === null ? `${file}: the simulator, in virtual time with board ${board.name}, passes it\n` : describeShrunk(file, small);
}

function tell(result: HilResult, plan: Plan, out: Out): void {
  const { file, outcome, reason, seconds, recording } = result;
  if (outcome === "passed") out.write(`passed   ${file}  ${seconds.toFixed(1)} s\n`);
  else if (outcome === "skipped") out.write(`skipped  ${file}: ${reason}\n`);
  else out.write(`${outcome.padEnd(8)} ${file}  ${seconds.toFixed(1)} s${outcome === "slow" ? `, ${delay(result)}` : ""}\n${reason}\n`);
  if (recording === null) return;
  const name = plainName(file);
  if (plan.log !== null) {
    mkdirSync(plan.log, { recursive: true });
    writeFileSync(join(plan.log, `${name}.log`), logText(recording));
  }
  if (plan.vcd !== null) writeFileSync(plan.files.length > 1 ? plan.vcd.replace(/(\.vcd)?$/, `-${name}.vcd`) : plan.vcd, vcdText(recording));
}
