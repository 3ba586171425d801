import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { logText } from "../trace/log";
import { vcdText } from "../trace/vcd";
import { EngineSource, openBoard, projectEngines, referenceEngine } from "./engines";
import { allScenarios, findScenarios, plainName, scenarioFolder } from "./files";
import { parseCommandLine } from "./options";
import { checkOutputs } from "./outputs";
import { describeDifference } from "./report";
import { runScenarios, ScenarioResult } from "./run";
import { describeShrunk, shrink } from "./shrink";

export const usage = `Usage: npm run scenario -- [options] [file, folder or pattern …]
Plays scenario files (default ${allScenarios}; names are looked for below
${scenarioFolder} too) and tells which passed.
  --engine <name>     sim, lua53, lua32, lua51, espruino-js or espruino (default sim);
                      all: every one there is, their transcripts compared to sim's
  --board <name>      a file of board-configs (default sim), its console open
  --transcript <dir>  writes everything given and printed, a file a scenario
  --log <dir>         everything that passed on the lock's wires, for npm run trace
  --vcd <file>        the same as waveforms, of one scenario and engine
  --shrink            of each scenario that fails, the fewest lines that still do
  --help`;

/** Where the command writes; `terminal` turns on colours and the progress line. */
export interface Out {
  write(text: string): void;
  /** What is wrong with the command line. */
  complain(text: string): void;
  terminal: boolean;
}

interface Plan {
  files: string[];
  engines: { name: string; engine: Engine }[];
  board: Board;
  transcripts: string | null;
  log: string | null;
  vcd: string | null;
  shrink: boolean;
}

/**
 * @returns the exit code: 0 all passed, 1 some failed, 2 the command line is wrong.
 */
export async function scenarioCommand(args: readonly string[], out: Out, source: EngineSource = projectEngines): Promise<number> {
  try {
    const { options, rest } = parseCommandLine(args, {
      engine: true, board: true, transcript: true, log: true, vcd: true, shrink: false, help: false,
    });
    if (options.has("help")) {
      out.write(`${usage}\n`);
      return 0;
    }
    const files = findScenarios(rest.length > 0 ? rest : [allScenarios]);
    const board = openBoard(readBoard(options.get("board") ?? "sim"));
    checkOutputs(options, { transcript: "folder", log: "folder", vcd: "file" });
    const wanted = options.get("engine") ?? referenceEngine;
    const engines = wanted === "all" ? await loadAll(source, board, out) : [await loadOne(source, wanted, board)];
    const [transcripts, log, vcd] = ["transcript", "log", "vcd"].map((name) => options.get(name) ?? null);
    if (vcd !== null && (files.length > 1 || engines.length > 1)) throw new UserError("The option --vcd is for one scenario on one engine: name one file.");
    return await carryOut({ files, engines, board, transcripts, log, vcd, shrink: options.has("shrink") }, out) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

async function loadOne(source: EngineSource, name: string, board: Board): Promise<Plan["engines"][number]> {
  const engine = await source.load(name, board);
  if (typeof engine === "string") throw new UserError(`engine ${name}: ${engine}`);
  return { name, engine };
}

/** Every engine that can run here; the others are named with the reason. */
async function loadAll(source: EngineSource, board: Board, out: Out): Promise<Plan["engines"]> {
  const engines: Plan["engines"] = [];
  for (const name of await source.names()) {
    const engine = await source.load(name, board);
    if (typeof engine === "string") out.write(`${name} left out: ${engine}\n`);
    else engines.push({ name, engine });
  }
  return engines;
}

async function carryOut(plan: Plan, out: Out): Promise<boolean> {
  let reference: ScenarioResult[] | null = null;
  let allWell = true;
  for (const { name, engine } of plan.engines) {
    const results = await runOn(name, engine, plan, out);
    writeTraces(plan, name, results);
    if (plan.shrink) await shrinkFailures(plan, engine, results, out);
    const failed = results.filter((result) => !result.passed);
    const parted = reference === null ? 0 : compare(reference, name, results, out);
    const label = plan.engines.length > 1 ? `${name}: ` : "";
    const apart = reference === null ? "" : `, ${parted} unlike ${referenceEngine}`;
    out.write(`${label}${results.length - failed.length} passed, ${failed.length} failed${apart}\n`);
    allWell &&= failed.length === 0 && parted === 0;
    reference ??= results;
  }
  return allWell;
}

async function runOn(name: string, engine: Engine, plan: Plan, out: Out): Promise<ScenarioResult[]> {
  const results = await runScenarios(plan.files, {
    engine, board: plan.board, colour: out.terminal, record: plan.log !== null || plan.vcd !== null,
    onStart: (file, index) => {
      if (out.terminal) out.write(`\r\x1b[K${name} ${index + 1}/${plan.files.length} ${file}`.slice(0, 100));
    },
  });
  if (out.terminal) out.write("\r\x1b[K");
  for (const result of results) if (!result.passed) out.write(`${result.report}\n`);
  return results;
}

function compare(reference: ScenarioResult[], name: string, results: ScenarioResult[], out: Out): number {
  let parted = 0;
  results.forEach((result, index) => {
    const difference = describeDifference(referenceEngine, reference[index].transcript, name, result.transcript);
    if (difference === null) return;
    parted++;
    out.write(`UNLIKE ${result.file}\n${difference}\n`);
  });
  return parted;
}

/** With several engines each has a folder of its own. */
function writeTraces({ engines, transcripts, log, vcd }: Plan, engine: string, results: ScenarioResult[]): void {
  const write = (folder: string | null, file: string, ending: string, text: string): void => {
    if (folder === null) return;
    const own = engines.length > 1 ? join(folder, engine) : folder;
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, `${plainName(file)}.${ending}`), text);
  };
  for (const { file, transcript, recording } of results) {
    write(transcripts, file, "txt", transcript.map((line) => `${line}\n`).join(""));
    if (recording === null) continue;
    write(log, file, "log", logText(recording));
    if (vcd !== null) writeFileSync(vcd, vcdText(recording));
  }
}

async function shrinkFailures({ board }: Plan, engine: Engine, results: ScenarioResult[], out: Out): Promise<void> {
  for (const { file } of results.filter((result) => !result.passed)) {
    const small = await shrink(file, readFileSync(file, "utf8"), { engine, board });
    if (typeof small !== "string") out.write(describeShrunk(file, small));
  }
}
