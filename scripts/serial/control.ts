import { spawnSync } from "node:child_process";
import { UserError } from "../build/user-error";

/** Bits and calls of Linux's ioctl_tty(2). */
const TIOCMBIS = 0x5416;
const TIOCMBIC = 0x5417;
const DTR = 2;
const RTS = 4;

/** Both lines are set in one program, so that hardly any time passes between them. */
const program = `
my ($set, $clear) = @ARGV;
ioctl(STDIN, ${TIOCMBIS}, pack("i", $set)) || exit 1 if $set;
ioctl(STDIN, ${TIOCMBIC}, pack("i", $clear)) || exit 1 if $clear;`;

/**
 * Sets DTR and RTS of an open port. Chosen: perl, which is part of every Debian, since Node.js and stty cannot and a native
 * add-on needs a compiler.
 */
export function setControl(path: string, fd: number, { dtr, rts }: { dtr: boolean; rts: boolean }): void {
  const set = (dtr ? DTR : 0) | (rts ? RTS : 0);
  const done = spawnSync("perl", ["-e", program, String(set), String((DTR | RTS) ^ set)], { stdio: [fd, "ignore", "ignore"] });
  if (done.error !== undefined) throw new UserError("The control lines of a port need the program perl.");
  if (done.status !== 0) throw new UserError(`The port ${path} has no control lines.`);
}
