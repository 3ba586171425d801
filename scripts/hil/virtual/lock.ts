import { Board } from "../../../hal/board";
import { Engine } from "../../../hal/platform/sim/chip";
import { newStanding, newWorld, World } from "../../../hal/platform/sim/world";
import { Helper, newHelper, onBytes, turnSupply } from "../../../rig/esp32/helper";
import { scenarioSeed } from "../../scenario/target";
import { carries, inputWires, keyAt, outputWires } from "../mirror";
import { moduleNames, Rig } from "../rig";
import { RealTime } from "../real-time";
import { ShiftRegisters } from "./registers";

/** The lines of a lock's board that leave it: what is written goes out. */
export interface Ends { uart(port: number, bytes: string): void; helper(bytes: string): void }

const firstShifted = 100;
/** Chosen: after a longer standstill of the machine the lock would take its modules for silent. */
const longestStepMs = 200;

/**
 * A board on a virtual bench, in real time: the firmware, the chips soldered beside it, and at its wires the rig
 * helper, whose program is the one that runs on the real one. Modules on lines of their own are elsewhere.
 */
export class VirtualLock {
  private readonly world: World;
  private readonly time: RealTime;
  private readonly helper: Helper;
  private readonly watches = new Map<number, (level: number) => void>();
  private readonly registers: ShiftRegisters | null;

  /** @param onStop told when the firmware or a part has stopped it */
  constructor(private readonly board: Board, private readonly rig: Rig, engine: Engine, ends: Ends, onStop: (error: unknown) => void) {
    this.world = newWorld({ board: solderedBoard(board, rig), engine, seed: scenarioSeed, standing: { ...newStanding(), jammed: rig.helper?.motor !== undefined } });
    this.world.probe = {
      bytes: (port, bytes, sent) => { if (sent) ends.uart(port, bytes); },
      level: (pin, level, driven) => { if (driven) this.watched(pin, level); },
      wave: (pin, hertz) => this.watched(pin, hertz > 0 ? 1 : 0),
      i2c: () => undefined,
      power: () => undefined,
    };
    this.helper = newHelper({
      name: "virtual erase cut",
      // The lock's own time: what the helper spaces is spaced so to the lock, however late this process is.
      now: () => this.world.nowMs,
      drive: (pin, level) => { if (this.registers?.drive(pin, level) !== true) this.driven(pin, level); },
      watch: (pin, onChange) => this.watch(pin, onChange),
      volt: (_pin, mv) => { this.world.battery.mv = this.batteryMv(mv); },
      after: (ms, act) => { this.world.scheduler.after(ms, act); },
      own: (words) => this.own(words),
    }, (line) => ends.helper(`${line}\n`));
    const shift = rig.helper?.shift;
    this.registers = shift === undefined ? null : new ShiftRegisters(shift, (output, level) => this.driven(firstShifted + output, level));
    this.world.onPower = (on) => { if (!on) setImmediate(() => this.outside(() => this.noticeCut())); };
    this.time = new RealTime(this.world, onStop, longestStepMs);
    this.time.onLate = (ms) => ends.helper(`@${this.world.nowMs} late ${ms}\n`);
    this.outside(() => this.world.powerOn());
  }

  /** Bytes for a UART of the lock. */
  received(port: number, bytes: string): void {
    this.outside(() => this.world.machine.deliver(port, bytes));
  }

  /** Bytes for the helper. */
  toHelper(bytes: string): void {
    this.outside(() => onBytes(this.helper, bytes));
  }

  close(): void {
    this.time.stop();
    this.world.powerOff();
  }

  private outside(act: () => void): void {
    this.time.toNow();
    act();
    this.time.toNow();
  }

  /** The helper drives one of its pins. @param level -1: released, so that a pull-up makes it 1 */
  private driven(pin: number, level: number): void {
    const { supply } = this.rig.helper ?? {};
    if (supply?.pin === pin) {
      if (level === supply.on) this.world.powerOn();
      else this.world.powerOff();
      return;
    }
    const wire = inputWires(this.board, this.rig).find(({ helperPin }) => helperPin === pin);
    if (wire === undefined) return;
    if (wire.kind !== "key") this.world.machine.setInput(wire.lockPin, level === -1 ? 1 : level);
    else if (level === 1) this.world.keypad.touch(keyAt(wire.lockPin));
    else this.world.keypad.release(keyAt(wire.lockPin));
  }

  private watch(pin: number, onChange: (level: number) => void): number {
    const wire = outputWires(this.board, this.rig).find(({ helperPin }) => helperPin === pin);
    if (wire === undefined) return 0;
    this.watches.set(wire.lockPin, onChange);
    return this.world.machine.readPin(wire.lockPin);
  }

  private watched(pin: number, level: number): void {
    this.watches.get(pin)?.(level);
  }

  private batteryMv(pinMv: number): number {
    const { upperOhms, lowerOhms } = this.board.parts.battery;
    return Math.round(pinMv * (upperOhms + lowerOhms) / lowerOhms);
  }

  /** What the virtual helper can besides: it holds the flash in its hands. */
  private own(words: string[]): string {
    if (words[0] === "erase" && words.length === 1) {
      if (this.world.machine.powered) return "powered Turn the supply off first.";
      this.world.flash.bytes.fill(0xff);
      this.world.modules.get("clock")?.swap();
      return "";
    }
    const operation = Number(words[1]);
    if (words[0] === "cut" && words.length === 2 && Number.isInteger(operation) && operation > 0) {
      this.world.flash.cutAt({ operation });
      return "";
    }
    return `unknown There is no word "${words[0]}".`;
  }

  /** The supply went in a flash operation, and not by the helper's pin. */
  private noticeCut(): void {
    if (!this.world.machine.powered && this.helper.supplied) turnSupply(this.helper, false);
  }
}

/** Without the modules that the bench emulates elsewhere. */
function solderedBoard(board: Board, rig: Rig): Board {
  const parts = { ...board.parts };
  for (const module of moduleNames) if (carries(board, rig, module)) delete parts[module];
  return { ...board, parts };
}
