import { I2cPart } from "../../platform/sim/world/i2c-bus";
import { Scheduler } from "../../platform/sim/world/scheduler";
import { EmulatedUart, fifoSize } from "./emulator-uart";

/** What is at the chip's other pins. */
export interface Sc16is750World {
  /** A byte to the attached module, when its last bit has left TX. */
  send(bytes: string): void;
  /** IRQ, told when it changes; 1 before. */
  irq?(level: number): void;
}

const bootMs = 5;
const hex = (value: number): string => `0x${value.toString(16).toUpperCase().padStart(2, "0")}`;

/**
 * An SC16IS750 on its bus. Throws on registers that it has not, on a FIFO read or written beyond what it
 * has, and on registers or bytes written before what must come first.
 */
export class Sc16is750Emulator implements I2cPart {
  /** Acknowledges nothing; the UART goes on. */
  silent = false;
  /** This many transactions from now on are not acknowledged. */
  refusals = 0;
  /** Bit of the next answer of one byte that is turned over on the bus, -1 = none. */
  flipBit = -1;
  /** So often a single waiting byte is told as none (data sheet, errata 18.1.4). */
  miscounts = 0;
  /** It knows the reset by command. */
  resettable = true;
  /** The longest read of the receive FIFO so far. */
  longestRead = 0;
  /** Writes of registers other than the FIFO, as `register value`. */
  readonly setUp: string[] = [];
  private readonly uart: EmulatedUart;
  private scratch = 0;
  private enabled = 0;
  private irqLevel = 1;
  private isShorted = false;
  private powered = true;
  private readyAtMs: number;
  /** The driver may have been told a wrong level. */
  private misled = false;
  /** The chip has lost its registers by itself, and the driver has not begun to set it up. */
  private upset = true;

  /** @param moduleBaud what the module at TX and RX speaks */
  constructor(private readonly scheduler: Scheduler, private readonly world: Sc16is750World, crystalHz = 14745600, moduleBaud = 9600) {
    this.uart = new EmulatedUart(scheduler, (bytes) => world.send(bytes), () => this.tellIrq(), crystalHz, moduleBaud);
    this.readyAtMs = scheduler.nowMs + bootMs;
  }

  /** 0 while the divisor is not set. */
  get baud(): number {
    return this.uart.baud;
  }

  get overruns(): number {
    return this.uart.overruns;
  }

  power(on: boolean): void {
    this.powered = on;
    this.readyAtMs = this.scheduler.nowMs + bootMs;
    this.scratch = 0;
    this.uart.loseDivisor();
    this.reset();
  }

  /** As by its RESET pin: divisor and scratch stay. */
  reset(): void {
    this.clear();
    this.upset = true;
  }

  /** IRQ is tied to ground. */
  short(on: boolean): void {
    this.isShorted = on;
    this.tellIrq();
  }

  /** From the module: the bytes begin now and take their time. */
  receive(bytes: string): void {
    if (this.powered) this.uart.receive(bytes);
  }

  write(bytes: string): boolean {
    if (!this.answers()) return false;
    const register = this.registerOf(bytes.charCodeAt(0));
    if (register === 0 && !this.isDivisorOpen()) return this.fill(bytes.slice(1));
    if (bytes.length !== 2) throw new Error(`SC16IS750: ${bytes.length - 1} bytes to register ${hex(register)}`);
    this.setUp.push(`${hex(register)} ${hex(bytes.charCodeAt(1))}`);
    const acknowledged = this.set(register, bytes.charCodeAt(1));
    this.tellIrq();
    return acknowledged;
  }

  read(subAddress: number, length: number): string {
    if (!this.answers()) return "";
    const register = this.registerOf(subAddress);
    if (register === 0 && !this.isDivisorOpen()) return this.drain(length);
    if (length !== 1) throw new Error(`SC16IS750: ${length} bytes from register ${hex(register)}`);
    const flipped = this.flipBit < 0 ? 0 : 1 << this.flipBit;
    if (flipped > 0) this.misled = true;
    this.flipBit = -1;
    const value = this.get(register);
    this.tellIrq();
    return String.fromCharCode(value ^ flipped);
  }

  private answers(): boolean {
    if (!this.powered || this.silent || this.scheduler.nowMs < this.readyAtMs) return false;
    if (this.refusals === 0) return true;
    this.refusals--;
    return false;
  }

