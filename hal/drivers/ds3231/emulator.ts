/** A DS3231 on its bus, with its coin cell. It is strict: what the chip does not define is an error of the driver. */
import { I2c } from "../../ports";

export interface Times { readonly nowMs: number }

/** What survives: the registers and when they held; plain data, fit for JSON. */
export interface ClockMemory { registers: number[]; atMs: number }

/** What goes wrong with the next transactions, in order; "" goes well. `flip`: a bit of what is read. */
export type BusFault = "" | "nack" | { flip: number };

const registerCount = 0x13;
const dayMs = 86400000;

/** Is this what survives of a clock? */
export function isClockMemory(value: object): value is ClockMemory {
  const { registers, atMs } = value as ClockMemory;
  const isByte = (one: unknown): boolean => Number.isInteger(one) && Number(one) >= 0 && Number(one) <= 255;
  return Array.isArray(registers) && registers.length === registerCount && registers.every(isByte) && Number.isInteger(atMs);
}

function bcd(value: number): number {
  return Math.floor(value / 10) * 16 + value % 10;
}

function number(byte: number): number {
  if ((byte & 15) > 9 || byte >> 4 > 9) throw new Error(`0x${byte.toString(16)} is no binary-coded decimal`);
  return (byte >> 4) * 10 + (byte & 15);
}

export class Ds3231Emulator implements I2c {
  faults: BusFault[] = [];
  /** Not on the bus. */
  absent = false;
  /** Power is cut before this transaction, counted from now; -1 never. */
  cutAfter = -1;
  transactions = 0;
  private registers = new Array<number>(registerCount).fill(0);
  /** When the seconds register held what is in `registers`. */
  private atMs = 0;
  private fault: BusFault = "";

  constructor(private readonly times: Times, private readonly cell = true) {
    this.reset();
  }

  save(): ClockMemory {
    this.run();
    return { registers: [...this.registers], atMs: this.atMs };
  }

  load(memory: ClockMemory): void {
    this.registers = [...memory.registers];
    this.atMs = memory.atMs;
  }

  /** The supply goes and comes: with the coin cell the clock runs on. */
  powerCycle(offMs: number): void {
    this.run();
    const stood = !this.cell || !this.running;
    if (stood) this.reset();
    else this.advance(offMs);
  }

  /** As a text, `2026-02-28 23:59:58`. */
  text(): string {
    this.run();
    const [seconds, minutes, hours, , date, month, year] = this.registers.map((byte) => byte.toString(16).padStart(2, "0"));
    return `20${year}-${month}-${date} ${hours}:${minutes}:${seconds}`;
  }

  register(at: number): number {
    this.run();
    return this.registers[at];
  }

  /** Another program's hand in the registers. */
  poke(at: number, value: number): void {
    this.run();
    this.registers[at] = value;
  }

  write(address: number, bytes: string): boolean {
    if (!this.answers(address)) return false;
    const codes = [...bytes].map((one) => one.charCodeAt(0));
    if (codes.length < 2 || codes[0] + codes.length - 1 > 0x11) throw new Error(`${codes.length - 1} bytes to register ${codes[0]}: the last ones cannot be written`);
    this.run();
    codes.slice(1).forEach((value, i) => { this.put(codes[0] + i, value); });
    return true;
  }

  read(address: number, register: number, length: number): string {
    if (!this.answers(address)) return "";
    if (register + length > registerCount) throw new Error("a read beyond the last register begins again at 0");
    this.run();
    const codes = this.registers.slice(register, register + length);
    if (this.fault !== "" && this.fault !== "nack") codes[(this.fault.flip >> 3) % length] ^= 1 << (this.fault.flip & 7);
    return String.fromCharCode(...codes);
  }

  private answers(address: number): boolean {
    if (address !== 0x68) throw new Error(`nobody has the address 0x${address.toString(16)}`);
    this.transactions++;
    if (this.cutAfter === 0) return false;
    if (this.cutAfter > 0) this.cutAfter--;
    this.fault = this.faults.shift() ?? "";
    return !this.absent && this.fault !== "nack";
  }

  private put(at: number, value: number): void {
    if (at === 0) this.atMs = this.times.nowMs;
    if (at <= 6 && at !== 2) number(at === 5 ? value & 0x7f : value);
    if (at === 2 && value < 0x40) number(value);
    if (at === 3 && (value < 1 || value > 7)) throw new Error(`weekday ${value}`);
    if (at >= 7 && at < 0x0e) throw new Error("the alarms are nobody's business here");
    // The flags of the status can be cleared, not set.
    this.registers[at] = at === 0x0f ? (this.registers[at] & value & 0x83) | (value & 0x08) : value;
  }

  private get running(): boolean {
    return (this.registers[0x0e] & 0x80) === 0;
  }

  private reset(): void {
    this.registers.fill(0);
    [this.registers[3], this.registers[4], this.registers[5], this.registers[0x0e], this.registers[0x0f]] = [1, 1, 1, 0x1c, 0x88];
    this.atMs = this.times.nowMs;
  }

  private run(): void {
    const seconds = Math.floor((this.times.nowMs - this.atMs) / 1000);
    if (seconds === 0) return;
    this.atMs += seconds * 1000;
    this.advance(seconds * 1000);
  }

  private advance(ms: number): void {
    const r = this.registers;
    // In the 12-hour mode nothing here depends on the date: it stands.
    if (r[2] >= 0x40) return;
    const before = Date.UTC(2000 + number(r[6]), number(r[5] & 0x7f) - 1, number(r[4]), number(r[2]), number(r[1]), number(r[0]));
    const now = new Date(before + Math.floor(ms / 1000) * 1000);
    const days = Math.floor(now.getTime() / dayMs) - Math.floor(before / dayMs);
    [r[0], r[1], r[2]] = [bcd(now.getUTCSeconds()), bcd(now.getUTCMinutes()), bcd(now.getUTCHours())];
    [r[3], r[4], r[5], r[6]] = [(r[3] - 1 + days) % 7 + 1, bcd(now.getUTCDate()), bcd(now.getUTCMonth() + 1), bcd(now.getUTCFullYear() - 2000)];
  }
}
