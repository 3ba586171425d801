import { WriteStream } from "node:tty";

/** What a command shows of its work: on a terminal a bar that is drawn again, elsewhere plain lines. */
export interface Progress {
  say(line: string): void;
  /** A piece of work begins; it may last. */
  begin(label: string): void;
  /** So much of it is done. */
  at(done: number, total: number): void;
  end(result: string): void;
  /** The work broke off: what follows stands on a line of its own. */
  stop(): void;
}

const barWidth = 30;
const labelWidth = 26;

export function newProgress(out: NodeJS.WritableStream, now: () => number = () => performance.now()): Progress {
  return (out as Partial<WriteStream>).isTTY === true ? new Bar(out, now) : new Lines(out);
}

class Bar implements Progress {
  private label = "";
  private startMs = 0;

  constructor(private readonly out: NodeJS.WritableStream, private readonly now: () => number) {}

  say(line: string): void {
    this.out.write(`${line}\n`);
  }

  begin(label: string): void {
    this.label = label.padEnd(labelWidth);
    this.startMs = this.now();
    this.out.write(this.label);
  }

  at(done: number, total: number): void {
    const full = Math.floor(done * barWidth / total);
    const leftS = Math.ceil((this.now() - this.startMs) * (total - done) / Math.max(done, 1) / 1000);
    const bar = "#".repeat(full) + ".".repeat(barWidth - full);
    this.out.write(`\r\x1b[K${this.label}[${bar}] ${percent(done, total)} ${leftS} s left`);
  }

  end(result: string): void {
    this.out.write(`\r\x1b[K${this.label}${result}\n`);
    this.label = "";
  }

  stop(): void {
    if (this.label !== "") this.out.write("\n");
    this.label = "";
  }
}

/** A quarter of the work is worth a line. */
const quarters = 4;

class Lines implements Progress {
  private label = "";
  private told = 0;

  constructor(private readonly out: NodeJS.WritableStream) {}

  say(line: string): void {
    this.out.write(`${line}\n`);
  }

  begin(label: string): void {
    this.label = label.padEnd(labelWidth);
    this.told = 0;
  }

  at(done: number, total: number): void {
    const quarter = Math.floor(done * quarters / total);
    if (quarter > this.told && quarter < quarters) this.say(`${this.label}${percent(done, total)}`);
    this.told = quarter;
  }

  end(result: string): void {
    this.say(`${this.label}${result}`);
  }

  stop(): void {
    this.label = "";
  }
}

function percent(done: number, total: number): string {
  return `${Math.floor(done * 100 / total)} %`;
}
