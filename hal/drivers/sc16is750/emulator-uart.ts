import { Appointment, Scheduler } from "../../platform/sim/world/scheduler";

export const fifoSize = 64;
const bitsOfByte = 10;
/** 8 bits, no parity, one stop bit. */
const line8n1 = 0x03;
const lineAfterReset = 0x1D;
const divisorUnset = 0xFFFF;
const triggers = [8, 16, 56, 60];

const byteMs = (baud: number): number => bitsOfByte * 1000 / baud;

/** The UART of an emulated SC16IS750: its FIFOs, and its line with the time that each byte takes. */
export class EmulatedUart {
  /** LineControl. */
  line = lineAfterReset;
  divisor = divisorUnset;
  /** FifoControl, bits 7, 6 and 0. */
  fifos = 0;
  /** Bytes in the FIFOs. */
  tx = "";
  rx = "";
  /** Bytes that were lost because the receive FIFO was full, and whether one was since LineStatus was read. */
  overruns = 0;
  overrun = false;
  /** No byte has come and none was read for four byte times, and some are there. */
  hasWaited = false;
  sending = false;
  /** On its way from the module. */
  private arriving = "";
  private txEndsMs = 0;
  private rxEndsMs = 0;
  private waiting: Appointment | null = null;
  private starts = 0;

  /** @param changed told when something that IRQ depends on may have changed by itself */
  constructor(
    private readonly scheduler: Scheduler, private readonly send: (bytes: string) => void, private readonly changed: () => void,
    private readonly crystalHz: number, private readonly moduleBaud: number,
  ) {}

  /** 0 while the divisor is not set. */
  get baud(): number {
    return this.divisor === divisorUnset ? 0 : this.crystalHz / 16 / this.divisor;
  }

  get isSetUp(): boolean {
    return this.line === line8n1 && this.fifos > 0 && this.baud > 0;
  }

  get capacity(): number {
    return this.fifos > 0 ? fifoSize : 1;
  }

  get isFull(): boolean {
    return this.rx.length >= triggers[this.fifos >> 6];
  }

  /** From the module: the bytes begin now, or behind those that are on their way. */
  receive(bytes: string): void {
    const idle = this.arriving === "";
    this.arriving += bytes;
    if (!idle || bytes === "") return;
    this.rxEndsMs = this.scheduler.nowMs;
    this.nextArrival();
  }

  /** What the transmit FIFO has no room for is lost. */
  fill(bytes: string): void {
    this.tx = (this.tx + bytes).slice(0, this.capacity);
    if (!this.sending) this.nextDeparture(this.scheduler.nowMs);
  }

  drain(length: number): string {
    const bytes = this.rx.slice(0, length);
    this.rx = this.rx.slice(length);
    this.restartWaiting();
    return bytes;
  }

  /** Resets everything but the divisor. */
  reset(): void {
    this.line = lineAfterReset;
    this.fifos = 0;
    this.tx = "";
    this.arriving = "";
    this.sending = false;
    this.starts++;
    this.emptyRx();
  }

  loseDivisor(): void {
    this.divisor = divisorUnset;
  }

  emptyRx(): void {
    this.rx = "";
    this.overrun = false;
    this.hasWaited = false;
    this.scheduler.cancel(this.waiting);
  }

  private restartWaiting(): void {
    this.scheduler.cancel(this.waiting);
    this.hasWaited = false;
    if (this.rx === "") return;
    // One more, because bytes that follow each other may fall into neighbouring milliseconds.
    this.waiting = this.scheduler.after(1 + Math.ceil(4 * byteMs(this.moduleBaud)), () => {
      this.hasWaited = true;
      this.changed();
    });
  }

  /** A byte of another speed or form is another byte. */
  private onWire(byte: string): string {
    const right = this.line === line8n1 && Math.abs(this.baud / this.moduleBaud - 1) < 0.03;
    return right ? byte : String.fromCharCode(byte.charCodeAt(0) ^ 0xFF);
  }

  private nextDeparture(beginsMs: number): void {
    this.sending = this.tx !== "" && this.baud > 0;
    if (!this.sending) return;
    const byte = this.tx[0];
    const start = this.starts;
    this.tx = this.tx.slice(1);
    this.txEndsMs = beginsMs + byteMs(this.baud);
    this.scheduler.after(Math.ceil(this.txEndsMs) - this.scheduler.nowMs, () => {
      if (start !== this.starts) return;
      this.send(this.onWire(byte));
      this.nextDeparture(this.txEndsMs);
    });
  }

  private nextArrival(): void {
    const start = this.starts;
    this.rxEndsMs += byteMs(this.moduleBaud);
    this.scheduler.after(Math.ceil(this.rxEndsMs) - this.scheduler.nowMs, () => {
      if (start !== this.starts) return;
      this.take(this.onWire(this.arriving[0]));
      this.arriving = this.arriving.slice(1);
      if (this.arriving !== "") this.nextArrival();
    });
  }

  private take(byte: string): void {
    if (this.rx.length < this.capacity) {
      this.rx += byte;
    } else {
      this.overruns++;
      this.overrun = true;
    }
    this.restartWaiting();
    this.changed();
  }
}
