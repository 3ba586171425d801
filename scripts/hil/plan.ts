/** What a command line of `npm run hil` asks for. */
import { Board } from "../../hal/board";
import { readBoard } from "../build/sources";
import { UserError } from "../build/user-error";
import { allScenarios, findScenarios } from "../scenario/files";
import { checkOutputs } from "../scenario/outputs";
import { longestMs } from "./coverage";
import { readRig, Rig } from "./rig";
import { HilOptions } from "./run";

export interface Plan {
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

const mostJobs = 64;

/** @param colour whether results go to a terminal @throws UserError */
export function planOf(options: ReadonlyMap<string, string>, rest: readonly string[], colour: boolean): Plan {
  const virtual = options.get("virtual") ?? null;
  const port = options.get("port");
  if ((virtual === null) === (port === undefined)) throw new UserError("Say where the lock is: --port <tty>, or --virtual <engine>; --help tells more.");
  const board = options.get("board") ?? (virtual === null ? null : "sim");
  if (board === null) throw new UserError("Say which board it is: --board <name>.");
  const jobs = Number(options.get("jobs") ?? 1);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > mostJobs) throw new UserError(`The option --jobs is a number from 1 to ${mostJobs}.`);
  if (jobs > 1 && virtual === null) throw new UserError("The option --jobs is for --virtual: there is one board at a port.");
  const rigName = options.get("rig") ?? (virtual === null ? null : "full");
  checkOutputs(options, { junit: "file", log: "folder", vcd: "file" });
  return {
    board: readBoard(board), rig: rigName === null ? null : readRig(rigName), rigName: rigName ?? "", virtual, port: port ?? "", jobs,
    files: findScenarios(rest.length > 0 ? rest : [allScenarios]),
    options: { password: options.get("password") ?? null, colour, longestMs: options.has("all") || namesFiles(rest) ? Infinity : longestMs },
    junit: options.get("junit") ?? null, log: options.get("log") ?? null, vcd: options.get("vcd") ?? null,
  };
}

/** Whoever names files and no folders wants them played, however long they wait. */
function namesFiles(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => name.endsWith(".scn"));
}
