/** `npm run scenario`: plays scenario files on a simulated lock or on another engine. */
import { scenarioCommand } from "./scenario/command";

scenarioCommand(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  complain: (text) => { process.stderr.write(text); },
  terminal: process.stdout.isTTY === true,
}).then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`The scenarios could not be run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
