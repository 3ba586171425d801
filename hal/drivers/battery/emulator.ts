/**
 * A battery, its divider and the converter behind it. It is strict: a reading under load, or of a
 * divider that is off or has not settled, is an error of the driver.
 */
import { Adc } from "../../ports";

export interface PackOptions {
  mv?: number;
  upperOhms?: number;
  lowerOhms?: number;
  /** The divider is switched; it follows with this time constant. */
  gated?: boolean;
  constantMs?: number;
  /** Error of the divider and the converter. */
  gainPpm?: number;
  offsetMv?: number;
}

export class PackEmulator implements Adc {
  mv: number;
  /** A motor runs. */
  load = false;
  /** Noise at the pin, mV, by the number of the reading. */
  noise: (reading: number) => number = () => 0;
  readings = 0;
  private onMs: number | null;

  constructor(private readonly times: { readonly nowMs: number }, private readonly options: PackOptions = {}) {
    this.mv = options.mv ?? 8000;
    this.onMs = options.gated === true ? null : -1e6;
  }

  /** The gate of the divider. */
  enable(on: boolean): void {
    if (!on) this.onMs = null;
    else this.onMs ??= this.times.nowMs;
  }

  get enabled(): boolean {
    return this.onMs !== null;
  }

  /** As the pin sees it. */
  read(): number {
    if (this.onMs === null) throw new Error("the divider is off");
    const settled = (this.times.nowMs - this.onMs) / (this.options.constantMs ?? 4);
    if (settled < 4) throw new Error(`the divider has had ${this.times.nowMs - this.onMs} ms to settle`);
    if (this.load) throw new Error("the battery is measured while the motor runs");
    const { upperOhms = 300000, lowerOhms = 100000, gainPpm = 0, offsetMv = 0 } = this.options;
    const pack = (this.mv - offsetMv) / (1 + gainPpm / 1e6);
    const pin = pack * lowerOhms / (upperOhms + lowerOhms) + this.noise(this.readings++);
    return Math.max(0, Math.min(3300, Math.round(pin)));
  }
}
