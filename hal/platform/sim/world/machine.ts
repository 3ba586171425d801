import { BootCause } from "../../../ports";
import { Chip, Engine, Image, PowerLost } from "../chip";
import { Entropy, sha256 } from "./entropy";
import { NorFlash } from "./flash";
import { I2cBus, I2cPart } from "./i2c-bus";
import { Appointment, Scheduler } from "./scheduler";

/** What the machine tells the world around it. */
export interface MachineEvents {
  /** The lock drives an output. */
  output(pin: number, level: number): void;
  sent(port: number, bytes: string): void;
  /** An output has another tone or share of time; both 0 = low. */
  pwm(pin: number, hertz: number, permille: number): void;
  /** Supply or chip restart: everything the lock powered begins anew (true) or is dead (false). */
  powered(on: boolean): void;
}

/** What the converters measure at most. */
const highestMv = 3300;

/**
 * The chip under the running image. The image is never entered twice at once: what the outside
 * does reaches it as a happening of the scheduler, after what is already due.
 */
export class Machine implements Chip {
  private image: Image | null = null;
  private supplied = false;
  private restartAsked = false;
  private restartDue: Appointment | null = null;
  private inside = false;
  private bootedMs = 0;
  private cause: BootCause = BootCause.Power;
  /** Counts boots: a happening meant for an image that has gone is dropped. */
  private life = 0;
  private readonly levels = new Map<number, number>();
  private readonly outputs = new Set<number>();
  private readonly timers = new Map<number, Appointment>();
  private readonly buses = [new I2cBus(0), new I2cBus(1)];
  private readonly voltages = new Map<number, () => number>();
  /** Hertz and permille of the outputs that are not low. */
  private readonly waves = new Map<number, string>();

  constructor(
    private readonly scheduler: Scheduler,
    readonly flash: NorFlash,
    private readonly entropy: Entropy,
    private readonly engine: Engine,
    private readonly events: MachineEvents,
  ) {
    flash.onPowerLost = () => this.loseSupply();
  }

  // ---- the outside

  /** True also in the instant between two images of a restart. */
  get powered(): boolean {
    return this.supplied || this.restartDue !== null;
  }

  /** How often an image was started. */
  get boots(): number {
    return this.life;
  }

  /** Bytes of heap the image uses, -1 when unknown or without power. */
  memory(): number {
    return this.image === null ? -1 : this.image.memory();
  }

  powerOn(cause: BootCause = BootCause.Power): void {
    if (!this.powered) this.boot(cause);
  }

  /** At once, wherever the image is; a cut that was still to come is forgotten. */
  powerOff(): void {
    this.scheduler.cancel(this.restartDue);
    this.restartDue = null;
    this.flash.cutAt(null);
    this.loseSupply();
    this.endImage();
  }

  /** The outside moves an input. */
  setInput(pin: number, level: number): void {
    if (this.level(pin) === level) return;
    this.levels.set(pin, level);
    this.tell((image) => image.pinChanged(pin, level));
  }

  /** Bytes arrive at a UART of the lock. */
  deliver(port: number, bytes: string): void {
    this.tell((image) => image.received(port, bytes));
  }

  /** The outside puts a voltage at an analogue input. */
  setVoltage(pin: number, millivolts: number): void {
    this.attachVoltage(pin, () => millivolts);
  }

  /** @param read asked at each measurement, mV */
  attachVoltage(pin: number, read: () => number): void {
    this.voltages.set(pin, read);
  }

  /** The part answers to the lock from now on, through all boots. */
  attachI2c(bus: number, address: number, part: I2cPart): void {
    this.bus(bus).attach(address, part);
  }

  // ---- Chip

  now(): number {
    return this.scheduler.nowMs - this.bootedMs;
  }

  readPin(pin: number): number {
    return this.level(pin);
  }

  writePin(pin: number, level: number): void {
    if (!this.supplied) return;
    this.outputs.add(pin);
    if (this.level(pin) === level) return;
    this.levels.set(pin, level);
    this.events.output(pin, level);
  }

  send(port: number, bytes: string): void {
    if (this.supplied) this.events.sent(port, bytes);
  }

