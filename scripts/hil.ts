/** `npm run hil`: plays scenario files on a board on the bench, or on a virtual one. */
import { hilCommand } from "./hil/command";

hilCommand(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  complain: (text) => { process.stderr.write(text); },
  terminal: process.stdout.isTTY === true,
}).then((code) => process.exit(code), (error: unknown) => {
  process.stderr.write(`The bench could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
