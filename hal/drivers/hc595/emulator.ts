/** Two 74HC595 in a chain. Throws when it is latched with anything but 16 new bits. */
export class Hc595Emulator {
  /** Supplied with OE: outputs are off while it is 1. */
  enable = 1;
  private shifted: number;
  private latched: number;
  private bits = 0;
  private data = 0;
  private clock = 0;
  private latch = 0;

  /** @param chance what both registers hold at power-up, 16 bits */
  constructor(chance: number) {
    this.shifted = chance;
    this.latched = chance;
  }

  /** @param pin name of the chip's input */
  set(pin: "data" | "clock" | "latch" | "enable", level: number): void {
    const rises = level === 1 && this[pin] === 0;
    this[pin] = level;
    if (pin === "clock" && rises) {
      this.shifted = (this.shifted * 2 + this.data) % 65536;
      this.bits++;
    }
    if (pin !== "latch" || !rises) return;
    if (this.bits !== 16) throw new Error(`74HC595: latched after ${this.bits} bits, not 16`);
    this.bits = 0;
    this.latched = this.shifted;
  }

  /** Levels of the outputs, bit number = output; -1 while they are off. */
  outputs(): number {
    return this.enable === 1 ? -1 : this.latched;
  }
}
