import { UserError } from "../build/user-error";
import { Bursts } from "./bursts";
import { Flow } from "./flow";
import { Line, LineEvents } from "./line";

/** Opens a line, as `openLine` does. */
export type OpenLine = (path: string, events: LineEvents) => Promise<Line>;

/** A line to a board, and whoever listens to it at the moment. */
export class Connection {
  onBytes: (bytes: string) => void = () => undefined;
  private flow: Flow | null = null;
  private bursts: Bursts | null = null;

  private constructor(readonly line: Line, private readonly lost: Promise<never>) {}

  static async open(path: string, open: OpenLine): Promise<Connection> {
    let connection: Connection | null = null;
    let gone: (error: UserError) => void = () => undefined;
    const lost = new Promise<never>((_resolve, reject) => { gone = reject; });
    // Whoever works with the line hears of it; before and after that nobody needs to.
    lost.catch(() => undefined);
    const line = await open(path, {
      received: (bytes) => connection?.received(bytes),
      gone: () => gone(new UserError(`The port ${path} has gone.`)),
    });
    connection = new Connection(line, lost);
    return connection;
  }

  /** The result of some work on the line, or the news that the line has gone. */
  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.lost]);
  }

  /** XON and XOFF count from here on: a prompt and a console send texts only. */
  withFlowControl(): void {
    this.flow = new Flow(this.line);
  }

  /** Whoever writes does not wait for answers within a line. */
  inBursts(gapMs?: number): void {
    this.bursts = new Bursts(this.flow ?? this.line, gapMs);
  }

  write(bytes: string): void {
    (this.bursts ?? this.flow ?? this.line).write(bytes);
  }

  close(): void {
    this.bursts?.close();
    this.flow?.close();
    this.line.close();
  }

  private received(bytes: string): void {
    this.onBytes(this.flow === null ? bytes : this.flow.received(bytes));
  }
}
