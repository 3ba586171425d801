import { readFileSync, writeFileSync } from "node:fs";
import { UserError } from "../build/user-error";
import { parseCommandLine } from "../scenario/options";
import { demandWritable } from "../scenario/outputs";
import { parseLog } from "./log";
import { pageText } from "./page";
import { Timeline, timelineOf } from "./timeline";

export const usage = `Usage: npm run trace -- <log> [--html] [--out <file>]
Makes a page of a log that npm run hil -- --log or npm run scenario -- --log wrote: lanes over
time with keypad, prompts, motor and bolt, and the frames of the modules taken apart.
  --html        writes <log>.html
  --out <file>  writes it there
Without either it tells what is in the log.
  --help`;

export interface Out { write(text: string): void; complain(text: string): void }

/** @returns the exit code: 0, or 2 if the command line or the log is wrong */
export function traceCommand(args: readonly string[], out: Out): number {
  try {
    const { options, rest } = parseCommandLine(args, { html: false, out: true, help: false });
    if (options.has("help")) {
      out.write(`${usage}\n`);
      return 0;
    }
    const [path, ...more] = rest;
    if (path === undefined || more.length > 0) throw new UserError("Name one log; --help tells where they come from.");
    const timeline = read(path);
    if (!options.has("html") && !options.has("out")) {
      out.write(summary(timeline));
      return 0;
    }
    const page = options.get("out") ?? `${path.replace(/\.log$/, "")}.html`;
    demandWritable(page, "file");
    writeFileSync(page, pageText(timeline));
    out.write(`${page}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

function read(path: string): Timeline {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UserError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
  const log = parseLog(text);
  if (log === null) throw new UserError(`${path} is no log of npm run hil or npm run scenario: its first line is another one.`);
  return timelineOf(log);
}

/** What is in it, for who forgot --html. */
function summary({ title, board, endS, lanes, lines }: Timeline): string {
  const rows = lanes.map((lane) => `  ${lane.group.padEnd(10)} ${lane.name.padEnd(18)} ${lane.items.length}\n`);
  return `${title}, board ${board}, ${endS.toFixed(1)} s, ${lines.length} lines\n${rows.join("")}`;
}
