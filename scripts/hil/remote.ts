/**
 * A lock on the bench, as the image of a simulated chip: what the world around does to the chip's inputs goes to
 * the rig helper and down the modules' lines, and what comes back from there is what the image did. So the world,
 * its parts, its bench words and its sessions are those of the simulator.
 */
import { Board } from "../../hal/board";
import { Chip, Engine, Image } from "../../hal/platform/sim/chip";
import { dividedMv, InputWire, inputWires, keyColumnPin, OutputWire, outputWires } from "./mirror";
import { RigLink } from "./rig-link";
import { Rig } from "./rig";

/** Lines of the lock's UARTs by number. */
export type UartLines = ReadonlyMap<number, { write(bytes: string): void }>;

/** The world's time. */
export interface Times { readonly nowMs: number; after(ms: number, act: () => void): unknown }

/** Chosen: of reports further apart than this each counts as it comes, so that no delay is kept for ever. */
const closeMs = 5000;
/** Chosen: changes of inputs that follow each other within this are as far apart at the lock as here; so are touch and release. */
const togetherMs = 250;

export class RemoteLock {
  private readonly inputs: InputWire[];
  private readonly outputs: OutputWire[];
  private readonly levels = new Map<number, number>();
  private chip: Chip | null = null;
  private toldMv = -1;
  /** When an input was changed last, in the world's time, and whether the helper may not have done it yet. */
  private drivenMs = 0;
  private pending = false;
  /** How long the fingerprint reader has to be without supply before it gets it again, and when it was last taken from it, by the helper's clock. */
  fingerRestMs = 0;
  private restedMs = -Infinity;
  /** Bytes to a module that has no supply yet as far as is known here: the report of it comes on another line, and may come later. */
  private early: { port: number; bytes: string }[] = [];
  /** When the motor's last change came into force, in the world's time and in the helper's. */
  private moved = { worldMs: 0, rigMs: -Infinity };

  /** @param times of the world @param link null on a bench without a helper */
  constructor(private readonly times: Times, private readonly board: Board, private readonly rig: Rig | null, private readonly lines: UartLines, private readonly link: RigLink | null) {
    this.inputs = rig === null ? [] : inputWires(board, rig);
    this.outputs = rig === null ? [] : outputWires(board, rig);
  }

  readonly engine: Engine = (chip) => this.start(chip);

  /** Reports of the lock's outputs are wanted. */
  async watch(): Promise<void> {
    const { helper } = this.rig ?? {};
    if (this.link === null || helper === undefined) return;
    const { shift, supply } = helper;
    if (shift !== undefined) await this.link.ask(`shift ${shift.data} ${shift.clock} ${shift.latch} ${shift.outputs}`);
    if (supply !== undefined) await this.link.ask(`supply ${supply.pin} ${supply.on}`);
    for (const { helperPin } of this.outputs) await this.link.ask(`watch ${helperPin}`);
  }

  /** Bytes from the lock. */
  received(port: number, bytes: string): void {
    if (this.chip === null) return;
    if (this.isSupplied(port)) {
      this.chip.send(port, bytes);
      return;
    }
    const one = { port, bytes };
    this.early.push(one);
    this.times.after(togetherMs, () => this.deliverEarly((other) => other === one));
  }

  private isSupplied(port: number): boolean {
    const { finger, palmFace } = this.board.parts;
    const { fingerPower, palmPower } = this.rig?.helper ?? {};
    const pin = port === finger?.uart ? fingerPower : port === palmFace?.uart ? palmPower : undefined;
    const wire = this.outputs.find(({ helperPin }) => helperPin === pin);
    return wire === undefined || (this.levels.get(wire.helperPin) ?? wire.rest) !== wire.rest;
  }

  private deliverEarly(due: (one: { port: number; bytes: string }) => boolean): void {
    const now = this.early.filter(due);
    this.early = this.early.filter((one) => !now.includes(one));
    for (const { port, bytes } of now) this.chip?.send(port, bytes);
  }

  /** The helper saw an output of the lock change. The motor's changes are as far apart here as they were there, but no closer. */
  changed(helperPin: number, level: number, rigMs: number): void {
    const wire = this.outputs.find((one) => one.helperPin === helperPin);
    if (wire === undefined) return;
    if (this.chip === null) {
      this.levels.set(helperPin, level);
      return;
    }
    this.checkRest(wire, level, rigMs);
    const { times, moved } = this;
    const apartMs = rigMs - moved.rigMs;
    const dueMs = wire.spaced && apartMs < closeMs ? Math.max(times.nowMs, moved.worldMs + apartMs) : times.nowMs;
    if (wire.spaced) this.moved = { worldMs: dueMs, rigMs };
    times.after(dueMs - times.nowMs, () => {
      this.levels.set(helperPin, level);
      this.chip?.writePin(wire.lockPin, level);
      this.deliverEarly(({ port }) => this.isSupplied(port));
    });
  }

  /** The reader's rest without supply, by the helper's clock: the bench hears of it with delays. */
  private checkRest({ helperPin, rest }: OutputWire, level: number, rigMs: number): void {
    if (helperPin !== this.rig?.helper?.fingerPower) return;
    const offMs = rigMs - this.restedMs;
    if (level === rest) this.restedMs = rigMs;
    else if (offMs < this.fingerRestMs) throw new Error(`the reader gets its supply back after ${offMs} ms: it needs ${this.fingerRestMs}`);
  }

  /** All inputs are as they were told to be. */
  async settled(): Promise<void> {
    if (!this.pending) return;
    this.pending = false;
    await this.link?.idle();
  }

  /** Tells the helper the battery's voltage if it is another one. */
  feed(batteryMv: number): void {
    const pin = this.rig?.helper?.battery;
    const mv = dividedMv(this.board.parts.battery, batteryMv);
    if (pin === undefined || mv === this.toldMv) return;
    this.toldMv = mv;
    this.link?.tell(`volt ${pin} ${mv}`);
  }

  private start(chip: Chip): Image {
    this.chip = chip;
    chip.writePin(keyColumnPin, 0);
    for (const wire of this.inputs) this.drive(wire, chip.readPin(wire.lockPin));
    for (const { lockPin, helperPin, rest } of this.outputs) {
      chip.writePin(lockPin, rest);
      chip.writePin(lockPin, this.levels.get(helperPin) ?? rest);
    }
    if (this.rig?.helper?.supply !== undefined) this.link?.tell("supply on");
    return {
      pinChanged: (pin, level) => {
        const wire = this.inputs.find((one) => one.lockPin === pin);
        if (wire !== undefined) this.drive(wire, level);
      },
      received: (port, bytes) => this.lines.get(port)?.write(bytes),
      timerFired: () => undefined,
      memory: () => -1,
      end: () => this.end(),
    };
  }

  private end(): void {
    this.chip = null;
    this.early = [];
    if (this.rig?.helper?.supply !== undefined) this.link?.tell("supply off");
  }

  private drive({ helperPin, kind }: InputWire, level: number): void {
    const word = kind === "contact" ? level === 0 ? "0" : "z" : String(kind === "key" ? 1 - level : level);
    const sinceMs = this.times.nowMs - this.drivenMs;
    this.drivenMs = this.times.nowMs;
    this.pending = true;
    this.link?.tell(`pin ${helperPin} ${word}${sinceMs > 0 && sinceMs <= togetherMs ? ` ${sinceMs}` : ""}`);
  }
}
