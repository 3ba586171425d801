/** A chip with one emulated part on it, which measures every call into the image (hal/drivers/test/bench-image.ts). */
import { Chip, Engine, Image } from "../../hal/platform/sim/chip";
import { Entropy, sha256 } from "../../hal/platform/sim/world/entropy";
import { Appointment, Scheduler } from "../../hal/platform/sim/world/scheduler";

/** What is measured: a clock, or a heap. */
export interface Meter {
  /** Before the first of two readings. */
  prepare?(): void;
  /** The reading; the difference of two of them is what a call took. */
  read(image: Image): number;
  /** Whether it moves while the host works on the image's behalf. */
  countsHost: boolean;
}

/** One call into the image. */
export interface Call {
  /** Bytes on the console, bytes from the part, or a timer or pin. */
  kind: "letter" | "frame" | "event";
  bytes: string;
  /** What it took by the meter, the emulated part's share left out. */
  took: number;
  /** Its I2C transactions, as the image is told to repeat them. */
  bus: string;
  /** Time they would take on a bus of 400 kHz, µs; the emulated bus takes none. */
  busUs: number;
}

/** The emulated part, as the chip sees it. */
export interface Device {
  receive?(bytes: string): void;
  output?(pin: number, level: number): void;
  i2cWrite?(address: number, bytes: string): boolean;
  i2cRead?(address: number, register: number, length: number): string;
}

/** Something the image did; the world hears of it when the call is over, so that its work is in no call. */
interface Deed { kind: "send" | "output" | "timer" | "input"; target: number; value: number; bytes: string }

/** More than a call does. They exist beforehand: what a heap loses to them would be counted as the image's. */
const mostDeeds = 1000;
const partPort = 1;
/** Nobody has opened them. */
const deafPort = 2;
const deafPin = 38;
/** A bit on the bus, and an octet with its acknowledge. */
const bitUs = 2.5;
const octetUs = 9 * bitUs;

export class PartTable {
  readonly scheduler = new Scheduler();
  readonly calls: Call[] = [];
  device: Device = {};
  /** What the image has said. */
  text = "";
  private readonly entropy = new Entropy("bench");
  private readonly levels = new Map<number, number>();
  private readonly timers = new Map<number, Appointment>();
  private readonly deeds: Deed[] = Array.from({ length: mostDeeds }, () => ({ kind: "send", target: 0, value: 0, bytes: "" }));
  private done = 0;
  private under = newCall("event", "");
  private running = true;
  private settling = false;
  private readonly image: Image;

  constructor(engine: Engine, private readonly meter: Meter) {
    this.image = engine(this.newChip());
    this.running = false;
    this.settle();
  }

  pass(ms: number): void {
    this.scheduler.run(this.scheduler.nowMs + ms);
  }

  letter(letters: string): Call {
    return this.call(newCall("letter", letters), () => this.image.received(0, letters));
  }

  /** Bytes from the part. */
  received(bytes: string): Call {
    return this.call(newCall("frame", bytes), () => this.image.received(partPort, bytes));
  }

  input(pin: number, level: number): void {
    if (this.levels.get(pin) === level) return;
    this.levels.set(pin, level);
    this.note("input", pin, level, "");
    if (!this.running) this.settle();
  }

  /** The transactions of a call once more, done or only read: the difference is what the bus takes. */
  busAgain(call: Call, really: boolean): Call {
    return this.letter((really ? "b" : "p") + call.bus);
  }

  /** A call of which the image makes nothing: what the way into it and out of it takes. */
  idle(like: Call): Call {
    if (like.kind === "letter") return this.letter("n");
    const idle = newCall(like.kind, like.bytes);
    if (like.kind === "frame") return this.call(idle, () => this.image.received(deafPort, like.bytes));
    return this.call(idle, () => this.image.pinChanged(deafPin, 1));
  }

  /** What the image said when it was asked by this letter. */
  answer(letter: string): string {
    this.text = "";
    this.letter(letter);
    return this.text;
  }

  /** A look at the image between two calls. */
  reading(read: (image: Image) => number): number {
    return read(this.image);
  }

  end(): void {
    this.image.end();
  }

  private call(call: Call, run: () => void): Call {
    this.under = call;
    this.running = true;
    this.meter.prepare?.();
    const before = this.meter.read(this.image);
    run();
    const after = this.meter.read(this.image);
    call.took += after - before;
    this.running = false;
    this.calls.push(call);
    this.settle();
    return call;
  }

  private note(kind: Deed["kind"], target: number, value: number, bytes: string): void {
    if (this.done === mostDeeds) throw new Error(`the image did more than ${mostDeeds} things in one call`);
    const deed = this.deeds[this.done++];
    deed.kind = kind;
    deed.target = target;
    deed.value = value;
    deed.bytes = bytes;
  }

  /** The world hears what was done, in its order; what that brings about is heard as well. */
  private settle(): void {
    if (this.settling) return;
    this.settling = true;
    for (let at = 0; at < this.done; at++) this.perform(this.deeds[at]);
    this.done = 0;
    this.settling = false;
  }

  private perform({ kind, target, value, bytes }: Deed): void {
    if (kind === "timer") this.setTimer(target, value);
    else if (kind === "input") this.call(newCall("event", ""), () => this.image.pinChanged(target, value));
    else if (kind === "output") this.device.output?.(target, value);
    else if (target === 0) this.text += bytes;
    else this.device.receive?.(bytes);
  }

  private setTimer(id: number, ms: number): void {
    this.scheduler.cancel(this.timers.get(id) ?? null);
    if (ms < 0) return;
    this.timers.set(id, this.scheduler.after(ms, () => this.call(newCall("event", ""), () => this.image.timerFired(id))));
  }

  /** The part's work on the bus is not the image's. */
  private onBus<T>(octets: number, marks: number, work: () => T): T {
    const before = this.meter.countsHost ? this.meter.read(this.image) : 0;
    const result = work();
    if (this.meter.countsHost) this.under.took -= this.meter.read(this.image) - before;
    this.under.busUs += octets * octetUs + marks * bitUs;
    return result;
  }

  private newChip(): Chip {
    const unused = (): never => { throw new Error("the image has no use for this"); };
    return {
      now: () => this.scheduler.nowMs,
      readPin: (pin) => this.levels.get(pin) ?? 0,
      writePin: (pin, level) => this.note("output", pin, level, ""),
      send: (port, bytes) => this.note("send", port, 0, bytes),
      setTimer: (id, ms) => this.note("timer", id, ms, ""),
      i2cWrite: (_bus, address, bytes) => {
        this.under.bus += `w${String.fromCharCode(address, bytes.length)}${bytes}`;
        return this.onBus(1 + bytes.length, 2, () => this.device.i2cWrite?.(address, bytes) ?? false);
      },
      i2cRead: (_bus, address, register, length) => {
        this.under.bus += `r${String.fromCharCode(address, length, register)}`;
        return this.onBus(3 + length, 3, () => this.device.i2cRead?.(address, register, length) ?? "");
      },
      readAdc: unused, setPwm: unused, sha256, random: (count) => this.entropy.take(count),
      readFlash: (_address, length) => "\xff".repeat(length), writeFlash: unused, eraseFlash: unused,
      bootCause: () => 0, restart: unused,
    };
  }
}

function newCall(kind: Call["kind"], bytes: string): Call {
  return { kind, bytes, took: 0, bus: "", busUs: 0 };
}