  setTimer(id: number, ms: number): void {
    this.scheduler.cancel(this.timers.get(id) ?? null);
    this.timers.delete(id);
    if (!this.supplied || ms < 0) return;
    this.timers.set(id, this.scheduler.after(ms, () => {
      this.timers.delete(id);
      this.enter((image) => image.timerFired(id));
    }));
  }

  i2cWrite(bus: number, address: number, bytes: string): boolean {
    return this.supplied && this.bus(bus).write(address, bytes);
  }

  i2cRead(bus: number, address: number, register: number, length: number): string {
    return this.supplied ? this.bus(bus).read(address, register, length) : "";
  }

  readAdc(pin: number): number {
    const millivolts = this.voltages.get(pin)?.() ?? 0;
    return Math.min(highestMv, Math.max(0, Math.round(millivolts)));
  }

  setPwm(pin: number, hertz: number, permille: number): void {
    if (!this.supplied) return;
    const low = hertz === 0 || permille === 0;
    const wave = low ? undefined : `${hertz} ${permille}`;
    if (this.waves.get(pin) === wave) return;
    if (wave === undefined) this.waves.delete(pin);
    else this.waves.set(pin, wave);
    this.events.pwm(pin, low ? 0 : hertz, low ? 0 : permille);
  }

  readFlash(address: number, length: number): string {
    this.demandSupply();
    return this.flash.read(address, length);
  }

  writeFlash(address: number, bytes: string): void {
    this.demandSupply();
    this.flash.write(address, bytes);
  }

  eraseFlash(page: number): void {
    this.demandSupply();
    this.flash.erase(page);
  }

  sha256(bytes: string): string {
    return sha256(bytes);
  }

  random(count: number): string {
    return this.entropy.take(count);
  }

  bootCause(): BootCause {
    return this.cause;
  }

  restart(): void {
    if (this.supplied) this.restartAsked = true;
  }

  // ---- inner working

  private level(pin: number): number {
    return this.levels.get(pin) ?? 0;
  }

  private bus(number: number): I2cBus {
    if (number !== 0 && number !== 1) throw new Error(`there is no I2C bus ${number}, only 0 and 1`);
    return this.buses[number];
  }

  private demandSupply(): void {
    if (!this.supplied) throw new PowerLost();
  }

  private tell(act: (image: Image) => void): void {
    if (!this.supplied) return;
    const life = this.life;
    this.scheduler.after(0, () => {
      if (life === this.life) this.enter(act);
    });
  }

  private boot(cause: BootCause): void {
    this.life++;
    this.supplied = true;
    this.restartAsked = false;
    this.cause = cause;
    this.bootedMs = this.scheduler.nowMs;
    this.events.powered(true);
    this.guarded(() => { this.image = this.engine(this); });
  }

  private enter(act: (image: Image) => void): void {
    const image = this.image;
    if (image !== null && this.supplied) this.guarded(() => act(image));
  }

  /** Runs the image; afterwards does what it asked for or what befell it. */
  private guarded(run: () => void): void {
    if (this.inside) throw new Error("the image was entered while it was running");
    this.inside = true;
    try {
      run();
    } catch (error) {
      if (!(error instanceof PowerLost)) {
        this.inside = false;
        this.powerOff();
        throw error;
      }
      this.loseSupply();
    }
    this.inside = false;
    if (!this.supplied) this.endImage();
    else if (this.restartAsked) this.restartNow();
  }

  /** The next image starts as a happening of its own, so that a lock that always restarts cannot recurse. */
  private restartNow(): void {
    this.loseSupply();
    this.endImage();
    this.restartDue = this.scheduler.after(0, () => {
      this.restartDue = null;
      this.boot(BootCause.Restart);
    });
  }

  /** Outputs fall, timers and everything under way are gone; inputs, flash and time stay. */
  private loseSupply(): void {
    if (!this.supplied) return;
    this.supplied = false;
    for (const appointment of this.timers.values()) this.scheduler.cancel(appointment);
    this.timers.clear();
    for (const pin of this.outputs) {
      if (this.level(pin) === 0) continue;
      this.levels.set(pin, 0);
      this.events.output(pin, 0);
    }
    this.outputs.clear();
    for (const pin of this.waves.keys()) this.events.pwm(pin, 0, 0);
    this.waves.clear();
    this.events.powered(false);
  }

  private endImage(): void {
    if (this.inside) return;
    const image = this.image;
    this.image = null;
    if (image !== null) image.end();
  }
}
