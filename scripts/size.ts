/** `npm run size`: what the images take, beside the budgets of size.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./build/sources";
import { UserError } from "./build/user-error";
import { countBytes, countCalls, countLuaMemory, countVariables } from "./size/figures";
import { Budgets, judge, written } from "./size/table";

const usage = `usage: npm run size [-- --write]

Counts what the images take and holds it against the budgets of size.json; exit code 1 when one is over.
Variables are counted where ESPRUINO_BIN names the Linux program of Espruino, in some minutes.
  --write   also puts what was counted into size.json; budgets stay as they are`;

const path = join(root, "size.json");

async function main(): Promise<void> {
  const { write, help } = readArguments();
  if (help === true) {
    console.log(usage);
    return;
  }
  const budgets = JSON.parse(readFileSync(path, "utf8")) as Budgets;
  const figures = { ...countBytes(), ...countLuaMemory(), ...await countCalls(), ...countVariables() };
  const { lines, over } = judge(budgets, figures);
  for (const line of [...lines, ...over]) console.log(line);
  if (write === true) writeFileSync(path, `${JSON.stringify(written(budgets, figures), null, 2)}\n`);
  if (over.length > 0) process.exitCode = 1;
}

function readArguments(): { write?: boolean; help?: boolean } {
  try {
    return parseArgs({ options: { write: { type: "boolean" }, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}; see npm run size -- --help`);
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
});
