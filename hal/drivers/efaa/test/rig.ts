/** For tests: the driver on a platform of virtual time, wired to the emulator. */
import { createHash } from "node:crypto";
import { Platform } from "../../../ports";
import { EnrolError, ReaderEvents, ReaderFact } from "../../../roles";
import { Entropy } from "../../../platform/sim/world/entropy";
import { Appointment, Scheduler } from "../../../platform/sim/world/scheduler";
import { factText } from "../../test/reader-facts";
import { BuildName } from "../builds";
import { EfAa, EfAaOptions, newEfAa } from "../driver";
import { EfAaEmulator, EmulatorOptions } from "../emulator";

export const powerPin = 5;
export const nearPin = 6;

export interface RigOptions extends EmulatorOptions {
  build?: BuildName;
  driver?: Partial<EfAaOptions>;
  /** What the lock has stored: nothing = a new lock; null = it does not say. */
  trusted?: string | null;
  templates?: number;
  /** Cuts what the module sends into pieces of at most this many bytes, a millisecond apart. */
  piece?: number;
  entropy?: Entropy;
  scheduler?: Scheduler;
}

export class Rig {
  readonly scheduler: Scheduler;
  readonly said: string[] = [];
  readonly entropy: Entropy;
  emulator: EfAaEmulator;
  module: EfAa;
  identity = "";
  /** Called with each event, and with `identified`, for a lock that reacts at once. */
  react: (event: string) => void = () => undefined;
  private onBytes: (bytes: string) => void = () => undefined;
  private onNear: (level: number) => void = () => undefined;
  private readonly pinLevels = new Map<number, number>();

  constructor(readonly options: RigOptions = {}) {
    this.scheduler = options.scheduler ?? new Scheduler();
    this.entropy = options.entropy ?? new Entropy("efaa");
    this.emulator = this.newEmulator(options);
    this.module = this.startDriver();
    this.module.expect(options.templates ?? 0);
    if (options.trusted !== null) this.module.trust(options.trusted ?? "");
  }

  newEmulator(options: EmulatorOptions): EfAaEmulator {
    const emulator: EfAaEmulator = new EfAaEmulator(this.scheduler, (bytes) => { if (emulator === this.emulator) this.deliver(bytes); }, {
      ...options, onNear: (level) => { this.onNear(this.options.driver?.nearLevel === 0 ? 1 - level : level); },
    });
    return emulator;
  }

  /**
   * Another module takes the place of this one.
   * @param heard it says READY when it has started; else nobody hears it start (one that boots at once)
   */
  swap(emulator: EfAaEmulator, heard = true): void {
    const here = this.emulator.people.here;
    this.emulator.power(false);
    this.emulator = emulator;
    emulator.mute = !heard;
    emulator.power((this.pinLevels.get(powerPin) ?? 1) === 1);
    this.scheduler.after(0, () => { emulator.mute = false; });
    for (const sense of ["face", "palm"] as const) if (here[sense].presence !== null) emulator.put(sense, here[sense].presence);
  }

  pass(ms: number): string[] {
    this.scheduler.run(this.scheduler.nowMs + ms);
    return this.take();
  }

  take(): string[] {
    return this.said.splice(0);
  }

  /** Bytes from the module's side of the wire, in pieces where the rig has been told so. */
  deliver(bytes: string): void {
    const piece = this.options.piece;
    if (piece === undefined) {
      this.onBytes(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.slice(at, at + piece);
      this.scheduler.after(at / piece, () => this.onBytes(part));
    }
  }

  /** Bytes at the driver's door, now. */
  inject(bytes: string): void {
    this.onBytes(bytes);
  }

  private tell(event: string): void {
    this.said.push(event);
    this.react(event);
  }

  private startDriver(): EfAa {
    const options: EfAaOptions = {
      uart: 1, build: this.options.build ?? "sen0737", powerPin, nearPin: -1, nearLevel: 1, idleMs: 5000, lookS: 10, ...this.options.driver,
    };
    if (options.powerPin < 0) this.emulator.power(true);
    return newEfAa(this.platform(), options, {
      face: this.reader("face"),
      palm: this.reader("palm"),
      unasked: () => { this.tell("unasked"); },
      swapped: (swapped) => { this.tell(`swapped ${swapped}`); },
      identified: (identity) => {
        this.identity = identity;
        this.react("identified");
      },
    });
  }

  private reader(name: string): ReaderEvents {
    const tell = (what: string): void => { this.tell(`${name} ${what}`); };
    return {
      told: (fact, value) => tell(fact === ReaderFact.EnrolFailed ? `failed ${["", "duplicate", "full", "failed", "timeout"][value as EnrolError]}` : factText(fact, value)),
      silent: (silent) => tell(`silent ${silent}`),
    };
  }

  private platform(): Platform {
    const unused = (): never => { throw new Error("a driver has no use for this port"); };
    return {
      i2c: unused, adc: unused, pwm: unused,
      now: () => this.scheduler.nowMs % 2 ** 30,
      input: (_pin, _pull, onChange) => {
        this.onNear = onChange;
        return { read: () => 0 };
      },
      output: (pin, level) => {
        const write = (value: number): void => {
          this.pinLevels.set(pin, value);
          if (pin === powerPin) this.emulator.power(value === 1);
        };
        write(level);
        return { write };
      },
      uart: (_port, _baud, onBytes) => {
        this.onBytes = onBytes;
        return { write: (bytes) => { this.emulator.receive(bytes); } };
      },
      timer: (onFire) => {
        let running: Appointment | null = null;
        const stop = (): void => { this.scheduler.cancel(running); };
        return {
          start: (ms) => {
            if (ms < 1) throw new Error(`a timer of ${ms} ms`);
            stop();
            running = this.scheduler.after(ms, onFire);
          },
          stop,
        };
      },
      sha256: (bytes) => createHash("sha256").update(Buffer.from(bytes, "latin1")).digest().toString("latin1"),
      random: (count) => this.entropy.take(count),
      memory: () => -1,
      flash: { pageSize: 0, pages: 0, read: unused, write: unused, erase: unused },
      bootCause: unused, base: "", watchdog: null, places: null, afterCallbacks: () => undefined,
      restart: unused,
    };
  }
}

/** A rig whose lock has enrolled these. @returns template numbers by "face 1", "palm 2", … */
export function enrolled(rig: Rig, ...people: ["face" | "palm", number][]): Record<string, number> {
  const templates: Record<string, number> = {};
  rig.pass(3000);
  for (const [sense, identity] of people) {
    rig.emulator.put(sense, identity);
    rig.module[sense].enrol();
    const said = rig.pass(15000);
    rig.emulator.put(sense, null);
    const word = said.find((one) => one.startsWith(`${sense} enrolled `));
    if (word === undefined) throw new Error(`${sense} ${identity} was not enrolled: ${said.join(", ")}`);
    templates[`${sense} ${identity}`] = Number(word.split(" ")[2]);
    rig.pass(3000);
  }
  rig.take();
  return templates;
}

/** Looks at somebody for a while. */
export function lookAt(rig: Rig, sense: "face" | "palm", presence: number | "unknown" | "bad", ms = 4000): string[] {
  rig.take();
  rig.emulator.put(sense, presence);
  rig.module[sense].look(true);
  rig.pass(0);
  const said = [...rig.take(), ...rig.pass(ms)];
  rig.module[sense].look(false);
  rig.emulator.put(sense, null);
  rig.pass(4000);
  return said;
}
