import { Board } from "../../hal/board";
import { UserError } from "../build/user-error";
import { Line, LineEvents } from "../serial/line";
import { bench } from "./needs";
import { carries, uartOf } from "./mirror";
import { Rig, moduleNames } from "./rig";
import { RigLink } from "./rig-link";

/** What a play on the bench is told. */
export interface BenchEvents {
  received(port: number, bytes: string): void;
  pin(helperPin: number, level: number, rigMs: number): void;
  /** The helper has cut the supply by itself. */
  cut(): void;
  /** The machine under a virtual lock stood still for so long. */
  late(ms: number): void;
  rig(text: string, given: boolean): void;
  /** The bench cannot go on as it is. */
  fault(error: Error): void;
}

export type OpenLine = (path: string, events: LineEvents, baud: number) => Promise<Line>;

/** Where the lock's console and the bench's other lines are. */
export interface BenchPaths { console: string; modules: { [module: string]: string | undefined }; helper: string | null }

const baud = { console: 115200, finger: 57600, palmFace: 115200, speech: 9600 };

/** The open lines of a bench, one play after the other. */
export class LockBench {
  readonly lines = new Map<number, Line>();
  link: RigLink | null = null;
  events: BenchEvents | null = null;
  /** Why nothing more can be played on it. */
  stopped: Error | null = null;
  private helperLine: Line | null = null;

  private constructor(readonly board: Board, readonly rig: Rig | null) {}

  /** @throws UserError if a port cannot be opened, or the helper does not answer */
  static async open(board: Board, rig: Rig | null, paths: BenchPaths, openLine: OpenLine): Promise<LockBench> {
    const opened = new LockBench(board, rig);
    try {
      await opened.openAll(paths, openLine);
    } catch (error) {
      opened.close();
      throw error;
    }
    return opened;
  }

  /** What this bench can do, by the names of needs.ts. */
  get can(): ReadonlySet<string> {
    return bench(this.board, this.rig, this.link?.words ?? []);
  }

  /** The control lines of the console's port, where it has some. */
  get console(): Line | undefined {
    return this.lines.get(this.board.console.uart);
  }

  /** What is played on it ends with this error, and nothing more can be. */
  stop(error: Error): void {
    this.stopped ??= error;
    this.events?.fault(error);
  }

  close(): void {
    this.events = null;
    for (const line of this.lines.values()) line.close();
    this.helperLine?.close();
  }

  private async openAll(paths: BenchPaths, openLine: OpenLine): Promise<void> {
    const { board, rig } = this;
    await this.openUart(board.console.uart, paths.console, baud.console, openLine);
    for (const module of moduleNames) {
      const path = paths.modules[module];
      if (path !== undefined && carries(board, rig, module)) await this.openUart(uartOf(board, module), path, baud[module], openLine);
    }
    if (paths.helper === null) return;
    const line = await openLine(paths.helper, { received: (bytes) => this.link?.received(bytes), gone: () => this.gone(paths.helper) }, baud.console);
    this.helperLine = line;
    this.link = this.newLink(line);
    await this.link.greet();
  }

  private async openUart(port: number, path: string, speed: number, openLine: OpenLine): Promise<void> {
    this.lines.set(port, await openLine(path, {
      received: (bytes) => this.events?.received(port, bytes),
      gone: () => this.gone(path),
    }, speed));
  }

  private newLink(line: Line): RigLink {
    const link = new RigLink(line);
    link.reports = {
      pin: (pin, level, rigMs) => this.events?.pin(pin, level, rigMs),
      cut: () => this.events?.cut(),
      late: (ms) => this.events?.late(ms),
      line: (text, given) => this.events?.rig(text, given),
    };
    link.onFault = (error) => this.events?.fault(error);
    return link;
  }

  private gone(path: string | null): void {
    this.stop(new UserError(`The port ${path ?? ""} has gone.`));
  }
}
