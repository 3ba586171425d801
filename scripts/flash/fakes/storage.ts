const pageBytes = 4096;
const headerBytes = 32;

interface Stored { data: Buffer }

/** Espruino's Storage as its users see it: a log in flash that is programmed once, byte by byte. */
export class FakeStorage {
  readonly files = new Map<string, Stored>();
  /** Every change, in order. */
  readonly log: string[] = [];
  /** Called with a file after each writing into it: flash that does not keep what it is given. */
  worn: (name: string, data: Buffer) => void = () => undefined;

  constructor(private readonly totalBytes: number) {}

  text(name: string): string | undefined {
    return this.files.get(name)?.data.toString("latin1");
  }

  eraseAll(): void {
    this.log.push("erase all");
    this.files.clear();
  }

  erase(name: string): void {
    this.log.push(`erase ${name}`);
    this.files.delete(name);
  }

  read(name: string, offset = 0, length = Infinity): string | undefined {
    return this.text(name)?.slice(offset, offset + length);
  }

  write(name: string, text: string, offset = 0, size = 0): boolean {
    this.log.push(`write ${name} ${offset}`);
    const file = this.files.get(name);
    if (file === undefined || (size > 0 && file.data.length !== size)) this.create(name, size || text.length);
    const { data } = this.files.get(name) ?? { data: Buffer.alloc(0) };
    if (offset + text.length > data.length) throw new Error("Too much data for file size");
    const bytes = Buffer.from(text, "latin1");
    if (bytes.some((byte, at) => (data[offset + at] & byte) !== byte)) throw new Error("File already written with different data");
    bytes.copy(data, offset);
    this.worn(name, data);
    return true;
  }

  list(): string[] {
    return [...this.files.keys()];
  }

  getStats(): { totalBytes: number } {
    return { totalBytes: this.totalBytes };
  }

  private create(name: string, size: number): void {
    const used = [...this.files.values()].reduce((sum, { data }) => sum + headerBytes + data.length, 0);
    if (used + headerBytes + size > this.totalBytes - pageBytes) throw new Error("Unable to find or create file");
    this.files.set(name, { data: Buffer.alloc(size, 0xff) });
  }
}
