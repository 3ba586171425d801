import { Drv8833Part } from "../../../../drivers/drv8833/part";
import { BoltMechanics, travelMs } from "../bolt";
import { Wires } from "../wires";

/** From nSLEEP to the first drive, by the data sheet. */
const wakeMs = 1;
/** The motor's start draws as much as standing, for so long. */
const startMs = 120;
/** Of the current of a motor that stands. */
const runningShare = 0.15;
/** The board's threshold is 70 to 80 % of what was measured with the bolt held. */
const thresholdShare = 0.75;

/**
 * The H-bridge and the bolt's motor. Throws on both inputs high at once, on a drive of a bridge that sleeps or has
 * only just woken, and on a sleep in mid-drive.
 */
export class MotorBridge {
  private readonly inputs = [0, 0];
  private awake: boolean;
  private awakeAtMs = -wakeMs;

  constructor(private readonly wires: Wires, part: Drv8833Part, private readonly bolt: BoltMechanics, private readonly doorOpen: () => boolean) {
    const { inputs, sleepPin, sensePin, stallMv } = part;
    const pins = [inputs.in1Pin, inputs.in2Pin];
    for (const [input, pin] of pins.entries()) {
      if (inputs.kind === "pwm") wires.onWave(pin, (hertz) => this.drive(input, hertz > 0 ? 1 : 0));
      else wires.onOutput(pin, (level) => this.drive(input, level));
    }
    this.awake = sleepPin < 0;
    wires.onOutput(sleepPin, (level) => this.wake(level === 1));
    wires.voltage(sensePin, () => this.senseMv(stallMv / thresholdShare));
  }

  private wake(awake: boolean): void {
    // When the supply goes, all the pins fall, in whatever order.
    if (!awake && this.inputs.includes(1) && this.wires.powered) throw new Error("DRV8833: put to sleep while an input is high");
    if (awake && !this.awake) this.awakeAtMs = this.wires.scheduler.nowMs;
    this.awake = awake;
    this.move();
  }

  private drive(input: number, level: number): void {
    if (level === 1) {
      if (!this.awake) throw new Error("DRV8833: driven while it sleeps");
      if (this.wires.scheduler.nowMs - this.awakeAtMs < wakeMs) throw new Error("DRV8833: driven before it is awake");
      if (this.inputs[1 - input] === 1) throw new Error("DRV8833: both inputs are high, which is a brake");
    }
    this.inputs[input] = level;
    this.move();
  }

  private move(): void {
    const [withdraw, thrown] = this.awake ? this.inputs : [0, 0];
    this.bolt.drive(withdraw, thrown, this.doorOpen());
  }

  /** Over the sense resistor. */
  private senseMv(standingMv: number): number {
    const drive = this.bolt.drives.at(-1);
    if (drive === undefined || drive.endMs !== null) return 0;
    const place = this.bolt.position();
    const stands = this.bolt.jammed || this.wires.scheduler.nowMs - drive.startMs < startMs || place <= 0 || place >= travelMs;
    return stands ? standingMv : standingMv * runningShare;
  }
}
