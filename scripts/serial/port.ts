import { spawnSync } from "node:child_process";
import { closeSync, constants, openSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
import { UserError } from "../build/user-error";
import { setControl } from "./control";
import { Line, LineEvents, lineOver } from "./line";

/**
 * A serial port, 8N1 without flow control. `stty` sets it, since Node.js cannot and a native add-on needs a compiler.
 * @throws UserError where there is none.
 */
export function openPort(path: string, baud: number, events: LineEvents): Line {
  const fd = openTty(path);
  try {
    setMode(path, fd, baud);
    return { ...lineOver(path, new ReadStream(fd), events), control: (lines) => setControl(path, fd, lines) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** @param code of the system, as `ENOENT` */
export function refusal(path: string, code: string): string {
  if (code === "ENOENT" || code === "ENXIO" || code === "ENODEV") return `There is no port ${path}; ls /dev/tty* lists the ports there are.`;
  if (code === "EACCES" || code === "EPERM") return `No permission for ${path}; its group may open it (ls -l ${path} names it, often dialout).`;
  if (code === "EBUSY") return `The port ${path} is in use by another program.`;
  return `The port ${path} cannot be opened (${code}).`;
}

function openTty(path: string): number {
  let fd: number;
  try {
    // Without O_NONBLOCK a port without a carrier would be waited for.
    fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UserError(code === "EISDIR" ? noTty(path) : refusal(path, code));
  }
  if (isatty(fd)) return fd;
  closeSync(fd);
  throw new UserError(noTty(path));
}

function noTty(path: string): string {
  return `${path} is no serial port; one is named like /dev/ttyUSB0.`;
}

function setMode(path: string, fd: number, baud: number): void {
  const mode = [String(baud), "raw", "-echo", "cs8", "-cstopb", "-parenb", "-crtscts", "clocal", "cread"];
  const set = spawnSync("stty", mode, { stdio: [fd, "ignore", "pipe"], encoding: "utf8" });
  if (set.error !== undefined) throw new UserError("The option --port needs the program stty (of the package coreutils).");
  if (set.status !== 0) throw new UserError(`The port ${path} cannot be set to ${baud} baud: ${set.stderr.trim().split("\n")[0]}.`);
}
