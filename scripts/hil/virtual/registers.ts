/** Shift registers at three pins of the helper, as 74HC595 in a row. */
export class ShiftRegisters {
  private readonly held: number[];
  private readonly levels = new Map<string, number>();

  /** @param onOutput told of each output that changes as the latch rises */
  constructor(private readonly pins: { data: number; clock: number; latch: number; outputs: number }, private readonly onOutput: (output: number, level: number) => void) {
    this.held = new Array<number>(pins.outputs).fill(0);
    this.shown = new Array<number>(pins.outputs).fill(0);
  }

  private readonly shown: number[];

  /** @returns whether the pin is one of theirs */
  drive(pin: number, level: number): boolean {
    const { data, clock, latch } = this.pins;
    const line = pin === data ? "data" : pin === clock ? "clock" : pin === latch ? "latch" : null;
    if (line === null) return false;
    const rises = level === 1 && this.levels.get(line) !== 1;
    this.levels.set(line, level);
    if (rises && line === "clock") {
      this.held.unshift(this.levels.get("data") ?? 0);
      this.held.pop();
    }
    if (rises && line === "latch") this.show();
    return true;
  }

  private show(): void {
    for (const [output, level] of this.held.entries()) {
      if (this.shown[output] === level) continue;
      this.shown[output] = level;
      this.onOutput(output, level);
    }
  }
}
