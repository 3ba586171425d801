/** A disc on a PWM output: what is heard, and when. Strict: what the port cannot do is an error of the driver. */
import { Pwm } from "../../ports";

export interface Tone { hertz: number; permille: number; atMs: number; ms: number }

export class PiezoEmulator implements Pwm {
  /** Every tone that has ended. */
  readonly tones: Tone[] = [];
  /** Starts and stops that came, for what they cost. */
  calls = 0;
  private current: Tone | null = null;

  constructor(private readonly times: { readonly nowMs: number }) {}

  get sounding(): Tone | null {
    return this.current;
  }

  start(hertz: number, permille: number): void {
    if (!Number.isInteger(hertz) || hertz < 1 || hertz > 40000) throw new Error(`a tone of ${hertz} Hz`);
    if (!Number.isInteger(permille) || permille < 1 || permille > 500) throw new Error(`${permille} permille: above the half it only gets quieter`);
    this.stop();
    this.current = { hertz, permille, atMs: this.times.nowMs, ms: 0 };
  }

  stop(): void {
    this.calls++;
    if (this.current === null) return;
    this.tones.push({ ...this.current, ms: this.times.nowMs - this.current.atMs });
    this.current = null;
  }
}
