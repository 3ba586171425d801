/** The driver wired to its emulator in virtual time, and what it told the lock. For the tests. */
import { createHash } from "node:crypto";
import { Platform } from "../../../ports";
import { Scheduler } from "../../../platform/sim/world/scheduler";
import { factText } from "../../test/reader-facts";
import { newR503, R503 } from "../driver";
import { R503Emulator } from "../emulator";
import { ModuleKind, moduleKinds, ModuleMemory } from "../emulator-sensor";
import { FingerEvents } from "../../../roles";
import { R503Options } from "../unit";

export const wakePin = 4;
export const powerPin = 5;

export const r503Options: R503Options = {
  uart: 1, dialect: "grow", ring: "aura", serial: true, placements: 3, wakePin, wakeActiveLevel: 0,
  powerPin: -1, powerActiveLevel: 1, bootMs: 200, restMs: 2000, password: "00000000",
};
export const r307Options: R503Options = { ...r503Options, ring: "none", serial: false, placements: 2, wakePin: -1, bootMs: 600 };
export const zw111Options: R503Options = { ...r503Options, dialect: "synochip", ring: "bln", wakeActiveLevel: 1, restMs: 100 };

export interface Rig {
  scheduler: Scheduler;
  module: R503Emulator;
  reader: R503;
  /** What the lock was told, `matched 3`; `near` and the like alone. */
  told: string[];
  /** Takes what was told since the last call. */
  hear(): string[];
  run(ms: number): void;
}

export interface RigOptions {
  options?: Partial<R503Options>;
  kind?: keyof typeof moduleKinds;
  /** What this module does differently from its kind. */
  module?: Partial<ModuleKind>;
  memory?: Partial<ModuleMemory>;
  /** Paired before the test begins. */
  paired?: boolean;
  /** The supply stays off, or the module is deaf, from the start. */
  silent?: boolean;
}

const base = { r503: r503Options, r307: r307Options, zw111: zw111Options };

function eventsInto(told: string[]): FingerEvents {
  const tell = (name: string) => (value?: unknown): void => { told.push(value === undefined ? name : `${name} ${value}`); };
  return {
    told: (fact, value) => { told.push(factText(fact, value)); },
    silent: tell("silent"),
    identified: tell("identified"), swapped: tell("swapped"), unasked: tell("unasked"),
  };
}

/** The ports that a reader uses, and what the host does at their other ends. */
function newPlatform(scheduler: Scheduler, options: R503Options, module: R503Emulator, receivers: { bytes: (bytes: string) => void }): Platform {
  let seed = 1;
  const unused = (): never => { throw new Error("not a port of a reader"); };
  const newTimer: Platform["timer"] = (onFire) => {
    let due: ReturnType<Scheduler["after"]> | null = null;
    const stop = (): void => scheduler.cancel(due);
    return { start: (ms) => { stop(); due = scheduler.after(ms, onFire); }, stop };
  };
  return {
    i2c: unused, adc: unused, pwm: unused,
    now: () => scheduler.nowMs,
    input: (_pin, _pull, onChange) => { module.onWake = onChange; return { read: () => module.wakeLevel }; },
    output: (_pin, level) => {
      module.power(level === options.powerActiveLevel);
      return { write: (value) => module.power(value === options.powerActiveLevel) };
    },
    uart: (_port, baud, onReceived) => {
      if (baud !== 57600) throw new Error(`baud ${baud}`);
      receivers.bytes = onReceived;
      return { write: (bytes) => module.receive(bytes) };
    },
    timer: newTimer,
    flash: { pageSize: 0, pages: 0, read: unused, write: unused, erase: unused },
    sha256: (bytes) => createHash("sha256").update(Buffer.from(bytes, "latin1")).digest().toString("latin1"),
    random: (count) => createHash("sha512").update(String(seed++)).digest().toString("latin1").slice(0, count),
    bootCause: () => 0, base: "", watchdog: null, places: null, afterCallbacks: () => undefined, memory: () => -1, restart: unused,
  };
}

export function newRig(setup: RigOptions = {}): Rig {
  const kind: ModuleKind = { ...moduleKinds[setup.kind ?? "r503"], ...setup.module };
  const options: R503Options = { ...base[setup.kind ?? "r503"], ...setup.options };
  const scheduler = new Scheduler();
  const told: string[] = [];
  const receivers = { bytes: (_bytes: string): void => undefined };
  const module = new R503Emulator(scheduler, (bytes) => receivers.bytes(bytes), kind, setup.memory);
  module.silent = setup.silent ?? false;
  if (options.powerPin < 0) module.power(true);
  const reader = newR503(newPlatform(scheduler, options, module, receivers), options, eventsInto(told));
  const rig: Rig = {
    scheduler, module, reader, told,
    hear: () => told.splice(0),
    run: (ms) => scheduler.run(scheduler.nowMs + ms),
  };
  if (setup.paired !== false && setup.silent !== true) pairFirst(rig, setup.memory?.templates ?? []);
  return rig;
}

/** Pairing empties a module, so the templates of the test are put there afterwards. */
function pairFirst(rig: Rig, templates: [number, number][]): void {
  rig.run(4000);
  rig.reader.trust("");
  rig.run(8000);
  for (const [template, finger] of templates) rig.module.sensor.templates.set(template, finger);
  rig.hear();
}

/** Puts a finger, waits for the answer, lifts it. */
export function touch(rig: Rig, presence: number | "unknown" | "bad", ms = 1500): string[] {
  rig.module.put(presence);
  rig.run(ms);
  rig.module.off();
  rig.run(1000);
  return rig.hear();
}
