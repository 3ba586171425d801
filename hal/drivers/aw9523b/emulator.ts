import { Scheduler } from "../../platform/sim/world/scheduler";

const bootMs = 5;
const hex = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(2, "0")}`;

/** An AW9523B on its bus. Throws on registers it has not, on forbidden values, and on more than one byte in a write. */
export class Aw9523bEmulator {
  /** Acknowledges nothing. */
  silent = false;
  /** This many writes from now on are not acknowledged. */
  refusals = 0;
  /** Bit of the next answer that is turned over on the bus, -1 = none. */
  flipBit = -1;
  writes = 0;
  private readonly registers = new Map<number, number>();
  private powered = true;
  private readyAtMs = 0;

  constructor(private readonly scheduler: Scheduler) {
    this.reset();
  }

  power(on: boolean): void {
    this.powered = on;
    this.reset();
  }

  /** Microamperes through the light at a pin, P0_0 = 0, P1_7 = 15. 0 while the pin is no light. */
  current(pin: number): number {
    if (!this.powered || (this.get(0x12 + Math.floor(pin / 8)) >> pin % 8) % 2 === 1) return 0;
    const most = 37000 * (4 - this.get(0x11) % 4) / 4;
    const step = pin < 8 ? 0x24 + pin : pin < 12 ? 0x18 + pin : 0x20 + pin;
    return Math.round(most * this.get(step) / 255);
  }

  /** Pins whose light shines, one bit each. */
  lit(): number {
    let pins = 0;
    for (let pin = 0; pin < 16; pin++) if (this.current(pin) > 0) pins |= 1 << pin;
    return pins;
  }

  /** @returns false = not acknowledged */
  write(bytes: string): boolean {
    this.writes++;
    if (!this.answers() || this.refusals-- > 0) return false;
    this.refusals = 0;
    if (bytes.length !== 2) throw new Error(`AW9523B: a write of ${bytes.length} bytes`);
    this.set(bytes.charCodeAt(0), bytes.charCodeAt(1));
    return true;
  }

  /** @returns "" = not acknowledged */
  read(register: number, length: number): string {
    if (!this.answers()) return "";
    const known = register <= 0x07 || (register >= 0x10 && register <= 0x13);
    if (!known || length !== 1) throw new Error(`AW9523B: register ${hex(register)} is not to be read`);
    const flipped = this.flipBit < 0 ? 0 : 1 << this.flipBit;
    this.flipBit = -1;
    return String.fromCharCode(this.get(register) ^ flipped);
  }

  private answers(): boolean {
    return this.powered && !this.silent && this.scheduler.nowMs >= this.readyAtMs;
  }

  private get(register: number): number {
    return this.registers.get(register) ?? 0;
  }

  private set(register: number, value: number): void {
    const step = register >= 0x20 && register <= 0x2F;
    const known = step || (register >= 0x02 && register <= 0x07) || (register >= 0x11 && register <= 0x13) || register === 0x7F;
    if (!known) throw new Error(`AW9523B: register ${hex(register)} is not to be written`);
    if (register === 0x7F && value !== 0) throw new Error(`AW9523B: ${hex(value)} is no reset`);
    if (register === 0x11 && (value & 0xEC) !== 0) throw new Error(`AW9523B: ${hex(value)} is forbidden in the control register`);
    if (step && this.get(0x12) + this.get(0x13) > 0) throw new Error("AW9523B: a current is set before the pins are lights");
    if (register === 0x7F) this.reset();
    else this.registers.set(register, value);
  }

  private reset(): void {
    this.registers.clear();
    this.registers.set(0x10, 0x23).set(0x12, 0xFF).set(0x13, 0xFF);
    this.readyAtMs = this.scheduler.nowMs + bootMs;
  }
}
