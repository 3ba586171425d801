import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** A pseudo-terminal is none of them: its other end may have this end open too. */
const serialPort = /\/tty[^/]*$/;

/**
 * The programs that have a serial port open: two readers would each get a part of what comes. The system itself refuses a
 * second one only where the first asked for it. Programs of other users are not seen. @returns names with process numbers.
 */
export function programsAt(path: string, processes = "/proc"): string[] {
  const device = orNull(() => realpathSync(path));
  if (device === null || !serialPort.test(device)) return [];
  const numbers = orNull(() => readdirSync(processes)) ?? [];
  return numbers.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && hasOpen(join(processes, name, "fd"), device))
    .map((name) => `${orNull(() => readFileSync(join(processes, name, "comm"), "utf8").trim()) ?? "process"} ${name}`);
}

function hasOpen(folder: string, device: string): boolean {
  const files = orNull(() => readdirSync(folder)) ?? [];
  return files.some((file) => orNull(() => readlinkSync(join(folder, file))) === device);
}

/** Processes end while they are looked at. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
