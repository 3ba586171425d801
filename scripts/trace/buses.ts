/** Bytes as they stand on a wire: levels over time, for a logic analyser's decoders. */
import { Signal, Waves } from "./waves";

/** A UART line of 8N1, and beside it its bytes as numbers. */
export class UartWave {
  private freeUs = 0;
  private readonly wire: Signal;
  private readonly byte: Signal;

  constructor(private readonly waves: Waves, name: string, private readonly baud: number) {
    this.wire = waves.define("uart", name, "level", 1);
    this.byte = waves.define("uart", `${name}_byte`, "number", 0);
  }

  /** What is still on the wire goes first. */
  send(us: number, bytes: string): void {
    const bitUs = 1e6 / this.baud;
    let atUs = Math.max(us, this.freeUs);
    for (const character of bytes) {
      const code = character.charCodeAt(0);
      this.waves.set(this.byte, Math.round(atUs), code);
      // Start bit, eight data bits from the lowest, stop bit.
      const bits = [0, ...Array.from({ length: 8 }, (_, bit) => (code >> bit) & 1), 1];
      bits.forEach((level, bit) => this.waves.set(this.wire, Math.round(atUs + bit * bitUs), level));
      atUs += bits.length * bitUs;
    }
    this.freeUs = atUs;
  }
}

/** Chosen: 250 kHz, so that every edge falls on a microsecond. */
const quarterUs = 1;

/** Clock and data of an I2C bus, and beside them address and byte as numbers. */
export class I2cWave {
  private atUs = 0;
  private readonly scl: Signal;
  private readonly sda: Signal;
  private readonly addressed: Signal;
  private readonly byte: Signal;

  constructor(private readonly waves: Waves, bus: number) {
    this.scl = waves.define("i2c", `i2c${bus}_scl`, "level", 1);
    this.sda = waves.define("i2c", `i2c${bus}_sda`, "level", 1);
    this.addressed = waves.define("i2c", `i2c${bus}_address`, "number", 0);
    this.byte = waves.define("i2c", `i2c${bus}_byte`, "number", 0);
  }

  /** @param register -1 for a write of `bytes` */
  transact(us: number, address: number, register: number, bytes: string, acknowledged: boolean): void {
    this.atUs = Math.max(this.atUs, Math.ceil(us));
    this.start();
    this.waves.set(this.addressed, this.atUs, address);
    this.put(address * 2, acknowledged);
    if (acknowledged && register >= 0) {
      this.put(register, true);
      this.start();
      this.put(address * 2 + 1, true);
    }
    // The reader answers the last byte with no acknowledgement.
    if (acknowledged) [...bytes].forEach((one, i) => this.put(one.charCodeAt(0), register < 0 || i < bytes.length - 1));
    this.level(this.sda, 0);
    this.level(this.scl, 1);
    this.level(this.sda, 1);
    this.atUs += 4 * quarterUs;
  }

  /** Also a repeated one. */
  private start(): void {
    this.level(this.sda, 1);
    this.level(this.scl, 1);
    this.level(this.sda, 0);
    this.level(this.scl, 0);
  }

  private put(byte: number, acknowledged: boolean): void {
    this.waves.set(this.byte, this.atUs, byte);
    for (let bit = 7; bit >= 0; bit--) this.clock((byte >> bit) & 1);
    this.clock(acknowledged ? 0 : 1);
  }

  private clock(level: number): void {
    this.level(this.sda, level);
    this.level(this.scl, 1);
    this.atUs += quarterUs;
    this.level(this.scl, 0);
  }

  private level(signal: Signal, level: number): void {
    this.waves.set(signal, this.atUs, level);
    this.atUs += quarterUs;
  }
}
