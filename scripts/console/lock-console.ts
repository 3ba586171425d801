import { shownLine } from "../sim/echo";

/** The answer to one line: what was printed before `ok` or `error …`, and that last line. */
export interface Answer {
  lines: string[];
  end: string;
}

/** What a lock says of itself to `version`. */
export interface Identity {
  version: string;
  /** Of the firmware below, "" where there is none. */
  base: string;
  /** Where its image lies; "" where there are no places. */
  place: string;
  /** It is an update that has not been confirmed yet. */
  onTrial: boolean;
}

interface Asked { line: string; lines: string[]; done: (answer: Answer) => void }

/** Told as it comes. */
export interface ConsoleEvents {
  /** A line of an answer, its last one too. */
  answer?(line: string): void;
  /** A trace line, and every other one that answers nothing. */
  other?(line: string): void;
}

const prompt = "lock> ";

/**
 * The lock's console as a program speaks it (firmware/console/README.md), whether it echoes or not: a line goes out, its answer
 * comes back; trace lines in between are told apart.
 */
export class LockConsole {
  /** It repeats what it is sent, as for a person at a terminal. */
  echoes = false;
  private pending = "";
  private heard = false;
  private asked: Asked | null = null;

  constructor(private readonly write: (bytes: string) => void, private readonly events: ConsoleEvents) {}

  received(bytes: string): void {
    const lines = (this.pending + bytes).split("\n");
    this.pending = lines.pop() ?? "";
    for (const line of lines) this.take(plain(line));
  }

  /** @returns null if the answer has not come within the time. One line at a time. */
  ask(line: string, ms: number): Promise<Answer | null> {
    return new Promise((resolve) => {
      const end = (answer: Answer | null): void => {
        clearTimeout(late);
        this.asked = null;
        resolve(answer);
      };
      const late = setTimeout(() => end(null), ms);
      this.asked = { line, lines: [], done: end };
      this.write(`${line}\n`);
    });
  }

  /** @returns the version that the lock tells, null if it has told none within the time. */
  async version(ms: number): Promise<string | null> {
    return (await this.identity(ms))?.version ?? null;
  }

  /** @returns null if it has told no version within the time. */
  async identity(ms: number): Promise<Identity | null> {
    const lines = (await this.ask("version", ms))?.lines ?? [];
    const found = (pattern: RegExp): RegExpExecArray | null => lines.map((line) => pattern.exec(line)).find((one) => one !== null) ?? null;
    const version = found(/^version (\S+)/)?.[1];
    const place = found(/^place=(\S+)( trial)?$/);
    return version === undefined ? null : { version, base: found(/^base=(\S+)/)?.[1] ?? "", place: place?.[1] ?? "", onTrial: place?.[2] !== undefined };
  }

  /** Waits until no answer has come for so long. */
  async quiet(ms: number): Promise<void> {
    do {
      this.heard = false;
      await new Promise((resolve) => setTimeout(resolve, ms));
    } while (this.heard);
  }

  private take(line: string): void {
    const { asked } = this;
    if (line === "") return;
    const traced = /^@\d+ /.test(line);
    if (!traced) this.heard = true;
    if (asked === null || traced) this.events.other?.(line);
    else if (asked.lines.length === 0 && line === shownLine(asked.line)) this.echoes = true;
    else this.answered(line, asked);
  }

  private answered(line: string, { lines, done }: Asked): void {
    this.events.answer?.(line);
    if (line === "ok" || line.startsWith("error ")) done({ lines, end: line });
    else lines.push(line);
  }
}

/** The line without its echo's prompt and without what was erased to make room for it. */
function plain(line: string): string {
  let text = line.replace(/\r/g, "").split("\x1b[K").at(-1) ?? "";
  while (text.startsWith(prompt)) text = text.slice(prompt.length);
  return text;
}
