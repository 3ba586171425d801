import { Line } from "./line";

const XON = "\x11";
const XOFF = "\x13";

/** An XON may be lost: after so many milliseconds writing goes on without it. */
const longestPauseMs = 3000;

/** Software flow control in front of a line: what is written waits from the other side's XOFF to its XON. */
export class Flow {
  private waiting = "";
  private paused: NodeJS.Timeout | null = null;

  constructor(private readonly line: Pick<Line, "write">, private readonly pauseMs = longestPauseMs) {}

  write(bytes: string): void {
    if (this.paused === null) this.line.write(bytes);
    else this.waiting += bytes;
  }

  /** @returns what was received without the two control bytes. */
  received(bytes: string): string {
    const last = Math.max(bytes.lastIndexOf(XON), bytes.lastIndexOf(XOFF));
    if (last < 0) return bytes;
    this.go();
    if (bytes[last] === XOFF) this.paused = setTimeout(() => this.release(), this.pauseMs);
    else this.release();
    return bytes.replace(/[\x11\x13]/g, "");
  }

  close(): void {
    this.go();
    this.waiting = "";
  }

  private go(): void {
    if (this.paused !== null) clearTimeout(this.paused);
    this.paused = null;
  }

  private release(): void {
    this.go();
    const { waiting } = this;
    this.waiting = "";
    if (waiting !== "") this.line.write(waiting);
  }
}
