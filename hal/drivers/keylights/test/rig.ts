/** Virtual time, pins and an I2C bus for the tests of the keypad's parts. */
import { I2c, Platform } from "../../../ports";
import { Scheduler } from "../../../platform/sim/world/scheduler";

/** What a part's emulator is on a bus. */
export interface BusDevice {
  /** @returns false = not acknowledged */
  write(bytes: string): boolean;
  /** @returns "" = not acknowledged */
  read(register: number, length: number): string;
}

export interface Rig {
  platform: Platform;
  scheduler: Scheduler;
  i2c: I2c;
  devices: Map<number, BusDevice>;
  /** I2C transactions so far. */
  transactions: number;
  /** Timers that fired so far. */
  wakeUps: number;
  /** Levels of all pins, and what an output is set to. */
  levels: Map<number, number>;
  /** Told of each output that is written. */
  onWrite: (pin: number, level: number) => void;
  /** The world sets an input; its edge is told if the level changes. */
  setPin(pin: number, level: number): void;
  run(ms: number): void;
}

export function newRig(): Rig {
  const scheduler = new Scheduler();
  const watchers = new Map<number, (level: number) => void>();
  const unused = (): never => { throw new Error("not a port of a keypad"); };
  const levelOf = (pin: number): number => rig.levels.get(pin) ?? 1;
  const write = (pin: number, level: number): void => {
    rig.levels.set(pin, level);
    rig.onWrite(pin, level);
  };
  const platform: Platform = {
    now: () => scheduler.nowMs,
    input: (pin, _pull, onChange) => {
      watchers.set(pin, onChange);
      return { read: () => levelOf(pin) };
    },
    output: (pin, level) => {
      write(pin, level);
      return { write: (value) => write(pin, value) };
    },
    uart: unused, i2c: unused, adc: unused, pwm: unused,
    timer: (onFire) => {
      let due: ReturnType<Scheduler["after"]> | null = null;
      const stop = (): void => { scheduler.cancel(due); };
      return {
        start: (ms) => {
          if (!(ms >= 1 && ms <= 2 ** 29)) throw new Error(`a timer of ${ms} ms`);
          stop();
          due = scheduler.after(ms, () => { rig.wakeUps++; onFire(); });
        },
        stop,
      };
    },
    flash: { pageSize: 0, pages: 0, read: unused, write: unused, erase: unused },
    sha256: unused, random: unused, bootCause: unused, base: "", watchdog: null, places: null, afterCallbacks: () => undefined, memory: unused, restart: unused,
  };
  const rig: Rig = {
    platform, scheduler, devices: new Map(), transactions: 0, wakeUps: 0, levels: new Map(), onWrite: () => undefined,
    i2c: {
      write: (address, bytes) => { rig.transactions++; return rig.devices.get(address)?.write(bytes) ?? false; },
      read: (address, register, length) => { rig.transactions++; return rig.devices.get(address)?.read(register, length) ?? ""; },
    },
    setPin: (pin, level) => {
      if (levelOf(pin) === level) return;
      rig.levels.set(pin, level);
      watchers.get(pin)?.(level);
    },
    run: (ms) => scheduler.run(scheduler.nowMs + ms),
  };
  return rig;
}
