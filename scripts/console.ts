/** `npm run console`: the lock's console in this terminal. */
import { consoleCommand } from "./console/command";

// A reader of the output that has gone (`| head`) is no fault.
process.stdout.on("error", () => process.exit(0));

// An answer that is still awaited does not hold up the end.
consoleCommand(process.argv.slice(2), process).then((code) => process.exit(code), (error: unknown) => {
  process.stderr.write(`The console could not be opened: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
