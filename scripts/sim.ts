/** `npm start`: a simulated lock to play with. */
import { simCommand } from "./sim/command";

// A reader of the output that has gone (`| head`) is no fault.
process.stdout.on("error", () => process.exit(0));

simCommand(process.argv.slice(2), process).then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`The simulator could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
