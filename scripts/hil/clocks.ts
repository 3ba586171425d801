/** Holds the lock's clock against the bench's, by the lines that the lock prints with its time. */
export class Clocks {
  /** Of each line: when it came, and by how much that is after the lock's time. */
  private stamps: { atMs: number; apartMs: number }[] = [];

  /** The lock has started: its clock begins anew. */
  restart(): void {
    this.stamps = [];
  }

  /** A line came. @param atMs by the bench's clock @param lockMs by the lock's */
  line(atMs: number, lockMs: number): void {
    this.stamps.push({ atMs, apartMs: atMs - lockMs });
  }

  /**
   * A line may be late: of each half of the time the most punctual one counts.
   * @param toleranceMs by how much they may part in a time @returns how they parted, null if no more than that
   */
  fault(toleranceMs: (ms: number) => number): string | null {
    const [first, last] = [this.stamps[0]?.atMs ?? 0, this.stamps.at(-1)?.atMs ?? 0];
    if (first === last) return null;
    const least = (stamps: typeof this.stamps): number => Math.min(...stamps.map(({ apartMs }) => apartMs));
    const middle = (first + last) / 2;
    const partedMs = least(this.stamps.filter(({ atMs }) => atMs > middle)) - least(this.stamps.filter(({ atMs }) => atMs <= middle));
    if (Math.abs(partedMs) <= toleranceMs(last - first)) return null;
    return `in ${((last - first) / 1000).toFixed(1)} s the lock's went ${Math.abs(Math.round(partedMs))} ms too ${partedMs > 0 ? "little" : "much"}`;
  }
}
