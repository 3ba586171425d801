import { Interface } from "node:readline";
import { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { COMMANDS } from "../../firmware/console/rows";
import { isSecretAfter } from "../../firmware/console/table";

/** Where a line becomes secret, -1 if it does not. */
function secretStart(line: string): number {
  const starts = [...line.matchAll(/ (?=[^ ])/g)].map((found) => found.index + 1);
  return starts.find((start) => isSecretAfter(COMMANDS, line.slice(0, start))) ?? -1;
}

/** The line as the lock itself would echo it: what is secret as `*`. */
export function shownLine(line: string): string {
  const start = secretStart(line);
  return start < 0 ? line : line.slice(0, start) + line.slice(start).replace(/[^ ]/g, "*");
}

/** True for a line that does not belong into a history. */
export function isSecret(line: string): boolean {
  return secretStart(line) >= 0;
}

/**
 * Between a line editor and its terminal: the line being typed reaches the screen as it may be seen.
 * The editor writes its whole line behind the prompt, or the characters that were just put to the end of it.
 */
export class Echo extends Writable {
  /** Set once the editor, which needs this to begin with, is there. */
  editor: Interface | null = null;

  constructor(private readonly out: WriteStream) {
    super({ decodeStrings: false });
    out.on("resize", () => this.emit("resize"));
  }

  get columns(): number {
    return this.out.columns;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.out.write(this.masked(chunk.toString()));
    done();
  }

  private masked(text: string): string {
    if (this.editor === null) return text;
    const { line } = this.editor;
    const prompt = this.editor.getPrompt();
    if (text === prompt + line) return prompt + shownLine(line);
    return line.endsWith(text) ? shownLine(line).slice(line.length - text.length) : text;
  }
}
