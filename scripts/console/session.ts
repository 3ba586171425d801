import { createInterface, Interface } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import { COMMANDS } from "../../firmware/console/rows";
import { faultsAtStart } from "../flash/faults";
import { Connection } from "../serial/connection";
import { Echo, isSecret } from "../sim/echo";
import { completions } from "./complete";
import { LockConsole } from "./lock-console";

export interface ConsoleTerminal {
  stdin: NodeJS.ReadableStream;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
}

/** The longest that a command may take, in ms; chosen: a self-test moves the bolt both ways. */
const answerMs = 60000;

const usages = Array.from({ length: COMMANDS.count }, (_, index) => COMMANDS.row(index).usage);

/** Somebody, or a program, at the lock's console: lines go out one after the other, each behind the answer to the one before. */
export class Session {
  private readonly input: Interface;
  private readonly console: LockConsole;
  private readonly isTerminal: boolean;
  private readonly waiting: string[] = [];
  private busy = false;
  private ended = false;
  private code = 0;
  private finish: (code: number) => void = () => undefined;

  constructor(connection: Connection, private readonly terminal: ConsoleTerminal) {
    const { stdin, stdout } = terminal;
    this.isTerminal = (stdin as Partial<ReadStream>).isTTY === true && (stdout as Partial<WriteStream>).isTTY === true;
    const echo = this.isTerminal ? new Echo(stdout as WriteStream) : undefined;
    const completer = (line: string): [string[], string] => [completions(usages, line), line];
    this.input = createInterface({ input: stdin, output: echo, terminal: this.isTerminal, prompt: this.isTerminal ? "lock> " : "", completer });
    if (echo !== undefined) echo.editor = this.input;
    this.input.on("history", (lines) => {
      if (lines.length > 0 && isSecret(lines[0])) lines.shift();
    });
    const show = (line: string): void => this.print(line);
    const other = (line: string): void => {
      show(line);
      faultsAtStart(line).forEach((fault) => this.note(fault));
    };
    this.console = new LockConsole((bytes) => connection.write(bytes), { answer: show, other });
    connection.onBytes = (bytes) => this.console.received(bytes);
  }

  /** Until Ctrl-C, Ctrl-D, a signal or the end of the input. @returns the exit code: 1 if a line of a program was answered by an error. */
  run(): Promise<number> {
    const stop = (): void => this.finish(this.code);
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, stop);
    this.input.on("SIGINT", stop);
    this.input.on("line", (line) => this.typed(line));
    this.input.on("close", () => {
      this.ended = true;
      if (this.isTerminal || !this.busy) stop();
    });
    if (this.isTerminal) this.input.prompt();
    return new Promise<number>((resolve) => { this.finish = resolve; }).finally(() => {
      for (const signal of signals) process.removeListener(signal, stop);
    });
  }

  /** Gives the terminal back. */
  close(): void {
    this.finish = () => undefined;
    this.input.close();
    this.terminal.stdin.pause();
    if (this.isTerminal) this.terminal.stdout.write("\n");
  }

  /** Prints above the line being typed. */
  private print(line: string): void {
    if (!this.isTerminal) {
      this.terminal.stdout.write(`${line}\n`);
      return;
    }
    this.terminal.stdout.write(`\r\x1b[K${line}\n`);
    this.input.prompt(true);
  }

  /** What the lock has not said: no answer to a program's commands. */
  private note(line: string): void {
    if (this.isTerminal) this.print(line);
    else this.terminal.stderr.write(`${line}\n`);
  }

  private typed(line: string): void {
    if (line.trim() !== "") this.waiting.push(line.trim());
    if (this.isTerminal) this.input.prompt();
    if (!this.busy) void this.serve();
  }

  private async serve(): Promise<void> {
    this.busy = true;
    for (let line = this.waiting.shift(); line !== undefined; line = this.waiting.shift()) {
      const answer = await this.console.ask(line, answerMs);
      if (answer === null) this.print("The lock has not answered for a minute.");
      if (!this.isTerminal && answer?.end !== "ok") this.code = 1;
    }
    this.busy = false;
    if (this.ended) this.finish(this.code);
  }
}
