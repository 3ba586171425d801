import { createHash } from "node:crypto";
import { ModuleKind, ModuleMemory, Outcome, Presence, Sensor } from "./emulator-sensor";

/** Virtual or real time. */
export interface Clock {
  readonly nowMs: number;
  after(delayMs: number, act: () => void): unknown;
}

/**
 * What goes wrong with the next answer: a byte of it is lost, a bit of it is wrong, it comes twice,
 * 3 s late, not at all; the module is busy, did not understand, or fails.
 */
export type Fault = "lost-byte" | "flipped-bit" | "doubled" | "late" | "dropped" | "busy" | "not-understood" | "failed";

const faultCodes: Partial<Record<Fault, number>> = { busy: 0xFB, "not-understood": 0x01, failed: 0xFE };
const byteMs = 10 / 57.6;
const lateMs = 3000;
const header = [0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF];

/**
 * A fingerprint module as the lock's UART and wake line see it. It throws on a frame that no such
 * module knows, on a command it has not got, on being spoken to without supply, and on a supply
 * that comes back too soon.
 */
export class R503Emulator {
  sensor: Sensor;
  /** Changes what is sent: an answer, and the command it is for. */
  onTheLine: (frame: string, command: number) => string = (frame) => frame;
  /** The level of the wake line has changed. */
  onWake: (level: number) => void = () => undefined;
  /** Templates or notepad have changed. */
  onChange: () => void = () => undefined;
  /** Answers nothing, and nothing is done. */
  silent = false;
  /** Pieces of this many bytes arrive, 1 ms after one another. */
  chunk = Infinity;
  /** Every command as it came, code first. */
  readonly heard: number[][] = [];
  private on = false;
  private offAtMs = -Infinity;
  private awake = false;
  /** Supply or restart: what was under way before it is gone. */
  private life = 0;
  private inbox: number[] = [];
  private queue: number[][] = [];
  private working = false;
  private readonly faults: { fault: Fault; command: number }[] = [];
  private touched = false;

  constructor(private readonly clock: Clock, private readonly send: (bytes: string) => void, readonly kind: ModuleKind, memory: Partial<ModuleMemory> = {}) {
    this.sensor = load(kind, memory);
  }

  /** Level of the wake line; it has a supply of its own. */
  get wakeLevel(): number {
    return this.touched ? this.kind.wakeActiveLevel : 1 - this.kind.wakeActiveLevel;
  }

  /** The main supply is there. */
  get powered(): boolean {
    return this.on;
  }

  /** The main supply comes or goes. */
  power(on: boolean): void {
    if (on === this.on) return;
    const offMs = this.clock.nowMs - this.offAtMs;
    if (on && offMs < this.kind.restMs) throw new Error(`the reader gets its supply back after ${offMs} ms: it needs ${this.kind.restMs}`);
    if (!on) this.offAtMs = this.clock.nowMs;
    this.on = on;
    this.stop();
    if (on) this.boot();
  }

  /** As after a disturbance of the supply. */
  restart(): void {
    if (!this.on) return;
    this.stop();
    this.boot();
  }

  /** A finger is put on the sensor. */
  put(presence: Presence): void {
    this.sensor.present = presence;
    this.sensor.seen = false;
    this.touch(true);
  }

  /** It is lifted. */
  off(): void {
    this.sensor.present = null;
    this.touch(false);
  }

  /** The module is replaced by another one of its kind; supply and finger stay. */
  swap(memory: Partial<ModuleMemory>, restarts = true): void {
    const present = this.sensor.present;
    this.sensor = load(this.kind, memory);
    this.sensor.present = present;
    if (restarts) this.restart();
    else this.sensor.forget();
  }

  save(): ModuleMemory {
    const { templates, notepad, serial, password } = this.sensor;
    const sorted = [...templates].sort((a, b) => a[0] - b[0]);
    return { templates: sorted, notepad: [...notepad], serial, password };
  }

  /** @param command only the answer to this command fails, 0 = the next one */
  fail(fault: Fault, command = 0): void {
    this.faults.push({ fault, command });
  }

  /** An answer that nobody asked for. */
  sendUnasked(content: number[]): void {
    if (this.on) this.transmit(frameOf(content));
  }

  /** Raw bytes, as a fault of the line makes them. */
  sendRaw(bytes: string): void {
    this.send(bytes);
  }

  /** Bytes from the lock. */
  receive(bytes: string): void {
    if (!this.on) throw new Error("the reader is spoken to without supply");
    if (!this.awake || this.silent) return;
    this.inbox.push(...Buffer.from(bytes, "latin1"));
    for (;;) {
      const command = this.takeCommand();
      if (command === null) break;
      this.heard.push(command);
      this.queue.push(command);
    }
    this.work();
  }

