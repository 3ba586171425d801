/** `npm run powerloss`: the supply goes at every flash operation of every scenario. */
import { Board } from "../hal/board";
import { Engine } from "../hal/platform/sim/chip";
import { furnish, longHistory, look, smallHistory } from "../test/powerloss/damage";
import { allDamages } from "../test/powerloss/damages";
import { exhaustive, linear, Plan, sweep } from "../test/powerloss/plan";
import { Cut } from "../test/powerloss/restart";
import { recordStory } from "../test/powerloss/story";
import { cutOnce, eachOperation, Loss, newTally } from "../test/powerloss/sweep";
import { readBoard } from "./build/sources";
import { UserError } from "./build/user-error";
import { Out } from "./scenario/command";
import { projectEngines } from "./scenario/engines";
import { allScenarios, findScenarios } from "./scenario/files";
import { parseCommandLine } from "./scenario/options";

export const usage = `Usage: npm run powerloss -- [options] [file, folder or pattern …]
Plays each scenario that writes (default ${allScenarios}), cuts the
supply at each of its flash operations, starts the lock again and tells what is lost.
  --exhaustive              each byte of an operation, not only nothing, half and all
  --at <operation>[:<byte>] this one cut of one scenario, from 0
  --corrupt                 pages of noise and single bits in place of cuts
  --engine <name>           sim, lua53 … (default sim)
  --help`;

/** Losses that are printed in full. */
const shown = 30;

/** @returns the exit code: 0 nothing is lost, 1 something is, 2 the command line is wrong. */
export async function powerlossCommand(args: readonly string[], out: Out): Promise<number> {
  try {
    const { options, rest } = parseCommandLine(args, { exhaustive: false, corrupt: false, at: true, engine: true, help: false });
    if (options.has("help")) {
      out.write(`${usage}\n`);
      return 0;
    }
    const board = readBoard("sim");
    const engine = await projectEngines.load(options.get("engine") ?? "sim", board);
    if (typeof engine === "string") throw new UserError(engine);
    if (options.has("corrupt")) return corrupt(engine, board, rest, out);
    const files = findScenarios(rest.length > 0 ? rest : [allScenarios]);
    const at = options.get("at");
    if (at !== undefined) return await single(files, at, engine, board, out);
    return await all(files, options.has("exhaustive") ? exhaustive : linear, engine, board, out);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

async function all(files: string[], plan: Plan, engine: Engine, board: Board, out: Out): Promise<number> {
  const swept = await sweep(files, { engine, board, plan, onStory: (file, index, { cuts, losses }) => {
    if (out.terminal) out.write(`\r\x1b[K${index + 1}/${files.length} ${cuts} cuts, ${losses.length} lost, ${file}`.slice(0, 100));
  } });
  if (out.terminal) out.write("\r\x1b[K");
  tell(swept.losses, out);
  out.write(`${swept.cuts} cuts, ${swept.stories} scenarios, ${swept.losses.length} lost\n`);
  return swept.losses.length === 0 ? 0 : 1;
}

function tell(losses: readonly Loss[], out: Out): void {
  for (const { file, cut, second, what } of losses.slice(0, shown)) {
    const again = second === null ? "" : `, then the start at ${second.operation}:${second.byte}`;
    out.write(`LOST ${file} --at ${cut.operation}:${cut.byte}${again}\n  ${what.replace(/\n/g, "\n  ")}\n`);
  }
  if (losses.length > shown) out.write(`and ${losses.length - shown} more\n`);
}

function cutOf(text: string): Cut {
  const found = /^(\d{1,6})(?::(\d{1,6}))?$/.exec(text);
  if (found === null) throw new UserError(`The option --at takes an operation and a byte, as in --at 12:7, not "${text}".`);
  return { operation: Number(found[1]), byte: Number(found[2] ?? 0) };
}

async function single(files: string[], at: string, engine: Engine, board: Board, out: Out): Promise<number> {
  const cut = cutOf(at);
  if (files.length !== 1) throw new UserError("The option --at takes one scenario.");
  const story = await recordStory(files[0], { engine, board });
  const { length } = story.operations;
  if (cut.operation >= length) throw new UserError(`${files[0]} has ${length} flash operations, from 0.`);
  const tally = newTally();
  eachOperation(story, (flash, operation, index) => {
    if (index !== cut.operation) return;
    out.write(`${operation.kind} of ${operation.length} bytes at ${operation.address}\n`);
    for (const { text } of story.log.slice(Math.max(0, operation.printed - 8), operation.printed)) out.write(`  ${text}\n`);
    cutOnce(story, engine, flash, { ...cut, byte: Math.min(cut.byte, operation.length) }, tally);
  });
  tell(tally.losses, out);
  out.write(`1 cut, ${tally.losses.length} lost\n`);
  return tally.losses.length === 0 ? 0 : 1;
}

function corrupt(engine: Engine, board: Board, names: string[], out: Out): number {
  if (names.length > 0) throw new UserError("The option --corrupt takes no scenarios: it has stores of its own.");
  const histories = [{ name: "small store", history: smallHistory, every: 1 }, { name: "full area", history: longHistory, every: 17 }];
  let wrong = 0;
  for (const { name, history, every } of histories) {
    const lock = furnish(history, engine, board);
    const damages = allDamages(lock, board, every);
    let found = 0;
    damages.forEach((damage, i) => {
      if (out.terminal && i % 50 === 0) out.write(`\r\x1b[K${name} ${i}/${damages.length}`);
      for (const what of look(lock, damage, engine, board)) if (found++ < shown) out.write(`${out.terminal ? "\r\x1b[K" : ""}WRONG ${name}, ${damage.what}: ${what}\n`);
    });
    out.write(`${out.terminal ? "\r\x1b[K" : ""}${name}: ${damages.length} damages, ${found} wrong\n`);
    wrong += found;
  }
  return wrong === 0 ? 0 : 1;
}

if (require.main === module) {
  powerlossCommand(process.argv.slice(2), {
    write: (text) => { process.stdout.write(text); },
    complain: (text) => { process.stderr.write(text); },
    terminal: process.stdout.isTTY === true,
  }).then((code) => { process.exitCode = code; }, (error: unknown) => {
    process.stderr.write(`The cuts could not be made: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
}
