import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";

/** Operations, by their numbers in Espressif's "Serial Protocol" of esptool. */
const enum Op {
  MemBegin = 0x05, MemEnd = 0x06, MemData = 0x07, Sync = 0x08, ReadReg = 0x0a,
  DeflBegin = 0x10, DeflData = 0x11, DeflEnd = 0x12, FlashMd5 = 0x13,
  /** Of later chips: an ESP32 answers that it does not know it, which is how it is told from them. */
  SecurityInfo = 0x14,
}

const syncBytes = Buffer.from([0x07, 0x07, 0x12, 0x20, ...new Array<number>(32).fill(0x55)]);
const checksumSeed = 0xef;
const invalidMessage = 5;
const chipMagicRegister = 0x40001000;

/** What the register that tells the chips apart holds. */
export const chipMagic = { esp32: 0x00f01d83, esp32s2: 0x000007c6 };

/** A load into RAM or flash that has begun. */
interface Load { op: Op.MemBegin | Op.DeflBegin; size: number; blocks: number; address: number; next: number; data: Buffer[] }

/**
 * The loader in an ESP32's ROM, and the one that esptool puts into its RAM, as far as a firmware is written with them. It is
 * strict: a packet that it does not know, out of order or with a wrong checksum is answered with an error and noted.
 */
export class RomEmulator {
  readonly flash: Buffer;
  /** What was not as the protocol has it. */
  readonly faults: string[] = [];
  /** Packets that are damaged on the way to it, by their number from 1. */
  readonly damage = new Set<number>();
  private readonly packets = new SlipReader((packet) => this.take(packet));
  private load: Load | null = null;
  private inRam = false;
  private count = 0;

  constructor(private readonly write: (bytes: Buffer) => void, private readonly magic: number = chipMagic.esp32, flashBytes = 0x400000) {
    this.flash = Buffer.alloc(flashBytes, 0xff);
  }

  received(bytes: Buffer): void {
    this.packets.received(bytes);
  }

  private take(packet: Buffer): void {
    this.count++;
    const [direction, op] = packet;
    if (packet.length < 8 || direction !== 0 || packet.readUInt16LE(2) !== packet.length - 8) {
      this.faults.push(`a packet of ${packet.length} bytes is none`);
      return;
    }
    const data = packet.subarray(8);
    if (this.damage.has(this.count)) data[data.length - 1] ^= 1;
    this.perform(op, data, packet.readUInt32LE(4));
  }

  private perform(op: number, data: Buffer, checksum: number): void {
    if (op === Op.Sync && data.equals(syncBytes)) for (let i = 0; i < (this.inRam ? 1 : 8); i++) this.answer(op, 0x20120707);
    else if (op === Op.ReadReg && data.length === 4) this.answer(op, data.readUInt32LE() === chipMagicRegister ? this.magic : 0);
    else if (op === Op.MemBegin || op === Op.DeflBegin) this.begin(op, data);
    else if (op === Op.MemData || op === Op.DeflData) this.block(op, data, checksum);
    else if (op === Op.MemEnd && this.load === null) this.startRam(op);
    else if (op === Op.DeflEnd && this.inRam) this.answer(op, 0);
    else if (op === Op.FlashMd5 && this.inRam) this.digest(op, data);
    else if (op === Op.SecurityInfo && !this.inRam) this.answer(op, 0, Buffer.alloc(0), 1);
    else this.refuse(op, `operation 0x${op.toString(16)}`);
  }

  private begin(op: Op.MemBegin | Op.DeflBegin, data: Buffer): void {
    const [size, blocks, , address] = [0, 4, 8, 12].map((at) => data.readUInt32LE(at));
    if (data.length !== 16 || (op === Op.DeflBegin) !== this.inRam) return this.refuse(op, "a load at the wrong time");
    this.load = { op, size, blocks, address, next: 0, data: [] };
    return this.answer(op, 0);
  }

  private block(op: Op.MemData | Op.DeflData, data: Buffer, checksum: number): void {
    const { load } = this;
    const block = data.subarray(16);
    const sum = block.reduce((all, byte) => all ^ byte, checksumSeed);
    if (load === null || block.length !== data.readUInt32LE(0) || data.readUInt32LE(4) !== load.next) return this.refuse(op, "a block out of order");
    if (sum !== checksum) return this.refuse(op, "a wrong checksum");
    load.data.push(Buffer.from(block));
    load.next++;
    if (load.next === load.blocks) this.finish(load);
    return this.answer(op, 0);
  }

  private finish({ op, size, address, data }: Load): void {
    this.load = null;
    if (op === Op.MemBegin) return;
    const bytes = inflateSync(Buffer.concat(data));
    if (bytes.length !== size) this.faults.push(`${bytes.length} bytes instead of ${size}`);
    bytes.copy(this.flash, address);
  }

  private startRam(op: number): void {
    this.answer(op, 0);
    this.inRam = true;
    this.write(slip(Buffer.from("OHAI")));
  }

  private digest(op: number, data: Buffer): void {
    const [address, size] = [data.readUInt32LE(0), data.readUInt32LE(4)];
    this.answer(op, 0, createHash("md5").update(this.flash.subarray(address, address + size)).digest());
  }

  private refuse(op: number, fault: string): void {
    this.faults.push(fault);
    this.answer(op, 0, Buffer.alloc(0), 1);
  }

  /** Four bytes of status from the ROM, two from the program in RAM. */
  private answer(op: number, value: number, data = Buffer.alloc(0), status = 0): void {
    const end = Buffer.from(this.inRam ? [status, status * invalidMessage] : [status, status * invalidMessage, 0, 0]);
    const head = Buffer.alloc(8);
    head.writeUInt8(1, 0);
    head.writeUInt8(op, 1);
    head.writeUInt16LE(data.length + end.length, 2);
    head.writeUInt32LE(value, 4);
    this.write(slip(Buffer.concat([head, data, end])));
  }
}

const END = 0xc0;
const ESC = 0xdb;

function slip(packet: Buffer): Buffer {
  const bytes = [...packet].flatMap((byte) => byte === END ? [ESC, 0xdc] : byte === ESC ? [ESC, 0xdd] : [byte]);
  return Buffer.from([END, ...bytes, END]);
}

class SlipReader {
  private bytes: number[] = [];
  private escaped = false;

  constructor(private readonly take: (packet: Buffer) => void) {}

  received(chunk: Buffer): void {
    for (const byte of chunk) {
      if (byte === END) {
        if (this.bytes.length > 0) this.take(Buffer.from(this.bytes));
        this.bytes = [];
      } else if (byte === ESC) {
        this.escaped = true;
      } else {
        this.bytes.push(this.escaped ? byte === 0xdc ? END : ESC : byte);
        this.escaped = false;
      }
    }
  }
}
