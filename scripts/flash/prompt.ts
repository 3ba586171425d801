import { UserError } from "../build/user-error";
import { Dialect, javascript } from "./dialect";

/** How long the other side may take, in ms, and how often a question is put. */
export interface Pace {
  answerMs: number;
  tries: number;
  /** For all of Storage, 224 pages; for a page or two, written and read; for the digest of a whole image. */
  eraseMs: number;
  writeMs: number;
  hashMs: number;
  /** A prompt that is being stopped, or that printed what it is, says nothing more for so long. */
  quietMs: number;
  /** A chip that started when its port was opened answers within so long. */
  startMs: number;
  /** The lock answers so long after it was started for the first time. */
  restartMs: number;
}

/** Chosen: an ESP32 answers within some 20 ms, a garbage collection or a busy flash page takes below a second, all pages some ten. */
export const chipPace: Pace = { answerMs: 2000, tries: 6, eraseMs: 90000, writeMs: 10000, hashMs: 30000, quietMs: 300, startMs: 8000, restartMs: 60000 };

/** The longest line where Espruino's fault with bursts is mended: well below the 1024 bytes that an ESP32's driver holds. */
export const longBurstMax = 244;

/** What the interpreter calls its answering function. */
const answerName = "_A";

/** Longest end of the other side's words that is kept. */
const keptMax = 4096;

/**
 * The prompt of an interpreter whose echo is off. Each question has a number, and each answer that number and a check:
 * a lost or damaged line is said again, an answer that comes late answers nothing. So what is asked must bear being done twice.
 */
export class Prompt {
  /** The longest line that may be sent, its end included. */
  longest: number;
  private seen = "";
  private count = 0;
  private check: () => void = () => undefined;

  constructor(private readonly write: (bytes: string) => void, readonly path: string, readonly pace: Pace, readonly dialect: Dialect = javascript) {
    this.longest = dialect.burst;
  }

  received(bytes: string): void {
    this.seen = (this.seen + bytes).slice(-keptMax);
    this.check();
  }

  /** Turns the echo off and puts the answering function into the interpreter's memory. @throws UserError if that does not work. */
  async define(): Promise<void> {
    for (let turn = 0; turn < this.pace.tries; turn++) {
      this.write(this.dialect.eraseLine);
      this.send(this.dialect.echoOff);
      await this.quiet();
      for (const line of this.dialect.define) {
        this.send(line);
        await this.quiet();
      }
      if (await this.attempt("1", 1) === "1") return;
    }
    throw this.noAnswer();
  }

  /** Stops what runs. */
  interrupt(): void {
    this.write("\x03");
  }

  send(line: string): void {
    const bytes = `${line}\n`;
    if (bytes.length > this.longest) throw new Error(`a line of ${bytes.length} bytes for the prompt: ${line}`);
    this.write(bytes);
  }

  /**
   * @param ms for one that may take longer than others.
   * @returns what the expression is as a text. @throws UserError if there is no answer after so many tries.
   */
  async ask(expression: string, ms = this.pace.answerMs): Promise<string> {
    const { tries } = this.pace;
    const answer = await this.attempt(expression, tries, ms);
    if (answer === null) throw this.noAnswer();
    return answer;
  }

  /** The same, where nothing shows whether the question arrived as it was: what is answered twice in a row. */
  async askTwice(expression: string, ms = this.pace.answerMs): Promise<string> {
    let before = await this.ask(expression, ms);
    for (let turn = 1; turn < this.pace.tries; turn++) {
      const answer = await this.ask(expression, ms);
      if (answer === before) return answer;
      before = answer;
    }
    throw this.noAnswer();
  }

  /** @returns null if there is no answer after so many tries. */
  async attempt(expression: string, tries: number, ms = this.pace.answerMs): Promise<string | null> {
    this.count++;
    for (let turn = 0; turn < tries; turn++) {
      this.seen = "";
      this.send(`${answerName}(${this.count},${expression})`);
      const answer = await this.within(ms, () => this.answer());
      if (answer !== null) return answer;
      this.write(this.dialect.eraseLine);
    }
    return null;
  }

  /** Waits until a text has come, or the time is over. */
  async saw(pattern: RegExp, ms: number): Promise<boolean> {
    return await this.within(ms, () => pattern.test(this.seen) ? "" : null) !== null;
  }

  /** Waits until nothing has come for a while, at most for ten times as long. @returns what came. */
  async quiet(): Promise<string> {
    for (let turn = 0, before = -1; turn < 10 && before !== this.seen.length; turn++) {
      before = this.seen.length;
      await this.within(this.pace.quietMs, () => null);
    }
    return this.seen;
  }

  forget(): void {
    this.seen = "";
  }

  private noAnswer(): UserError {
    const said = lastWords(this.seen);
    return new UserError(`The prompt at ${this.path} gave no right answer in ${this.pace.tries} tries${said === "" ? "" : `; its last words: ${said}`}.`);
  }

  private answer(): string | null {
    for (const [, count, text, sum] of this.seen.matchAll(/~(\d+)~([^~]*)~([0-9a-f]+)~/g)) {
      if (Number(count) === this.count && this.dialect.sum(`${count}~${text}`) === sum) return text;
    }
    return null;
  }

  private within(ms: number, look: () => string | null): Promise<string | null> {
    return new Promise((resolve) => {
      const end = (found: string | null): void => {
        clearTimeout(late);
        this.check = () => undefined;
        resolve(found);
      };
      const late = setTimeout(() => end(null), ms);
      this.check = () => {
        const found = look();
        if (found !== null) end(found);
      };
      this.check();
    });
  }
}

/** The end of what was said, printable and short. */
export function lastWords(text: string): string {
  const lines = text.replace(/\x1b\[?\d*[A-Za-z]?/g, "").replace(/[^ -~\n]/g, ".").split("\n").map((line) => line.replace(/^[. ]+|[. ]+$/g, "")).filter((line) => line !== "");
  return lines.length === 0 ? "" : `"${lines.slice(-2).join(" / ").slice(-100)}"`;
}
