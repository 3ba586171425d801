import { Scheduler } from "../../platform/sim/world/scheduler";

/**
 * Contacts between rows and columns, with a diode at each column: a row is low if any chain of
 * closed contacts leads to a column that is driven low. Ghost keys come of this by themselves.
 */
export class MatrixEmulator {
  onRow: (row: number, level: number) => void = () => undefined;
  /** Without diodes two columns of different level in one chain are a short circuit, which throws. */
  diodes = true;
  private readonly closed: boolean[][];
  private readonly driven: number[];
  private readonly told: number[];

  constructor(private readonly scheduler: Scheduler, private readonly rows: number, private readonly columns: number) {
    this.closed = Array.from({ length: rows }, () => new Array<boolean>(columns).fill(false));
    this.driven = new Array<number>(columns).fill(0);
    this.told = new Array<number>(rows).fill(1);
  }

  /** A column's pin is set. */
  drive(column: number, level: number): void {
    this.driven[column] = level;
    this.update();
  }

  /** @param bounceMs the contact opens and closes each millisecond for so long before it holds */
  press(row: number, column: number, bounceMs = 0): void {
    this.move(row, column, true, bounceMs);
  }

  release(row: number, column: number, bounceMs = 0): void {
    this.move(row, column, false, bounceMs);
  }

  /** 0 = low. */
  level(row: number): number {
    return this.chain(row).some((column) => this.driven[column] === 0) ? 0 : 1;
  }

  private move(row: number, column: number, closed: boolean, bounceMs: number): void {
    for (let ms = 0; ms < bounceMs; ms++) {
      this.scheduler.after(ms, () => this.set(row, column, (ms % 2 === 0) === closed));
    }
    if (bounceMs === 0) this.set(row, column, closed);
    else this.scheduler.after(bounceMs, () => this.set(row, column, closed));
  }

  private set(row: number, column: number, closed: boolean): void {
    this.closed[row][column] = closed;
    this.update();
  }

  /** Columns that a row is connected with, over however many contacts. */
  private chain(row: number): number[] {
    const rows = new Set([row]);
    const columns = new Set<number>();
    for (const one of rows) {
      for (let column = 0; column < this.columns; column++) {
        if (!this.closed[one][column] || columns.has(column)) continue;
        columns.add(column);
        for (let other = 0; other < this.rows; other++) if (this.closed[other][column]) rows.add(other);
      }
    }
    return [...columns];
  }

  private update(): void {
    for (let row = 0; row < this.rows; row++) {
      const levels = this.chain(row).map((column) => this.driven[column]);
      if (!this.diodes && levels.includes(0) && levels.includes(1)) throw new Error(`matrix: row ${row} shorts a high column to a low one`);
      const level = this.level(row);
      if (level === this.told[row]) continue;
      this.told[row] = level;
      this.onRow(row, level);
    }
  }
}
