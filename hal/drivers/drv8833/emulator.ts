/**
 * A DRV8833 or DRV8837 with its motor, gear, bolt and sense resistor. It is strict: both inputs high,
 * inputs driven while the bridge sleeps or wakes and a sleep in mid-drive are errors of the driver.
 */
import { Adc, Pwm } from "../../ports";
import { BoltPosition, Direction } from "../../roles";

/** The part of a scheduler that is needed. */
export interface Times {
  readonly nowMs: number;
  after(ms: number, act: () => void): unknown;
}

export interface BridgeOptions {
  /** From end to end at full speed on the battery. */
  travelMs?: number;
  /** 0 withdrawn to 1 thrown. */
  place?: number;
  /** nSLEEP is tied to the supply. */
  awake?: boolean;
  /** A coupling with a spring: it stays where it was driven, and there are no end switches. */
  reached?: (position: BoltPosition) => void;
}

/** One run of the motor in one direction. */
export interface Drive { direction: Direction; startMs: number; endMs: number | null }

const usbSpeed = 0.6;
const wakeMs = 1;
const startMs = 120;
/** At the sense resistor: running free, and standing. */
const runningMv = 30;
const standingMv = 220;
const tickMs = 5;

export class BridgeEmulator {
  readonly drives: Drive[] = [];
  /** The bolt does not move, whatever the motor does. */
  jammed = false;
  usb = false;
  place: number;
  /** Noise on the sense line, mV, added to each reading in turn. */
  noise: number[] = [];
  private readonly travelMs: number;
  private readonly inputs = [0, 0];
  private sleeping: boolean;
  private awakeAtMs = -wakeMs;
  private movedMs = 0;
  private told: BoltPosition;

  constructor(private readonly times: Times, private readonly options: BridgeOptions = {}) {
    this.travelMs = options.travelMs ?? 800;
    this.place = options.place ?? 1;
    this.sleeping = options.awake !== true;
    this.told = this.position();
  }

  /** By its switches. */
  position(): BoltPosition {
    this.move();
    if (this.place <= 0) return BoltPosition.Withdrawn;
    return this.place >= 1 ? BoltPosition.Thrown : BoltPosition.Between;
  }

  get running(): Drive | null {
    const last = this.drives.at(-1);
    return last !== undefined && last.endMs === null ? last : null;
  }

  sleep(level: number): void {
    if (level === 1 && this.sleeping) this.awakeAtMs = this.times.nowMs;
    if (level === 0 && (this.inputs[0] > 0 || this.inputs[1] > 0)) throw new Error("the bridge is put to sleep while an input is high");
    this.sleeping = level === 0;
  }

  /** @param input 0 or 1 @param share of full speed, 0 to 1 */
  input(input: number, share: number): void {
    if (this.inputs[input] === share) return;
    this.move();
    if (share > 0) this.mayDrive(input);
    this.inputs[input] = share;
    if (share > 0) this.begin(input === 0 ? Direction.Withdraw : Direction.Throw);
    else this.end();
  }

  /** One input as a PWM output. */
  pwm(input: number): Pwm {
    return {
      start: (hertz, permille) => {
        if (hertz < 20000 || hertz > 100000) throw new Error(`${hertz} Hz on a motor: it would whistle`);
        if (permille < 1 || permille > 1000) throw new Error(`${permille} permille`);
        this.input(input, permille / 1000);
      },
      stop: () => this.input(input, 0),
    };
  }

  /** Over the sense resistor. */
  get sense(): Adc {
    return { read: () => this.senseMv() + (this.noise.shift() ?? 0) };
  }

  private mayDrive(input: number): void {
    if (this.inputs[1 - input] > 0) throw new Error("both inputs are high: that is a brake");
    if (this.sleeping) throw new Error("the bridge sleeps");
    if (this.times.nowMs - this.awakeAtMs < wakeMs) throw new Error("the bridge is not awake yet");
  }

  private begin(direction: Direction): void {
    this.drives.push({ direction, startMs: this.times.nowMs, endMs: null });
    this.movedMs = this.times.nowMs;
    this.tick();
  }

  private end(): void {
    const drive = this.running;
    if (drive !== null) drive.endMs = this.times.nowMs;
  }

  private speed(): number {
    if (this.jammed || this.running === null) return 0;
    const share = this.inputs[this.running.direction === Direction.Withdraw ? 0 : 1];
    return share * (this.usb ? usbSpeed : 1) / this.travelMs * (this.running.direction === Direction.Throw ? 1 : -1);
  }

  private move(): void {
    const ms = this.times.nowMs - this.movedMs;
    this.movedMs = this.times.nowMs;
    // Rounded, so that many small steps reach the end when one large one does.
    if (ms > 0) this.place = Math.min(1, Math.max(0, Math.round((this.place + this.speed() * ms) * 1e6) / 1e6));
  }

  private tick(): void {
    const position = this.position();
    if (position !== this.told) {
      this.told = position;
      this.options.reached?.(position);
    }
    if (this.running !== null) this.times.after(tickMs, () => this.tick());
  }

  private senseMv(): number {
    this.move();
    const { running } = this;
    if (running === null) return 0;
    const ms = this.times.nowMs - running.startMs;
    const end = running.direction === Direction.Throw ? this.place >= 1 : this.place <= 0;
    if (this.jammed || end) return standingMv;
    return ms >= startMs ? runningMv : standingMv - Math.floor((standingMv - runningMv) * ms / startMs);
  }
}