  private boot(): void {
    const life = this.life;
    this.clock.after(this.kind.bootMs, () => {
      if (life !== this.life) return;
      this.awake = true;
      if (this.kind.ready && !this.silent) this.send("\x55");
    });
  }

  private stop(): void {
    this.life++;
    this.awake = false;
    this.inbox = [];
    this.queue = [];
    this.working = false;
    this.sensor.forget();
  }

  private touch(touched: boolean): void {
    if (touched === this.touched) return;
    this.touched = touched;
    this.onWake(this.wakeLevel);
  }

  private takeCommand(): number[] | null {
    const bytes = this.inbox;
    const wrong = bytes.slice(0, header.length).some((byte, at) => byte !== header[at]) || (bytes.length > 6 && bytes[6] !== 1);
    if (wrong) throw new Error(`no frame for the reader: ${hex(bytes)}`);
    if (bytes.length < 9) return null;
    const end = 9 + bytes[7] * 256 + bytes[8];
    if (end < 12 || end > 64) throw new Error(`no length for the reader: ${hex(bytes)}`);
    if (bytes.length < end) return null;
    const frame = bytes.splice(0, end);
    const sum = frame.slice(6, -2).reduce((all, byte) => all + byte, 0) & 0xFFFF;
    if (sum !== frame[end - 2] * 256 + frame[end - 1]) throw new Error(`wrong sum for the reader: ${hex(frame)}`);
    return frame.slice(9, -2);
  }

  private work(): void {
    const command = this.queue[0];
    if (this.working || command === undefined) return;
    this.queue.shift();
    this.working = true;
    const life = this.life;
    const fault = this.takeFault(command[0]);
    const code = fault === null ? undefined : faultCodes[fault];
    const outcome = code === undefined ? this.sensor.perform(command) : { content: [code], takesMs: 5 };
    this.clock.after(outcome.takesMs + 12 * byteMs, () => {
      if (life !== this.life) return;
      this.working = false;
      this.answer(command[0], outcome, fault);
      this.work();
    });
  }

  private answer(command: number, outcome: Outcome, fault: Fault | null): void {
    this.onChange();
    if (this.silent || fault === "dropped") return;
    const frame = this.onTheLine(frameOf(outcome.content), command);
    const middle = frame.length >> 1;
    if (fault === "lost-byte") this.transmit(frame.slice(0, middle) + frame.slice(middle + 1));
    else if (fault === "flipped-bit") this.transmit(frame.slice(0, middle) + String.fromCharCode(frame.charCodeAt(middle) ^ 4) + frame.slice(middle + 1));
    else if (fault === "doubled") this.transmit(frame + frame);
    else if (fault === "late") this.clock.after(lateMs, () => this.transmit(frame));
    else this.transmit(frame);
    // PS_Sleep: deaf until the supply was off.
    if (command === 0x33) this.awake = false;
  }

  private takeFault(command: number): Fault | null {
    const at = this.faults.findIndex((one) => one.command === 0 || one.command === command);
    return at < 0 ? null : this.faults.splice(at, 1)[0].fault;
  }

  private transmit(frame: string): void {
    const life = this.life;
    for (let at = 0; at < frame.length; at += this.chunk) {
      const piece = frame.slice(at, at + this.chunk);
      const delayMs = this.chunk === Infinity ? frame.length * byteMs : 1 + at / this.chunk;
      this.clock.after(delayMs, () => { if (life === this.life) this.send(piece); });
    }
  }
}

function load(kind: ModuleKind, memory: Partial<ModuleMemory>): Sensor {
  const serial = memory.serial ?? createHash("sha256").update("module").digest("hex");
  const sensor = new Sensor(kind, serial, memory.password ?? "00000000");
  for (const [template, finger] of memory.templates ?? []) sensor.templates.set(template, finger);
  for (const [page, bytes] of memory.notepad ?? []) sensor.notepad.set(page, bytes);
  sensor.forget();
  return sensor;
}

function frameOf(content: number[]): string {
  const body = [7, (content.length + 2) >> 8, (content.length + 2) & 255, ...content];
  const sum = body.reduce((all, byte) => all + byte, 0) & 0xFFFF;
  return Buffer.from([...header, ...body, sum >> 8, sum & 255]).toString("latin1");
}

function hex(bytes: number[]): string {
  return Buffer.from(bytes).toString("hex").toUpperCase();
}
