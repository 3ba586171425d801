import { Appointment, Scheduler } from "../../platform/sim/world/scheduler";

const enum At { Last = 0x7F, Reset = 0x80, Ecr = 0x5E, Filter2 = 0x5D }

const electrodes = 12;
const bootMs = 1;
/** From the start to the first measurement: auto-configuration, longest where many steps are tried. */
const firstMs = 100;
const writable: { from: number; to: number; running: boolean; allowed: (value: number) => boolean }[] = [
  { from: 0x01, to: 0x01, running: true, allowed: (value) => value === 0x80 },
  { from: 0x2B, to: 0x2C, running: false, allowed: (value) => value >= 1 && value <= 63 },
  { from: 0x2D, to: 0x2E, running: false, allowed: () => true },
  { from: 0x2F, to: 0x30, running: false, allowed: (value) => value >= 1 && value <= 63 },
  { from: 0x31, to: 0x35, running: false, allowed: () => true },
  { from: 0x41, to: 0x58, running: false, allowed: (value) => value >= 1 },
  { from: 0x5B, to: 0x5B, running: false, allowed: (value) => (value & 0x88) === 0 },
  { from: 0x5C, to: 0x5C, running: false, allowed: (value) => (value & 0x3F) >= 1 },
  { from: 0x5D, to: 0x5D, running: false, allowed: (value) => value >> 5 >= 1 },
  { from: At.Ecr, to: At.Ecr, running: true, allowed: (value) => (value & 0x3F) === 0 || ((value & 0x30) === 0 && (value & 0x0F) <= electrodes) },
  { from: 0x7B, to: 0x7B, running: false, allowed: (value) => value >> 6 === 0 },
  { from: 0x7C, to: 0x7C, running: false, allowed: (value) => (value & 0x78) === 0 },
  { from: 0x7D, to: 0x7F, running: false, allowed: () => true },
  { from: At.Reset, to: At.Reset, running: true, allowed: (value) => value === 0x63 },
];

