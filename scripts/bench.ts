/** `npm run bench`: the figures of the README, measured here and now. */
import { benchCore } from "./bench/core";
import { benchDay } from "./bench/day";
import { benchFrames } from "./bench/frames";
import { benchIdle } from "./bench/idle";
import { benchInterpreter } from "./bench/interpreter/unlock";
import { benchLua } from "./bench/lua-memory";
import { benchStore } from "./bench/store";
import { benchUnlock } from "./bench/unlock";
import { UserError } from "./build/user-error";
import { parseCommandLine } from "./scenario/options";

const usage = `Usage: npm run bench
Measures the figures of the README; those of the interpreter where ESPRUINO_BIN names it.
  --help`;

function measure(): void {
  const rows: [string, string][] = [...benchDay(), ...benchCore(), ...benchUnlock(), ...benchInterpreter(), ...benchStore(), ...benchIdle(), ...benchFrames(), ...benchLua()];
  const widest = Math.max(...rows.map(([what]) => what.length));
  for (const [what, figure] of rows) console.log(`${what.padEnd(widest)}  ${figure}`);
}

try {
  const { options, rest } = parseCommandLine(process.argv.slice(2), { help: false });
  if (rest.length > 0) throw new UserError(`"${rest[0]}" is no option; --help lists them.`);
  if (options.has("help")) console.log(usage);
  else measure();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
