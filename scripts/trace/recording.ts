/** What passed at a lock and around it, as it passed: the one source of logs, waveforms and timelines. */
import { Board } from "../../hal/board";
import { Probe, World } from "../../hal/platform/sim/world";

/** `ms` is the time of the world around the lock, from the beginning of the recording, with a fraction on a bench. */
export type Happening = { ms: number } & (
  | { kind: "level"; pin: number; level: number; driven: boolean }
  | { kind: "wave"; pin: number; hertz: number; permille: number }
  | { kind: "bytes"; port: number; bytes: string; sent: boolean }
  | { kind: "i2c"; bus: number; address: number; register: number; bytes: string; acknowledged: boolean }
  | { kind: "power"; on: boolean }
  /** A line given to the lock or the bench, and one that came back. */
  | { kind: "given" | "printed"; text: string }
  /** Between the runner and the rig helper. */
  | { kind: "rig"; text: string; given: boolean });

/** What of the lock's wires can be seen from where a recording is made. */
export interface Sight {
  pins: ReadonlySet<number>;
  /** UARTs. */
  ports: ReadonlySet<number>;
  /** Whether it has its supply. */
  supply: boolean;
  i2c: boolean;
}

export interface Recording {
  readonly board: Board;
  /** null: everything is seen. */
  readonly sight: Sight | null;
  /** A scenario file, or what else it is of. */
  readonly title: string;
  /** Levels of the pins before anything happened. */
  readonly levels: ReadonlyMap<number, number>;
  readonly happenings: Happening[];
}

/** A happening without its time. */
export type Fact = Happening extends infer One ? One extends Happening ? Omit<One, "ms"> : never : never;

export class Recorder implements Recording {
  readonly happenings: Happening[] = [];
  readonly levels = new Map<number, number>();

  /**
   * @param board as the world knows it; its pins are recorded
   * @param nowMs the world's time; a bench has a finer one than its world
   */
  constructor(readonly board: Board, readonly title: string, private readonly nowMs: () => number, readonly sight: Sight | null = null) {}

  /** From now on. @param pins whose levels at the beginning are wanted */
  watch(world: World, pins: readonly number[]): void {
    const seen = (pin: number): boolean => this.sight?.pins.has(pin) !== false;
    for (const pin of pins) if (seen(pin)) this.levels.set(pin, world.machine.readPin(pin));
    const last = new Map(this.levels);
    const probe: Probe = {
      level: (pin, level, driven) => {
        if (!seen(pin) || last.get(pin) === level) return;
        last.set(pin, level);
        this.add({ kind: "level", pin, level, driven });
      },
      wave: (pin, hertz, permille) => this.add({ kind: "wave", pin, hertz, permille }),
      bytes: (port, bytes, sent) => this.add({ kind: "bytes", port, bytes, sent }),
      i2c: (bus, address, register, bytes, acknowledged) => this.add({ kind: "i2c", bus, address, register, bytes, acknowledged }),
      power: (on) => this.add({ kind: "power", on }),
    };
    world.probe = probe;
  }

  add(fact: Fact): void {
    this.happenings.push({ ms: this.nowMs(), ...fact } as Happening);
  }
}
