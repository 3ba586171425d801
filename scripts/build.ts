/** `npm run build -- --board <name>`: the images of a board, for every engine. */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { buildImage } from "./build/build";
import { boardNames, lockImage, root } from "./build/sources";
import { UserError } from "./build/user-error";

const usage = `usage: npm run build -- --board <name>

Writes the Espruino and NodeMCU (Lua) images of a board to build/<name>/.
  --board <name>    one of: ${boardNames().join(", ")}
  --main <module>   another module that exports startLock (default firmware/main)`;

async function main(): Promise<void> {
  const { board, main: module, help } = readArguments();
  if (help === true) {
    console.log(usage);
    return;
  }
  if (board === undefined) throw new UserError(`which board? Give --board and one of ${boardNames().join(", ")}`);
  const files = await buildImage({ ...lockImage(board), ...(module === undefined ? {} : { main: module }) });
  const rows = files.map((file) => [relative(root, file.path), `${file.size}`]);
  const width = Math.max(...rows.map(([path]) => path.length));
  for (const [path, size] of rows) console.log(`${path.padEnd(width)}  ${size.padStart(8)} bytes`);
}

function readArguments(): { board?: string; main?: string; help?: boolean } {
  try {
    return parseArgs({
      options: { board: { type: "string" }, main: { type: "string" }, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message}; see npm run build -- --help`);
  }
}

main().catch((error: unknown) => {
  if (error instanceof UserError) {
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  throw error;
});
