/** Collects bytes into lines; a `\r` before the `\n` is left out. */
export class LineReader {
  private rest = "";

  constructor(private readonly onLine: (line: string) => void) {}

  take(bytes: string): void {
    const lines = (this.rest + bytes).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  }

  clear(): void {
    this.rest = "";
  }
}
