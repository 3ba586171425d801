/** `npm run fuzz`: seeded random streams to the UART drivers, with nobody before them who may be believed. */
import { hostileStreams as dfplayer } from "../hal/drivers/dfplayer/test/rig";
import { hostileStreams as efaa } from "../hal/drivers/efaa/test/hostile";
import { hostileStreams as pn532 } from "../hal/drivers/pn532/test/rig";
import { hostileStreams as r503 } from "../hal/drivers/r503/test/hostile";
import { hostileStreams as rdm6300 } from "../hal/drivers/rdm6300/test/rig";
import { UserError } from "./build/user-error";
import { parseCommandLine } from "./scenario/options";

/** @returns what must not have happened, a line each. */
type Streams = (seed: number, count: number) => string[];

const parts: { [name: string]: Streams } = { r503, efaa, dfplayer, pn532, rdm6300 };
const names = Object.keys(parts).join(", ");

const million = 1000000;
const most = 1000 * million;
/** Streams to one driver; the next ones go to a new one, with the seed that many higher. */
const batch = 10000;
/** Findings of a part that are printed. */
const shown = 5;

export const usage = `Usage: npm run fuzz -- [options] [part …]
Sends random streams to the drivers of the parts (default all: ${names})
and tells what they believed, and whether they still work afterwards.
  --count <n>   streams to each (default ${million})
  --seed <n>    of the first stream (default 1)
  --help`;

export interface Out {
  write(text: string): void;
  complain(text: string): void;
  /** Turns on the progress line. */
  terminal: boolean;
}

/** @returns the exit code: 0 all held, 1 something was believed or thrown, 2 the command line is wrong. */
export function fuzzCommand(args: readonly string[], out: Out, known = parts): number {
  try {
    const { options, rest } = parseCommandLine(args, { count: true, seed: true, help: false });
    if (options.has("help")) {
      out.write(`${usage}\n`);
      return 0;
    }
    const unknown = rest.find((name) => !Object.hasOwn(known, name));
    if (unknown !== undefined) throw new UserError(`There is no part "${unknown}"; parts are: ${names}.`);
    const count = numberOf(options, "count", million);
    const seed = numberOf(options, "seed", 1);
    const held = (rest.length > 0 ? rest : Object.keys(known)).map((name) => fuzzPart(name, known[name], seed, count, out));
    return held.includes(false) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    out.complain(`${error.message}\n`);
    return 2;
  }
}

function numberOf(options: Map<string, string>, name: string, preset: number): number {
  const text = options.get(name);
  if (text === undefined) return preset;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new UserError(`The option --${name} takes a number from 1 to ${most}, not "${text}".`);
  return value;
}

/** Stops at the first batch with a finding. @returns true if there was none */
function fuzzPart(name: string, streams: Streams, seed: number, count: number, out: Out): boolean {
  const startMs = performance.now();
  for (let sent = 0; sent < count; sent += batch) {
    if (out.terminal) out.write(`\r\x1b[K${name} ${sent}/${count}`);
    const size = Math.min(batch, count - sent);
    const wrong = findings(streams, seed + sent, size);
    if (wrong.length === 0) continue;
    if (out.terminal) out.write("\r\x1b[K");
    out.write(`${name}: FAILED with seed ${seed + sent}; again: npm run fuzz -- --seed ${seed + sent} --count ${size} ${name}\n`);
    for (const line of wrong.slice(0, shown)) out.write(`  ${line}\n`);
    if (wrong.length > shown) out.write(`  and ${wrong.length - shown} more\n`);
    return false;
  }
  if (out.terminal) out.write("\r\x1b[K");
  out.write(`${name}: ${count} streams, seed ${seed}: nothing believed, nothing thrown, ${((performance.now() - startMs) / 1000).toFixed(1)} s\n`);
  return true;
}

function findings(streams: Streams, seed: number, count: number): string[] {
  try {
    return streams(seed, count);
  } catch (error) {
    return [`it threw: ${error instanceof Error ? error.message : String(error)}`];
  }
}

if (require.main === module) {
  process.stdout.on("error", () => process.exit(0));
  process.exitCode = fuzzCommand(process.argv.slice(2), {
    write: (text) => process.stdout.write(text),
    complain: (text) => process.stderr.write(text),
    terminal: process.stdout.isTTY === true,
  });
}
