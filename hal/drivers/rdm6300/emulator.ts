/** An RDM6300 with a tag before its coil: it sends, and hears nothing. */
import { LineFault, mangled } from "../test/platform";

export interface Times {
  after(ms: number, act: () => void): unknown;
}

const repeatMs = 65;

/** @param version one byte @param tag four bytes, as a number */
export function frame(version: number, tag: number): string {
  const bytes = [version, tag >>> 24, (tag >>> 16) & 255, (tag >>> 8) & 255, tag & 255];
  const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, "0");
  return `\x02${bytes.map(hex).join("")}${hex(bytes.reduce((total, byte) => total ^ byte, 0))}\x03`;
}

export class Rdm6300Emulator {
  /** What goes wrong with the next frames, in order; null goes well. */
  faults: (LineFault | null)[] = [];
  private tag: { version: number; tag: number } | null = null;
  private shown = 0;

  constructor(private readonly times: Times, private readonly send: (bytes: string) => void) {}

  /** A tag before the coil; null takes it away. */
  put(tag: number | null, version = 1): void {
    this.tag = tag === null ? null : { version, tag };
    this.repeat(++this.shown);
  }

  private repeat(shown: number): void {
    if (shown !== this.shown || this.tag === null) return;
    const fault = this.faults.shift() ?? null;
    if (fault?.kind !== "nack") this.send(mangled(frame(this.tag.version, this.tag.tag), fault));
    this.times.after(repeatMs, () => this.repeat(shown));
  }
}
