import { createInterface, Interface } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import { benchWords, Exchange } from "../../hal/platform/sim/world";
import { Echo, isSecret } from "./echo";
import { benchHint } from "./hints";
import { SimulatedLock } from "./lock";
import { picture } from "./picture";
import { Screen } from "./screen";

const tickMs = 20;

export interface LiveOptions {
  /** The end of the input does not end the lock: somebody else is at its console. */
  stayAtEnd: boolean;
}

/** A simulated lock in real time: the clock on the wall is the clock of its world. */
export class Live {
  private lock: SimulatedLock | null = null;
  private current: Exchange | null = null;
  private readonly input: Interface;
  private readonly screen: Screen | null;
  private readonly waiting: string[] = [];
  /** World time minus wall time. */
  private aheadMs = 0;
  private ticking: NodeJS.Timeout | undefined;
  private end: (code: number) => void = () => undefined;

  constructor(private readonly stdin: ReadStream, private readonly stdout: WriteStream, private readonly options: LiveOptions) {
    const terminal = stdout.isTTY === true && stdin.isTTY === true;
    this.screen = terminal ? new Screen(stdout, (line) => this.print(line)) : null;
    const echo = terminal ? new Echo(stdout) : undefined;
    this.input = createInterface({ input: stdin, output: echo, terminal, prompt: terminal ? "lock> " : "" });
    if (echo !== undefined) echo.editor = this.input;
    this.input.on("history", (lines) => {
      if (lines.length > 0 && isSecret(lines[0])) lines.shift();
    });
    this.screen?.open();
  }

  /** The line that the lock has still to answer. */
  get asked(): Exchange | null {
    const { current } = this;
    return current === null || current.done || Object.hasOwn(benchWords, current.line.split(/\s/)[0]) ? null : current;
  }

  /** Prints above the line being typed. */
  print(line: string): void {
    if (this.screen === null) {
      this.stdout.write(`${line}\n`);
      return;
    }
    this.stdout.write(`\r\x1b[K${line}\n`);
    this.input.prompt(true);
  }

  /** Runs until Ctrl-C, a signal or the end of the input. @returns the exit code. */
  run(lock: SimulatedLock): Promise<number> {
    this.lock = lock;
    this.aheadMs = lock.world.nowMs - performance.now();
    const finished = new Promise<number>((resolve) => { this.end = resolve; });
    const stop = (): void => this.end(0);
    const resize = (): void => this.screen?.open();
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, stop);
    this.input.on("SIGINT", stop);
    this.input.on("line", (line) => this.typed(line));
    this.input.on("close", () => { if (!this.options.stayAtEnd) this.atEnd(); });
    this.stdout.on("resize", resize);
    this.ticking = setInterval(() => this.tick(), tickMs);
    if (this.screen !== null) this.input.prompt();
    return finished.finally(() => {
      for (const signal of signals) process.removeListener(signal, stop);
      this.stdout.removeListener("resize", resize);
    });
  }

  /** Gives the terminal back. */
  close(): void {
    clearInterval(this.ticking);
    this.end = () => undefined;
    this.input.close();
    this.screen?.close();
    this.stdin.pause();
  }

  private typed(line: string): void {
    if (line.trim() !== "") this.waiting.push(line.trim());
    if (this.screen !== null) this.input.prompt();
  }

  /** Lines that were typed before the end are still acted on. */
  private atEnd(): void {
    const timer = setInterval(() => {
      if (this.waiting.length > 0 || this.current !== null) return;
      clearInterval(timer);
      this.end(0);
    }, tickMs);
  }

  private tick(): void {
    if (this.lock === null) return;
    try {
      this.passTime(this.lock);
      this.lock.save();
      this.screen?.draw(picture(this.lock.world));
    } catch (error) {
      this.print(describeStop(error));
      this.end(1);
    }
  }

  private passTime(lock: SimulatedLock): void {
    const { world, session } = lock;
    world.advance(Math.max(0, Math.floor(performance.now() + this.aheadMs) - world.nowMs));
    while (session.settle()) {
      if (this.current?.line === "help") this.print(benchHint);
      this.current = null;
      const line = this.waiting.shift();
      if (line === undefined) return;
      if (!/^wait\s/.test(line)) {
        this.current = session.begin(line);
        world.advance(0);
        continue;
      }
      // Time that is only waited for is skipped.
      session.perform(line);
      this.aheadMs = world.nowMs - performance.now();
    }
  }
}

/** A fault of the firmware or of a part, in one line. */
export function describeStop(error: unknown): string {
  return `The simulated lock stopped: ${error instanceof Error ? error.message : String(error)}.`;
}
