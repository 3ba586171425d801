import { UserError } from "../build/user-error";
import { parseCommandLine } from "../scenario/options";
import { Connection } from "../serial/connection";
import { openLine } from "../serial/open";
import { ConsoleTerminal, Session } from "./session";

export const usage = `Usage: npm run console -- --port <port>
The lock's console. Tab completes a command, up and down go through the lines
before; passwords and codes are shown as * and not remembered. Ctrl-C or Ctrl-D
ends it. With commands piped in it ends with them, with code 1 if one failed.
  --port <port>    a serial port such as /dev/ttyUSB0, a pseudo-terminal, or
                   tcp://<host>:<port>; 115200 baud
  --help`;

/** @returns the exit code: 0, 1 if a piped command failed, 2 if the command line is wrong or the port has gone. */
export async function consoleCommand(args: readonly string[], terminal: ConsoleTerminal): Promise<number> {
  try {
    const { options, rest } = parseCommandLine(args, { port: true, help: false });
    if (options.has("help")) {
      terminal.stdout.write(`${usage}\n`);
      return 0;
    }
    if (rest.length > 0) throw new UserError(`"${rest[0]}" is no option; --help lists them.`);
    const port = options.get("port");
    if (port === undefined) throw new UserError("Where is the lock? Give --port and a serial port such as /dev/ttyUSB0, or tcp://<host>:<port>.");
    return await talk(port, terminal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    terminal.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function talk(port: string, terminal: ConsoleTerminal): Promise<number> {
  const connection = await Connection.open(port, openLine);
  connection.withFlowControl();
  connection.inBursts();
  const session = new Session(connection, terminal);
  try {
    return await connection.during(session.run());
  } finally {
    session.close();
    connection.close();
  }
}
