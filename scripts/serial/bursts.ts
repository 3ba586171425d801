import { Line } from "./line";

/** Some firmware of the chip loses what follows the first 64 bytes of a burst (`scripts/flash/faults.ts`). */
const burstBytes = 64;

/** Chosen: the chip looks for bytes every 5 ms, and 64 of them take 5.6 ms at 115 200 baud. */
export const burstGapMs = 15;

/** Writes to a line in bursts that the other side can hold, with a gap behind each. */
export class Bursts {
  private waiting = "";
  private gap: NodeJS.Timeout | null = null;

  constructor(private readonly line: Pick<Line, "write">, private readonly gapMs = burstGapMs) {}

  write(bytes: string): void {
    this.waiting += bytes;
    if (this.gap === null) this.next();
  }

  close(): void {
    if (this.gap !== null) clearTimeout(this.gap);
    this.waiting = "";
  }

  private next(): void {
    this.gap = null;
    if (this.waiting === "") return;
    const burst = this.waiting.slice(0, burstBytes);
    this.waiting = this.waiting.slice(burst.length);
    this.line.write(burst);
    this.gap = setTimeout(() => this.next(), this.gapMs);
  }
}
