import { Board } from "../../../board";
import { BootCause } from "../../../ports";
import { Engine } from "../chip";
import { BatteryBox } from "./battery";
import { BoltMechanics } from "./bolt";
import { Entropy } from "./entropy";
import { FaceModule } from "./face";
import { NorFlash } from "./flash";
import { LineReader, Link } from "./link";
import { Machine } from "./machine";
import { Keypad, Lamps, Speaker } from "./outputs";
import { ReaderModule } from "./reader";
import { Scheduler } from "./scheduler";
import { actOnLine, StandinParts } from "./standin";
import { newStanding, Standing } from "./standing";
import { TemplateMemory } from "./templates";

export interface WorldOptions {
  board: Board;
  engine: Engine;
  /** Makes every random byte the same from run to run; left out = the system's randomness. */
  seed?: string;
  /** Contents of the flash, pageSize * pages bytes; left out = erased. */
  flash?: Uint8Array;
  /** How the surroundings stand; left out = door closed, bolt thrown, battery full, modules empty. */
  standing?: Standing;
}

/** How long the rear handle is held down. */
const handleMs = 300;

/** Switches that the outside moves and the lock reads. */
export type Button = "set" | "lock";

/** The lock's chip, its parts and everything around it, in virtual time. */
export class World implements StandinParts {
  readonly scheduler = new Scheduler();
  readonly machine: Machine;
  readonly flash: NorFlash;
  readonly keypad: Keypad;
  readonly speaker: Speaker;
  readonly lamps: Lamps;
  readonly battery: BatteryBox;
  readonly finger: ReaderModule;
  readonly palm: ReaderModule;
  readonly face: FaceModule;
  readonly bolt: BoltMechanics;
  readonly board: Board;
  /** Told of every byte the lock prints on its console, for a terminal. */
  onConsole: (bytes: string) => void = () => undefined;
  /** Told of every line the lock prints on its console, without the prompt. */
  onLine: (line: string) => void = () => undefined;
  /** The lock has printed its `boot` line since the power came. */
  booted = false;
  /** Told after the supply came (true) or went (false); a chip restart is both. */
  onPower: (on: boolean) => void = () => undefined;
  /** Told when a PWM output gets another tone or share of time, 0 and 0 = low. */
  onPwm: (pin: number, hertz: number, permille: number) => void = () => undefined;
  private readonly standinLines = new LineReader((line) => this.toParts(line));
  private readonly consoleLines = new LineReader((line) => this.printed(line));

  constructor(options: WorldOptions) {
    const standing = options.standing ?? newStanding();
    const { board } = options;
    this.board = board;
    this.flash = new NorFlash(board.flash.pageSize, board.flash.pages, options.flash);
    this.machine = new Machine(this.scheduler, this.flash, new Entropy(options.seed ?? null), options.engine, {
      output: () => this.driveMotor(),
      sent: (port, bytes) => this.sent(port, bytes),
      pwm: (pin, hertz, permille) => this.onPwm(pin, hertz, permille),
      powered: (on) => this.powered(on),
    });
    const link = this.newLink();
    this.keypad = new Keypad(link);
    this.speaker = new Speaker(this.scheduler, link);
    this.lamps = new Lamps();
    this.battery = new BatteryBox(this.scheduler, link);
    const { finger, palm, face } = standing.templates;
    this.finger = new ReaderModule(this.scheduler, link, { name: "finger", steps: 3, answerMs: 300 }, new TemplateMemory(finger));
    this.palm = new ReaderModule(this.scheduler, link, { name: "palm", steps: 1, answerMs: 400 }, new TemplateMemory(palm));
    this.face = new FaceModule(this.scheduler, link, { name: "face", steps: 5, answerMs: 500 }, new TemplateMemory(face));
    this.bolt = new BoltMechanics(this.scheduler, {
      withdrawn: (active) => this.machine.setInput(board.pins.boltWithdrawn, active ? 1 : 0),
      thrown: (active) => this.machine.setInput(board.pins.boltThrown, active ? 1 : 0),
    }, standing.boltMs);
    this.stand(standing);
  }

  // ---- time and power

  /** Milliseconds since the world began. */
  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  /** Lets time pass. @param enough asked after each happening; true stops the clock there. */
  advance(ms: number, enough?: () => boolean): void {
    this.scheduler.run(this.scheduler.nowMs + ms, enough);
  }

  powerOn(cause?: BootCause): void {
    this.machine.powerOn(cause);
  }

  powerOff(): void {
    this.machine.powerOff();
  }

  /** Bytes typed at the lock's serial console. */
  type(bytes: string): void {
    this.machine.deliver(this.board.uarts.console, bytes);
  }

  // ---- mechanics

  get doorOpen(): boolean {
    return this.machine.readPin(this.board.pins.doorOpen) === 1;
  }

  setDoor(open: boolean): void {
    this.machine.setInput(this.board.pins.doorOpen, open ? 1 : 0);
    if (open) this.bolt.onDoorOpen();
  }

  get tamperOpen(): boolean {
    return this.machine.readPin(this.board.pins.tamperOpen) === 1;
  }

  setTamper(open: boolean): void {
    this.machine.setInput(this.board.pins.tamperOpen, open ? 1 : 0);
  }

  pressButton(button: Button, down: boolean): void {
    const pin = button === "set" ? this.board.pins.setButton : this.board.pins.lockButton;
    this.machine.setInput(pin, down ? 1 : 0);
  }

  /** The rear handle: its contact closes, and the bolt is withdrawn at once, by the hand alone. */
  turnHandle(): void {
    const pin = this.board.pins.handle;
    this.machine.setInput(pin, 1);
    this.bolt.moveByHand(0);
    this.scheduler.after(handleMs, () => this.machine.setInput(pin, 0));
  }

  // ---- wiring

  private newLink(): Link {
    const machine = this.machine;
    const port = this.board.uarts.standin;
    return {
      get powered() { return machine.powered; },
      send: (line) => machine.deliver(port, `${line}\n`),
    };
  }

  private stand(standing: Standing): void {
    this.battery.mv = standing.batteryMv;
    this.battery.usb = standing.usb;
    this.setDoor(standing.doorOpen);
    this.setTamper(standing.tamperOpen);
    this.bolt.jam(standing.jammed);
    this.bolt.report();
  }

  private driveMotor(): void {
    const { motorWithdraw, motorThrow } = this.board.pins;
    this.bolt.drive(this.machine.readPin(motorWithdraw), this.machine.readPin(motorThrow), this.doorOpen);
  }

  private sent(port: number, bytes: string): void {
    if (port === this.board.uarts.standin) this.standinLines.take(bytes);
    else if (port === this.board.uarts.console) {
      this.consoleLines.take(bytes);
      this.onConsole(bytes);
    }
  }

  private printed(line: string): void {
    const bare = line.replace(/^(lock> )+/, "");
    if (/^@\d+ boot /.test(bare)) this.booted = true;
    this.onLine(bare);
  }

  /** A line that no part knows is a fault of the image: it stops the world, not the image in the midst of its work. */
  private toParts(line: string): void {
    try {
      actOnLine(this, line);
    } catch (error) {
      this.scheduler.after(0, () => { throw error; });
    }
  }

  private powered(on: boolean): void {
    this.standinLines.clear();
    this.consoleLines.clear();
    this.booted = false;
    this.keypad.powered();
    this.speaker.powered();
    this.lamps.powered();
    for (const reader of [this.finger, this.palm, this.face]) reader.powered();
    this.battery.powered(on);
    this.onPower(on);
  }
}

export function newWorld(options: WorldOptions): World {
  return new World(options);
}