const hex = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(2, "0")}`;

/** An MPR121 on its bus. Throws on what a driver must not do: unknown registers, forbidden values, configuration while it runs. */
export class Mpr121Emulator {
  /** Level of its interrupt pin, open drain: 0 = it pulls the line. */
  irqLevel = 1;
  onIrq: (level: number) => void = () => undefined;
  /** Acknowledges nothing. */
  silent = false;
  /** Electrodes that are shorted or torn off, one bit each. */
  defective = 0;
  /** Over-current comes again at each start, as with a wrong resistor at REXT. */
  overCurrentAlways = false;
  /** Bit of the next answer that is turned over on the bus, -1 = none. */
  flipBit = -1;
  /** Resets so far, by power or by word. */
  resets = 0;
  private readonly registers: number[] = new Array<number>(At.Last + 1).fill(0);
  private powered = true;
  private readyAtMs = 0;
  private runAtMs = 0;
  private fingers = 0;
  /** Fingers that the baseline has swallowed: they were there when it started to run. */
  private swallowed = 0;
  private due: Appointment | null = null;
  private measuring: Appointment | null = null;

  constructor(private readonly scheduler: Scheduler) {
    this.reset();
  }

  power(on: boolean): void {
    this.powered = on;
    this.reset();
  }

  /** A finger comes to an electrode, 0 to 11. */
  touch(electrode: number): void {
    this.fingers |= 1 << electrode;
    this.sampleSoon();
  }

  release(electrode: number): void {
    this.fingers &= ~(1 << electrode);
    this.swallowed &= this.fingers;
    this.sampleSoon();
  }

  overCurrent(): void {
    this.stop();
    this.registers.fill(0, 0, 0x2B);
    this.registers[1] = 0x80;
    this.registers[At.Ecr] &= 0xC0;
    this.setIrq(0);
  }

  /** @returns false = not acknowledged */
  write(bytes: string): boolean {
    if (!this.answers()) return false;
    if (bytes.length < 2) throw new Error("MPR121: a write without data");
    const first = bytes.charCodeAt(0);
    for (let i = 1; i < bytes.length; i++) this.set(first + i - 1, bytes.charCodeAt(i));
    return true;
  }

  /** @returns "" = not acknowledged */
  read(register: number, length: number): string {
    if (!this.answers()) return "";
    if (register !== 0) throw new Error(`MPR121: ${hex(register)} cannot be read alone, a reading begins at register 0x00`);
    if (length < 1 || length - 1 > At.Last) throw new Error(`MPR121: there is no register ${hex(length - 1)} to read`);
    const bytes = this.registers.slice(0, length);
    this.setIrq(1);
    if (this.flipBit >= 0) bytes[Math.floor(this.flipBit / 8) % length] ^= 1 << this.flipBit % 8;
    this.flipBit = -1;
    return String.fromCharCode(...bytes);
  }

  private answers(): boolean {
    return this.powered && !this.silent && this.scheduler.nowMs >= this.readyAtMs;
  }

  private get running(): boolean {
    return (this.registers[At.Ecr] & 0x3F) !== 0;
  }

  private set(register: number, value: number): void {
    const rule = writable.find((one) => register >= one.from && register <= one.to);
    if (rule === undefined) throw new Error(`MPR121: register ${hex(register)} is not to be written`);
    if (!rule.allowed(value)) throw new Error(`MPR121: ${hex(value)} is forbidden in register ${hex(register)}`);
    if (this.running && !rule.running) throw new Error(`MPR121: register ${hex(register)} is written while it runs`);
    if (register === At.Reset) this.reset();
    else if (register === 0x01) this.registers[1] &= 0x7F;
    else if (register === At.Ecr) this.setElectrodes(value);
    else this.registers[register] = value;
  }

  private setElectrodes(value: number): void {
    if ((this.registers[1] & 0x80) !== 0) return;
    this.stop();
    this.registers[At.Ecr] = value;
    this.registers.fill(0, 0, 4);
    if (!this.running) return;
    for (let i = 0; i < electrodes; i++) this.checkThresholds(i);
    if (this.overCurrentAlways) {
      this.overCurrent();
      return;
    }
    this.runAtMs = this.scheduler.nowMs;
    this.swallowed = this.fingers;
    this.measuring = this.scheduler.after(firstMs, () => this.measure());
    const used = (1 << (value & 0x0F)) - 1;
    this.registers[2] = this.defective & used & 0xFF;
    this.registers[3] = (this.defective & used) >> 8 | ((this.defective & used) === 0 ? 0 : 0x80);
  }

  /** Filtered data of 10 bits, baselines of 8; a defective electrode reads 0. */
  private measure(): void {
    for (let i = 0; i < (this.registers[At.Ecr] & 0x0F); i++) {
      if ((this.defective >> i) % 2 === 1) continue;
      this.registers[0x05 + 2 * i] = 2;
      this.registers[0x1E + i] = 128;
    }
  }

  private checkThresholds(electrode: number): void {
    const touch = this.registers[0x41 + 2 * electrode];
    const release = this.registers[0x42 + 2 * electrode];
    if (release >= touch) throw new Error(`MPR121: electrode ${electrode} releases at ${release}, not below its touch at ${touch}`);
  }

  private reset(): void {
    this.resets++;
    this.stop();
    this.registers.fill(0);
    this.registers[0x5C] = 0x10;
    this.registers[At.Filter2] = 0x24;
    this.readyAtMs = this.scheduler.nowMs + bootMs;
    this.setIrq(1);
  }

  private stop(): void {
    this.scheduler.cancel(this.measuring);
    this.scheduler.cancel(this.due);
    this.due = null;
  }

  /** Its four samples are over at whole multiples of their time since it began to run. */
  private sampleSoon(): void {
    if (!this.powered || !this.running || this.due !== null) return;
    const windowMs = 4 * 2 ** (this.registers[At.Filter2] & 7);
    const since = (this.scheduler.nowMs - this.runAtMs) % windowMs;
    this.due = this.scheduler.after(windowMs - since, () => {
      this.due = null;
      this.sample();
    });
  }

  private sample(): void {
    const used = (1 << (this.registers[At.Ecr] & 0x0F)) - 1;
    const touched = this.fingers & ~this.swallowed & used & ~this.defective;
    const before = this.registers[0] + 256 * this.registers[1];
    this.registers[0] = touched & 0xFF;
    this.registers[1] = touched >> 8;
    if (touched !== before) this.setIrq(0);
  }

  private setIrq(level: number): void {
    if (level === this.irqLevel) return;
    this.irqLevel = level;
    this.onIrq(level);
  }
}
