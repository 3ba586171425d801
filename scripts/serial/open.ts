import { UserError } from "../build/user-error";
import { programsAt } from "./busy";
import { Line, LineEvents } from "./line";
import { openPort } from "./port";
import { openTcp, tcpAddress } from "./tcp";

/** What the lock's console and the prompt of its interpreter speak. */
export const consoleBaud = 115200;

/**
 * Opens whatever `--port` names: a serial port, a pseudo-terminal, `tcp://host:port` or `host:port`.
 * @throws UserError where there is none, where it may not be opened, or where another program has it open.
 */
export async function openLine(path: string, events: LineEvents, baud = consoleBaud): Promise<Line> {
  const address = tcpAddress(path);
  if (address !== null) return openTcp(path, address, events);
  if (path.includes("://")) throw new UserError(`${path} is no port; write tcp://<host>:<port>, or a serial port such as /dev/ttyUSB0.`);
  const others = programsAt(path);
  if (others.length > 0) throw new UserError(`The port ${path} is in use by another program (${others.join(", ")}); end that one first.`);
  return openPort(path, baud, events);
}
