/** Virtual time: whole milliseconds since the world began, and what is due in it. */

/** A thing that will happen; keep it to cancel it. */
export interface Appointment {
  readonly atMs: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** More happenings than this in one millisecond are a loop that never rests. */
const restlessAfter = 100000;

export class Scheduler {
  private time = 0;
  /** Ascending by time; equal times in the order of insertion. */
  private readonly due: Appointment[] = [];
  private inThisMs = 0;

  /** Milliseconds since the world began. */
  get nowMs(): number {
    return this.time;
  }

  /** @param delayMs from now, 0 = after everything that is already due now. */
  after(delayMs: number, act: () => void): Appointment {
    const appointment = { atMs: this.time + Math.max(0, Math.floor(delayMs)), act, cancelled: false };
    let low = 0;
    let high = this.due.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.due[middle].atMs <= appointment.atMs) low = middle + 1;
      else high = middle;
    }
    this.due.splice(low, 0, appointment);
    return appointment;
  }

  cancel(appointment: Appointment | null): void {
    if (appointment !== null) appointment.cancelled = true;
  }

  /** When the next thing happens, Infinity if nothing is due. */
  nextMs(): number {
    while (this.due.length > 0 && this.due[0].cancelled) this.due.shift();
    return this.due.length > 0 ? this.due[0].atMs : Infinity;
  }

  /**
   * Lets time pass, one happening after the other.
   * @param untilMs absolute; time stands there afterwards unless `enough` stopped it before.
   * @param enough asked before the first and after each happening; true stops the clock where it is.
   */
  run(untilMs: number, enough: () => boolean = () => false): void {
    while (!enough()) {
      const next = this.nextMs();
      if (next > untilMs) {
        this.moveTo(Math.max(this.time, untilMs));
        return;
      }
      this.moveTo(next);
      this.countRestlessness();
      this.due.shift()?.act();
    }
  }

  private moveTo(ms: number): void {
    if (ms !== this.time) this.inThisMs = 0;
    this.time = ms;
  }

  private countRestlessness(): void {
    this.inThisMs++;
    if (this.inThisMs > restlessAfter) {
      throw new Error(`the lock does not come to rest: ${restlessAfter} happenings at ${this.time} ms`);
    }
  }
}
