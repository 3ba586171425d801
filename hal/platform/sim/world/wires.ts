import { I2cPart } from "./i2c-bus";
import type { Machine } from "./machine";
import { Scheduler } from "./scheduler";

/** Told of all that passes between the chip and what is around it, as it passes. */
export interface Probe {
  /** @param driven by the lock; false: the level of an input */
  level(pin: number, level: number, driven: boolean): void;
  /** Both figures are 0 while the output is low. */
  wave(pin: number, hertz: number, permille: number): void;
  /** @param port a UART of the chip, or of the bridge @param sent by the lock */
  bytes(port: number, bytes: string, sent: boolean): void;
  /** One transaction. @param register -1 for a write, whose bytes begin with it @param acknowledged false: nobody answered */
  i2c(bus: number, address: number, register: number, bytes: string, acknowledged: boolean): void;
  power(on: boolean): void;
}

/** Every module whose supply the lock switches is off before the lock says otherwise. */
export type Turn = (on: boolean) => void;

/**
 * The wires between the machine and the parts around it. A part throws on what a driver must not do:
 * that stops the world afterwards, not the image in the midst of its call.
 */
export class Wires {
  private readonly outputs = new Map<number, (level: number) => void>();
  private readonly waves = new Map<number, (hertz: number, permille: number) => void>();
  private readonly ports = new Map<number, (bytes: string) => void>();
  private readonly turns: Turn[] = [];
  probe: Probe | null = null;

  constructor(readonly scheduler: Scheduler, private readonly machine: Machine) {}

  /** The lock has its supply. */
  get powered(): boolean {
    return this.machine.powered;
  }

  // ---- for the parts; a pin of -1 is no wire

  /** The part gives an input of the lock its level. */
  input(pin: number, level: number): void {
    if (pin < 0) return;
    this.machine.setInput(pin, level);
    this.probe?.level(pin, level, false);
  }

  level(pin: number): number {
    return this.machine.readPin(pin);
  }

  onOutput(pin: number, act: (level: number) => void): void {
    if (pin >= 0) join(this.outputs, pin, `output ${pin}`, act);
  }

  /** Both figures are 0 while the output is low. */
  onWave(pin: number, act: (hertz: number, permille: number) => void): void {
    join(this.waves, pin, `PWM output ${pin}`, act);
  }

  onPower(turn: Turn): void {
    this.turns.push(turn);
  }

  /** The supply of a part, by a switch of the lock's (pin) or together with the lock's (-1). */
  onSupply(pin: number, activeLevel: number, turn: Turn): void {
    if (pin < 0) {
      this.onPower(turn);
      return;
    }
    this.onOutput(pin, (level) => { if (this.powered) turn(level === activeLevel); });
    this.onPower((on) => { if (!on) turn(false); });
  }

  /** @returns what sends bytes to the lock */
  uart(port: number, hear: (bytes: string) => void): (bytes: string) => void {
    join(this.ports, port, `UART ${port}`, hear);
    return (bytes) => this.deliver(port, bytes);
  }

  i2c(bus: number, address: number, part: I2cPart): void {
    this.machine.attachI2c(bus, address, {
      write: (bytes) => {
        const acknowledged = this.guarded(() => part.write(bytes), false);
        this.probe?.i2c(bus, address, -1, bytes, acknowledged);
        return acknowledged;
      },
      read: (register, length) => {
        const bytes = this.guarded(() => part.read(register, length), "");
        this.probe?.i2c(bus, address, register, bytes, bytes !== "");
        return bytes;
      },
    });
  }

  /** @param read the voltage at a pin, mV, whenever the lock measures it */
  voltage(pin: number, read: () => number): void {
    if (pin >= 0) this.machine.attachVoltage(pin, () => this.guarded(read, 0));
  }

  /** Bytes arrive at a UART of the lock. */
  deliver(port: number, bytes: string): void {
    this.probe?.bytes(port, bytes, false);
    this.machine.deliver(port, bytes);
  }

  // ---- for the machine

  output(pin: number, level: number): void {
    this.probe?.level(pin, level, true);
    this.guarded(() => this.outputs.get(pin)?.(level), undefined);
  }

  wave(pin: number, hertz: number, permille: number): void {
    this.probe?.wave(pin, hertz, permille);
    this.guarded(() => this.waves.get(pin)?.(hertz, permille), undefined);
  }

  sent(port: number, bytes: string): void {
    this.probe?.bytes(port, bytes, true);
    this.guarded(() => this.ports.get(port)?.(bytes), undefined);
  }

  power(on: boolean): void {
    this.probe?.power(on);
    for (const turn of this.turns) turn(on);
  }

  private guarded<T>(act: () => T, otherwise: T): T {
    try {
      return act();
    } catch (error) {
      this.scheduler.after(0, () => { throw error; });
      return otherwise;
    }
  }
}

function join<T>(wires: Map<number, T>, number: number, name: string, act: T): void {
  if (wires.has(number)) throw new Error(`${name} is wired to two parts: give them different ones in the board's file`);
  wires.set(number, act);
}