  private registerOf(subAddress: number): number {
    if ((subAddress & 0x87) !== 0) throw new Error(`SC16IS750: ${hex(subAddress)} is no sub-address of channel 0`);
    return subAddress >> 3;
  }

  private isDivisorOpen(): boolean {
    return this.uart.line >= 0x80;
  }

  private set(register: number, value: number): boolean {
    if (register === 0x0E && value === 0x08) {
      if (this.resettable) this.clear();
      return !this.resettable;
    }
    const { uart } = this;
    this.upset = false;
    if (register === 0x03 && (value & 0x7F) === 0x03) uart.line = value;
    else if (this.isDivisorOpen() && register === 0) uart.divisor = (uart.divisor & 0xFF00) + value;
    else if (this.isDivisorOpen() && register === 1) uart.divisor = (uart.divisor & 0x00FF) + value * 256;
    else if (this.isDivisorOpen()) throw new Error(`SC16IS750: register ${hex(register)} is written while the divisor is open`);
    else if (register === 0x01 && (value & ~0x05) === 0) this.enabled = value;
    else if (register === 0x02 && (value & 0x39) === 0x01) this.setFifos(value);
    else if (register === 0x07) this.scratch = value;
    else throw new Error(`SC16IS750: ${hex(value)} is not to be written to register ${hex(register)}`);
    return true;
  }

  private get(register: number): number {
    const { uart } = this;
    if (register === 0x03) return uart.line;
    if (this.isDivisorOpen()) {
      if (register > 1) throw new Error(`SC16IS750: register ${hex(register)} is read while the divisor is open`);
      return register === 0 ? uart.divisor & 0xFF : uart.divisor >> 8;
    }
    if (register === 0x01) return this.enabled;
    if (register === 0x02) return (uart.fifos > 0 ? 0xC0 : 0) + this.source();
    if (register === 0x05) return this.lineStatus();
    if (register === 0x07) return this.scratch;
    if (register === 0x08) return uart.capacity - uart.tx.length;
    if (register === 0x09) return uart.rx.length === 1 && this.miscounts > 0 ? 0 : uart.rx.length;
    throw new Error(`SC16IS750: register ${hex(register)} is not to be read`);
  }

  private setFifos(value: number): void {
    this.uart.fifos = value & 0xC1;
    if ((value & 0x02) !== 0) this.uart.emptyRx();
    if ((value & 0x04) !== 0) this.uart.tx = "";
  }

  private lineStatus(): number {
    const { uart } = this;
    const status = (uart.rx === "" ? 0 : 0x01) + (uart.overrun ? 0x02 : 0) + (uart.tx === "" ? 0x20 : 0) + (uart.sending ? 0 : 0x40);
    uart.overrun = false;
    return status;
  }

  private clear(): void {
    this.enabled = 0;
    this.uart.reset();
    this.tellIrq();
  }

  private fill(bytes: string): boolean {
    // Until the driver can notice, it may send.
    if (!this.upset && !this.uart.isSetUp) throw new Error("SC16IS750: a byte is sent before the line is set up");
    if (!this.upset && bytes.length > fifoSize - this.uart.tx.length) throw new Error(`SC16IS750: ${bytes.length} bytes are too many for the transmit FIFO`);
    this.uart.fill(bytes);
    return true;
  }

  private drain(length: number): string {
    const { uart } = this;
    if (length > uart.rx.length && !this.misled) throw new Error(`SC16IS750: ${length} bytes are read where ${uart.rx.length} have come in`);
    this.longestRead = Math.max(this.longestRead, length);
    if (this.miscounts > 0 && uart.hasWaited) this.miscounts--;
    const bytes = uart.drain(length);
    this.misled = false;
    this.tellIrq();
    return bytes.padEnd(length, "\xff");
  }

  /** InterruptSource, bits 5–0: the first that holds. */
  private source(): number {
    const { uart } = this;
    if (uart.overrun && (this.enabled & 0x04) !== 0) return 0x06;
    if ((this.enabled & 0x01) === 0) return 0x01;
    if (uart.hasWaited) return 0x0C;
    return uart.isFull ? 0x04 : 0x01;
  }

  private tellIrq(): void {
    const level = this.isShorted || this.source() !== 0x01 ? 0 : 1;
    if (level === this.irqLevel) return;
    this.irqLevel = level;
    this.world.irq?.(level);
  }
}
