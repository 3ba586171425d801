import { WriteStream } from "node:tty";
import { pictureRows } from "./picture";

/** Fewer rows or columns than this leave no room for the picture. */
const leastRows = pictureRows + 6;
const leastColumns = 78;

/** The picture above, the console scrolling below it (a scroll region of the terminal). */
export class Screen {
  private shown = "";
  private inUse = false;
  private told = false;

  /** @param tell takes, once, why there is no picture. */
  constructor(private readonly out: WriteStream, private readonly tell: (line: string) => void) {}

  /** Makes room for the picture; also after the terminal changed its size. */
  open(): void {
    this.shown = "";
    const fits = this.out.rows >= leastRows && this.out.columns >= leastColumns;
    if (!fits) {
      this.close();
      if (!this.told) this.tell(`the picture needs ${leastColumns}x${leastRows}, this terminal has ${this.out.columns}x${this.out.rows}`);
      this.told = true;
      return;
    }
    if (!this.inUse) this.out.write("\x1b[2J");
    this.inUse = true;
    this.out.write(`\x1b[${pictureRows + 1};${this.out.rows}r\x1b[${this.out.rows};1H`);
  }

  /** Draws the rows that changed, and puts the cursor back. */
  draw(rows: readonly string[]): void {
    const text = rows.map((row, i) => `\x1b[${i + 1};1H\x1b[K${row}`).join("");
    if (!this.inUse || text === this.shown) return;
    this.shown = text;
    this.out.write(`\x1b7${text}\x1b8`);
  }

  /** Gives the whole terminal back. */
  close(): void {
    if (!this.inUse) return;
    this.inUse = false;
    this.out.write(`\x1b[r\x1b[${this.out.rows};1H`);
  }
}
