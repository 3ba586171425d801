import { createInterface } from "node:readline";
import { ReadStream } from "node:tty";
import { UserError } from "../build/user-error";
import { parseCommandLine } from "../scenario/options";
import { Line, LineEvents } from "../serial/line";
import { openPort } from "../serial/port";
import { openPseudoTerminal } from "../serial/pty";
import { pn532, rdm6300 } from "./cards";
import { dfplayer } from "./dfplayer";
import { efaa } from "./efaa";
import { Emulation } from "./emulation";
import { KeptFile } from "./kept";
import { PartKind } from "./part";
import { r503 } from "./r503";

export const partKinds: { [name: string]: PartKind } = { r503, efaa, dfplayer, pn532, rdm6300 };

const names = Object.keys(partKinds).join(", ");
const models = Object.entries(partKinds).filter(([, kind]) => kind.models.length > 1)
  .map(([name, kind]) => `  ${name.padEnd(17)}${kind.models.join(", ")}`).join("\n");

export const usage = `Usage: npm run emulate -- <part> --port <tty>|--pty [options]
A part of the lock, byte for byte and in real time, for a real board or any other program.
Parts: ${names}.
  --port <tty>     on a serial port, such as the adapter's /dev/ttyUSB0
  --pty            on a new pseudo-terminal, whose path is printed
  --db <file>      keeps the templates in this file (r503, efaa)
  --model <name>   which of the family, the first if none is named:
${models.replace(/^/gm, "  ")}
  --help
Lines typed into it move what is before the part and make its answers fail; help lists them.`;

export interface Terminal {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

interface Plan { name: string; kind: PartKind; model: string; kept: KeptFile | null; port: string | null }

/** @returns the exit code: 0, 1 if the port has gone, 2 if the command line is wrong. */
export async function emulateCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const say = (line: string): void => { terminal.stdout.write(`${line}\n`); };
  try {
    const plan = planOf(args);
    if (plan !== null) return await emulate(plan, terminal, say);
    say(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    terminal.stderr.write(`${error.message}\n`);
    return 2;
  }
}

/** @returns null if help was asked for. */
function planOf(args: readonly string[]): Plan | null {
  const { options, rest } = parseCommandLine(args, { port: true, pty: false, db: true, model: true, help: false });
  if (options.has("help")) return null;
  const [name, ...more] = rest;
  if (name === undefined) throw new UserError(`Which part? Parts are: ${names}.`);
  if (!Object.hasOwn(partKinds, name)) throw new UserError(`There is no part "${name}"; parts are: ${names}.`);
  if (more.length > 0) throw new UserError(`One part at a time: "${more[0]}" is too much.`);
  if (options.has("port") === options.has("pty")) throw new UserError("Say where the part is: --port <tty> or --pty.");
  const kind = partKinds[name];
  const model = options.get("model") ?? kind.models[0];
  if (!kind.models.includes(model)) throw new UserError(`There is no model "${model}" of the ${name}; models are: ${kind.models.join(", ")}.`);
  const db = options.get("db");
  if (db !== undefined && kind.isMemory === null) throw new UserError(`The option --db is for r503 and efaa: a ${name} keeps nothing.`);
  const kept = db === undefined || kind.isMemory === null ? null : new KeptFile(db, name, model, kind.isMemory);
  return { name, kind, model, kept, port: options.get("port") ?? null };
}

async function emulate({ name, kind, model, kept, port }: Plan, terminal: Terminal, say: (line: string) => void): Promise<number> {
  let line: Line | null = null;
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => { end = resolve; });
  const emulation = new Emulation(kind, model, kept, (bytes) => line?.write(bytes), say);
  try {
    line = await openLine(port, kind.baud, {
      received: (bytes) => emulation.received(bytes),
      gone: () => {
        terminal.stderr.write(`The port ${port} has gone.\n`);
        end(1);
      },
    });
    say(`${kind.title}${kind.models.length > 1 ? `, model ${model}` : ""}, on ${line.path} at ${kind.baud} baud; help lists the words, Ctrl-C ends it.`);
    if (kept !== null) say(`The templates of the ${name} are kept in ${kept.path}.`);
    return await serve(emulation, terminal, say, ended, end);
  } finally {
    emulation.close();
    line?.close();
  }
}

async function openLine(port: string | null, baud: number, events: LineEvents): Promise<Line> {
  return port === null ? openPseudoTerminal((bytes) => events.received(bytes)) : openPort(port, baud, events);
}

/** Until Ctrl-C, a signal, or the end of what is typed at a terminal; the end of piped input ends nothing. */
async function serve(emulation: Emulation, terminal: Terminal, say: (line: string) => void, ended: Promise<number>, end: (code: number) => void): Promise<number> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const stop = (): void => end(0);
  const input = createInterface({ input: terminal.stdin, terminal: false });
  for (const signal of signals) process.on(signal, stop);
  input.on("line", (typed) => {
    const answer = emulation.typed(typed);
    if (answer !== "") say(answer);
  });
  input.on("close", () => { if ((terminal.stdin as ReadStream).isTTY) end(0); });
  try {
    return await ended;
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    input.close();
    terminal.stdin.pause();
  }
}
