/** `npm run board`: holds the board files against their schema and the chip, and writes their wiring pages. */
import { boardCommand } from "./board/command";

process.exitCode = boardCommand(process.argv.slice(2), {
  write: (text) => { process.stdout.write(text); },
  complain: (text) => { process.stderr.write(text); },
});
