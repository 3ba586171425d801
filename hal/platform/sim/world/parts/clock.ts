import { Board } from "../../../../board";
import { ClockMemory, Ds3231Emulator } from "../../../../drivers/ds3231/emulator";
import { Ds3231Part } from "../../../../drivers/ds3231/part";
import { Wires } from "../wires";
import { Module } from "./module";

const address = 0x68;

/** The clock with its coin cell: it goes on without the lock's supply. */
export class BatteryClock {
  readonly module: Module;
  private readonly chip: Ds3231Emulator;

  constructor(private readonly wires: Wires, part: Ds3231Part, kept: ClockMemory | null) {
    const { scheduler } = wires;
    this.chip = new Ds3231Emulator(scheduler);
    if (kept !== null) this.load(kept);
    wires.i2c(part.bus, address, {
      write: (bytes) => this.chip.write(address, bytes),
      read: (register, length) => this.chip.read(address, register, length),
    });
    this.module = {
      silence: (silent) => { this.chip.absent = silent; },
      swap: () => this.load(new Ds3231Emulator({ nowMs: 0 }).save()),
    };
  }

  /** `2026-02-28 23:59:58` */
  get text(): string {
    return this.chip.text();
  }

  /** The clock now, its time counted from now. */
  save(): ClockMemory {
    const { registers, atMs } = this.chip.save();
    return { registers, atMs: atMs - this.wires.scheduler.nowMs };
  }

  private load(kept: ClockMemory): void {
    this.chip.load({ registers: kept.registers, atMs: kept.atMs + this.wires.scheduler.nowMs });
  }
}

/** @param kept as `save` gave it, null for a clock that was never set @returns null if the board has none */
export function newBatteryClock(wires: Wires, board: Board, kept: ClockMemory | null): BatteryClock | null {
  const { clock } = board.parts;
  return clock === undefined ? null : new BatteryClock(wires, clock, kept);
}
