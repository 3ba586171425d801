/** `npm run flash`: puts a built image onto a board. */
import { flashCommand } from "./flash/command";

// A reader of the output that has gone (`| head`) is no fault.
process.stdout.on("error", () => process.exit(0));

// A question that nobody answers any more does not hold up the end.
flashCommand(process.argv.slice(2), process).then((code) => process.exit(code), (error: unknown) => {
  process.stderr.write(`The board could not be flashed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
