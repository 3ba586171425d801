/**
 * The process of a virtual lock: the firmware on an engine, whose every line out of the board is a pseudo-terminal.
 * It prints their paths as one line of JSON, and ends with its standard input.
 */
import { UserError } from "../build/user-error";
import { readBoard } from "../build/sources";
import { projectEngines } from "../scenario/engines";
import { parseCommandLine } from "../scenario/options";
import { openPseudoTerminal, PseudoTerminal } from "../serial/pty";
import { BenchPaths } from "./lock-bench";
import { carries, uartOf } from "./mirror";
import { moduleNames, readRig } from "./rig";
import { VirtualLock } from "./virtual/lock";

const ends: PseudoTerminal[] = [];

async function main(): Promise<void> {
  const { options } = parseCommandLine(process.argv.slice(2), { board: true, engine: true, rig: true });
  const board = readBoard(options.get("board") ?? "sim");
  const rig = readRig(options.get("rig") ?? "full");
  const engine = await projectEngines.load(options.get("engine") ?? "sim", board);
  if (typeof engine === "string") throw new UserError(engine);
  let lock: VirtualLock | null = null;
  const uarts = new Map<number, PseudoTerminal>();
  const open = async (port: number): Promise<string> => {
    const pty = await openPseudoTerminal((bytes) => lock?.received(port, bytes));
    ends.push(pty);
    uarts.set(port, pty);
    return pty.path;
  };
  const paths: BenchPaths = { console: await open(board.console.uart), modules: {}, helper: null };
  for (const module of moduleNames) if (carries(board, rig, module)) paths.modules[module] = await open(uartOf(board, module));
  const helper = rig.helper === undefined ? null : await openPseudoTerminal((bytes) => lock?.toHelper(bytes));
  if (helper !== null) ends.push(helper);
  paths.helper = helper?.path ?? null;
  lock = new VirtualLock(board, rig, engine, {
    uart: (port, bytes) => uarts.get(port)?.write(bytes),
    helper: (bytes) => helper?.write(bytes),
  }, stop);
  process.stdout.write(`${JSON.stringify(paths)}\n`);
  process.stdin.on("end", () => {
    lock?.close();
    leave(0);
  });
  process.stdin.resume();
}

function stop(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  leave(error instanceof UserError ? 2 : 1);
}

function leave(code: number): void {
  for (const end of ends) end.close();
  process.exit(code);
}

main().catch(stop);
