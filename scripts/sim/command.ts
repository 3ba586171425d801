import { ReadStream, WriteStream } from "node:tty";
import { StateError, StateFolder } from "../../hal/platform/sim/flash-file";
import { Exchange } from "../../hal/platform/sim/world";
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { EngineSource, projectEngines, referenceEngine } from "../scenario/engines";
import { parseCommandLine } from "../scenario/options";
import { openPseudoTerminal, PseudoTerminal } from "../serial/pty";
import { runBatch } from "./batch";
import { hints } from "./hints";
import { describeStop, Live } from "./live";
import { SimulatedLock, startSimulatedLock } from "./lock";
import { shareConsole } from "./shared";

export const usage = `Usage: npm start -- [options]
A simulated lock: lines that begin with a bench word move the world around it,
every other line goes to its console. With commands piped in, time passes only
by wait and by the commands; the end of the input ends it, but not with --pty.
  --state <dir>    where its flash and its surroundings are kept (default .lock)
  --fresh          begins with a new lock; the old one's folder is kept aside
  --board <name>   a file of board-configs (default sim)
  --engine <name>  what runs the firmware (default sim, the fastest)
  --pty            offers its console on a pseudo-terminal too, in real time,
                   until Ctrl-C
  --help`;

export interface Terminal {
  stdin: ReadStream;
  stdout: WriteStream;
  stderr: NodeJS.WritableStream;
}

/** @returns the exit code: 0, 1 if the firmware stopped, 2 if the command line is wrong. */
export async function simCommand(args: readonly string[], terminal: Terminal, source: EngineSource = projectEngines): Promise<number> {
  const say = (line: string): void => { terminal.stdout.write(`${line}\n`); };
  try {
    const { options, rest } = parseCommandLine(args, { state: true, fresh: false, board: true, engine: true, pty: false, help: false });
    if (options.has("help")) {
      say(usage);
      return 0;
    }
    if (rest.length > 0) throw new UserError(`"${rest[0]}" is no option; --help lists them.`);
    const state = new StateFolder(options.get("state") ?? ".lock");
    const board = readBoard(options.get("board") ?? "sim");
    const engine = await source.load(options.get("engine") ?? referenceEngine, board);
    if (typeof engine === "string") throw new UserError(engine);
    const start = (print: (line: string) => void): SimulatedLock => startSimulatedLock(board, engine, state, print);
    try {
      state.claim();
      const aside = options.has("fresh") ? state.setAside() : null;
      if (aside !== null) say(`The old lock is kept in ${aside}.`);
      return await runLock(start, state, options.has("pty"), terminal);
    } finally {
      state.release();
    }
  } catch (error) {
    if (!(error instanceof UserError || error instanceof StateError)) throw error;
    terminal.stderr.write(`${error.message}\n`);
    return 2;
  }
}

type Start = (print: (line: string) => void) => SimulatedLock;

async function runLock(start: Start, state: StateFolder, pty: boolean, { stdin, stdout }: Terminal): Promise<number> {
  if (stdin.isTTY !== true && !pty) {
    const print = (line: string): void => { stdout.write(`${line}\n`); };
    const lock = begin(start, state, print, false);
    return lock === null ? 1 : runBatch(lock, stdin, print);
  }
  const stayAtEnd = pty && stdin.isTTY !== true;
  const live = new Live(stdin, stdout, { stayAtEnd });
  let offered: PseudoTerminal | null = null;
  try {
    const print = (line: string): void => live.print(line);
    const lock = begin(start, state, print, stayAtEnd);
    if (lock === null) return 1;
    if (pty) offered = await offer(lock, () => live.asked, print);
    const code = await live.run(lock);
    lock.end();
    return code;
  } finally {
    offered?.close();
    live.close();
  }
}

/** @returns null if the lock stopped as it started; it was told. */
function begin(start: Start, state: StateFolder, print: (line: string) => void, stays: boolean): SimulatedLock | null {
  const early: string[] = [];
  let out = (line: string): void => { early.push(line); };
  let lock: SimulatedLock | null = null;
  try {
    lock = start((line) => out(line));
    lock.notes.forEach(print);
    hints(state.path, lock.fresh, stays).forEach(print);
    lock.save();
  } catch (error) {
    early.push(describeStop(error));
    lock = null;
  }
  // What the lock said as it started comes after what to type.
  early.forEach(print);
  out = print;
  return lock;
}

async function offer(lock: SimulatedLock, asked: () => Exchange | null, print: (line: string) => void): Promise<PseudoTerminal> {
  const pty = await openPseudoTerminal((bytes) => lock.world.type(bytes));
  lock.world.onConsole = (bytes) => pty.write(bytes);
  shareConsole(lock.world, asked);
  print(`The lock's console is also on ${pty.path}; interactive on there gives echo and prompt.`);
  return pty;
}
