/** `npm run emulate`: a part of the lock on a serial port or a pseudo-terminal. */
import { emulateCommand } from "./emulate/command";

// A reader of the output that has gone (`| head`) is no fault.
process.stdout.on("error", () => process.exit(0));

emulateCommand(process.argv.slice(2), process).then((code) => { process.exitCode = code; }, (error: unknown) => {
  process.stderr.write(`The part could not be emulated: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
