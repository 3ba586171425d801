/** The text of a recording: a line each happening, to read, to search, and to make a picture of. */
import { Happening, Recording } from "./recording";
import { Signals, signalsOf } from "./signals";

const firstLine = "# lock log 1";
const lowLine = "# active-low ";

/**
 * `<world s> <lock ms> <subject> <what>`. The lock's own time stands with what it printed, `-` with the rest;
 * `>` goes to the lock or the rig helper, `<` comes from there. Bytes are hexadecimal. The levels of all pins at the
 * beginning stand first.
 */
export function logText(recording: Recording): string {
  const signals = signalsOf(recording.board);
  const before = [...recording.levels].map(([pin, level]): Happening => ({ ms: 0, kind: "level", pin, level, driven: false }));
  const lines = [...before, ...recording.happenings].map((one) => {
    const lockMs = one.kind === "printed" ? /^@(\d+) /.exec(one.text)?.[1] ?? "-" : "-";
    return `${(one.ms / 1000).toFixed(3).padStart(10)} ${lockMs.padStart(8)} ${describe(one, signals)}`;
  });
  const head = [`# board ${recording.board.name}`, `# title ${recording.title}`, `${lowLine}${[...signals.activeLow].join(" ")}`];
  return [firstLine, ...head, ...lines, ""].join("\n");
}

function describe(one: Happening, { pins, uarts, i2c }: Signals): string {
  switch (one.kind) {
    case "given": return `lock> ${one.text}`;
    case "printed": return `lock< ${one.text}`;
    case "rig": return `rig${one.given ? ">" : "<"} ${one.text}`;
    case "power": return `power ${one.on ? "on" : "off"}`;
    case "level": return `pin ${pins.get(one.pin) ?? one.pin} ${one.level}`;
    case "wave": return `wave ${pins.get(one.pin) ?? one.pin} ${one.hertz} ${one.permille}`;
    case "bytes": return `uart ${uarts.get(one.port)?.name ?? one.port}${one.sent ? "<" : ">"} ${hex(one.bytes)}`;
    case "i2c": {
      const part = i2c.get(`${one.bus} ${one.address}`) ?? `${one.bus}:${one.address}`;
      const what = one.register < 0 ? `w ${hex(one.bytes)}` : `r ${one.register.toString(16).padStart(2, "0")} ${hex(one.bytes)}`;
      return `i2c ${part} ${what}${one.acknowledged ? "" : " nack"}`;
    }
  }
}

function hex(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}

/** A line of a log, read back. */
export interface LogLine {
  /** World time, s. */
  s: number;
  lockMs: number | null;
  /** `lock>`, `pin`, … */
  subject: string;
  text: string;
}

export interface Log {
  board: string;
  title: string;
  /** Names of the pins that are low while what they are named for is so. */
  activeLow: string[];
  lines: LogLine[];
}

/** @returns null for a text that is no log */
export function parseLog(text: string): Log | null {
  const [first, ...rest] = text.split("\n");
  if (first !== firstLine) return null;
  const log: Log = { board: "", title: "", activeLow: [], lines: [] };
  for (const line of rest) {
    const header = /^# (board|title) (.*)$/.exec(line);
    if (header !== null) log[header[1] as "board" | "title"] = header[2];
    if (line.startsWith(lowLine)) log.activeLow = line.slice(lowLine.length).split(" ");
    const found = /^ *(\d+\.\d+) +(\d+|-) (\S+)(?: (.*))?$/.exec(line);
    if (found !== null) log.lines.push({ s: Number(found[1]), lockMs: found[2] === "-" ? null : Number(found[2]), subject: found[3], text: found[4] ?? "" });
  }
  return log;
}
