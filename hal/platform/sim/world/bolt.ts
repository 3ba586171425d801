import { Direction } from "../../../roles";
import { Appointment, Scheduler } from "./scheduler";

/** From end to end. */
export const travelMs = 800;

/** One run of the motor in one direction, in world time. */
export interface Drive {
  direction: Direction;
  startMs: number;
  /** null while it runs. */
  endMs: number | null;
  /** When the door was first open during this run, null if it stayed closed. */
  doorOpenMs: number | null;
}

export interface BoltSwitches {
  withdrawn(active: boolean): void;
  thrown(active: boolean): void;
}

/**
 * Bolt, gear and motor. The position is told in milliseconds of travel: 0 withdrawn, `travelMs`
 * thrown; a switch is active exactly at its end.
 */
export class BoltMechanics {
  /** Every run of the motor since the world began. */
  readonly drives: Drive[] = [];
  /** A jammed bolt stops the motor's work, not that of handle and key. */
  private stuck = false;
  private place: number;
  private placeMs = 0;
  private motor: Direction | 0 = 0;
  private arrival: Appointment | null = null;

  constructor(private readonly scheduler: Scheduler, private readonly switches: BoltSwitches, place: number = travelMs) {
    this.place = place;
  }

  /** 0 withdrawn to `travelMs` thrown. */
  position(): number {
    const elapsed = this.scheduler.nowMs - this.placeMs;
    return Math.min(travelMs, Math.max(0, this.place + this.speed() * elapsed));
  }

  get jammed(): boolean {
    return this.stuck;
  }

  /** The direction the motor is driven in, 0 while it stands. */
  get driven(): Direction | 0 {
    return this.motor;
  }

  /** Both pins at once brake the motor: it stands. */
  drive(withdraw: number, thrown: number, doorOpen: boolean): void {
    const wanted = withdraw === thrown ? 0 : withdraw === 1 ? Direction.Withdraw : Direction.Throw;
    if (wanted === this.motor) return;
    this.settle();
    this.endDrive();
    this.motor = wanted;
    if (wanted !== 0) {
      const startMs = this.scheduler.nowMs;
      this.drives.push({ direction: wanted, startMs, endMs: null, doorOpenMs: doorOpen ? startMs : null });
    }
    this.expect();
  }

  jam(stuck: boolean): void {
    this.settle();
    this.stuck = stuck;
    this.expect();
  }

  /** By handle or mechanical key, at once. @param place 0 or `travelMs`. */
  moveByHand(place: number): void {
    this.settle();
    this.place = place;
    this.report();
    this.expect();
  }

  onDoorOpen(): void {
    const drive = this.drives.at(-1);
    if (drive !== undefined && drive.endMs === null) drive.doorOpenMs ??= this.scheduler.nowMs;
  }

  /** Tells both switches as they are now. */
  report(): void {
    const at = this.position();
    // The switch that is left opens before the other one closes.
    if (at > 0) this.switches.withdrawn(false);
    if (at < travelMs) this.switches.thrown(false);
    if (at <= 0) this.switches.withdrawn(true);
    if (at >= travelMs) this.switches.thrown(true);
  }

  private speed(): number {
    if (this.stuck || this.motor === 0) return 0;
    return this.motor === Direction.Throw ? 1 : -1;
  }

  private settle(): void {
    this.place = this.position();
    this.placeMs = this.scheduler.nowMs;
  }

  private endDrive(): void {
    const drive = this.drives.at(-1);
    if (drive !== undefined && drive.endMs === null) drive.endMs = this.scheduler.nowMs;
  }

  /** The next switch that the running motor changes: leaving one end, then reaching the other. */
  private expect(): void {
    this.scheduler.cancel(this.arrival);
    this.arrival = null;
    const speed = this.speed();
    const left = speed > 0 ? travelMs - this.place : this.place;
    if (speed === 0 || left <= 0) return;
    const leavingAnEnd = this.place <= 0 || this.place >= travelMs;
    this.arrival = this.scheduler.after(leavingAnEnd ? 1 : left, () => {
      this.settle();
      this.report();
      this.expect();
    });
  }
}
