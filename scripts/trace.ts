/** `npm run trace`: a picture of what passed at a lock, from its log. */
import { traceCommand } from "./trace/command";

process.exitCode = traceCommand(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  complain: (text) => { process.stderr.write(text); },
});
