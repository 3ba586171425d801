import { PowerLost } from "../chip";

/** One write or erase, as it was asked for. */
export interface FlashOperation {
  kind: "write" | "erase";
  /** From the start of page 0. */
  address: number;
  length: number;
}

/** Where the supply goes: at the `operation`-th operation from now (from 1), with `byte` bytes of it done. */
export interface FlashCut {
  operation: number;
  /** Bytes of the operation that are still done, 0 to its length; half of it if left out. */
  byte?: number;
}

/** NOR flash: erased bytes are 0xFF, a write only clears bits, an erase takes a page. */
export class NorFlash {
  readonly bytes: Uint8Array;
  /** Writes and erases so far. */
  operations = 0;
  /** Told of every operation before it is done. */
  onOperation: (operation: FlashOperation) => void = () => undefined;
  /** Told when the supply went in the midst of one. */
  onPowerLost: () => void = () => undefined;
  /** Bits that read now so, now so: address → mask. They become firm when they are cleared, or their page is erased. */
  private readonly weak = new Map<number, number>();
  /** Draws weak bits and what they read as; null: a cut leaves every bit as it was or as it was to be. */
  private draw: (() => number) | null = null;
  private cut: { atOperation: number; byte: number | undefined } | null = null;

  constructor(readonly pageSize: number, readonly pages: number, contents?: Uint8Array) {
    const size = pageSize * pages;
    if (contents !== undefined && contents.length !== size) {
      throw new Error(`the flash holds ${size} bytes, the contents given have ${contents.length}`);
    }
    this.bytes = contents === undefined ? new Uint8Array(size).fill(0xff) : Uint8Array.from(contents);
  }

  read(address: number, length: number): string {
    this.check(address, length, "read");
    const bytes = Buffer.from(this.bytes.subarray(address, address + length));
    if (this.weak.size > 0) {
      for (let i = 0; i < length; i++) bytes[i] = this.unsure(address + i, bytes[i]);
    }
    return bytes.toString("latin1");
  }

  write(address: number, bytes: string): void {
    this.check(address, bytes.length, "write");
    if (bytes.length > 0 && Math.floor(address / this.pageSize) !== Math.floor((address + bytes.length - 1) / this.pageSize)) {
      throw new Error(`flash write of ${bytes.length} bytes at ${address} crosses a page`);
    }
    const done = this.begin({ kind: "write", address, length: bytes.length });
    for (let i = 0; i < bytes.length; i++) this.change(address + i, this.bytes[address + i] & bytes.charCodeAt(i), 0, i < done, done === bytes.length);
    this.finish();
  }

  erase(page: number): void {
    const address = page * this.pageSize;
    this.check(address, this.pageSize, "erase");
    const done = this.begin({ kind: "erase", address, length: this.pageSize });
    if (this.draw === null) this.bytes.fill(0xff, address, address + done);
    else for (let i = 0; i < this.pageSize; i++) this.change(address + i, 0xff, 0xff, i < done, done === this.pageSize);
    this.finish();
  }

  /** From now on an operation that is cut leaves some of the bits it was to change reading now so, now so; which ones, a seed tells. */
  weaken(seed: number): void {
    let state = seed;
    this.draw = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    };
  }

  private unsure(address: number, byte: number): number {
    const mask = this.weak.get(address) ?? 0;
    return mask === 0 || this.draw === null ? byte : (byte & ~mask) | (this.draw() & mask);
  }

  /** A byte as an operation leaves it. @param erased 0xff of an erase, else 0 @param whole the operation came to its end */
  private change(address: number, wanted: number, erased: number, done: boolean, whole: boolean): void {
    const before = this.bytes[address];
    if (done) this.bytes[address] = wanted;
    if (this.draw === null) return;
    const mask = this.weak.get(address) ?? 0;
    // A weak bit stands as 1: clearing it makes it firm, and so does erasing its page; leaving it does not.
    const left = whole ? mask & wanted & ~erased : mask | ((before ^ wanted) & this.draw());
    this.bytes[address] |= left;
    if (left === 0) this.weak.delete(address);
    else this.weak.set(address, left);
  }

  /** The supply will go at an operation to come; null takes that back. */
  cutAt(cut: FlashCut | null): void {
    this.cut = cut === null ? null : { atOperation: this.operations + cut.operation, byte: cut.byte };
  }

  /** True while a cut is still to come. */
  get cutPending(): boolean {
    return this.cut !== null;
  }

  /** @returns how many bytes of the operation are done. */
  private begin(operation: FlashOperation): number {
    this.operations++;
    this.onOperation(operation);
    if (this.cut === null || this.cut.atOperation !== this.operations) return operation.length;
    return Math.min(operation.length, Math.max(0, this.cut.byte ?? Math.floor(operation.length / 2)));
  }

  private finish(): void {
    if (this.cut === null || this.cut.atOperation !== this.operations) return;
    this.cut = null;
    this.onPowerLost();
    throw new PowerLost();
  }

  private check(address: number, length: number, what: string): void {
    const whole = Number.isInteger(address) && Number.isInteger(length);
    if (!whole || address < 0 || length < 0 || address + length > this.bytes.length) {
      throw new Error(`flash ${what} of ${length} bytes at ${address} is outside the ${this.bytes.length} bytes there are`);
    }
  }
}
