import { Board } from "../../../board";
import { BootCause } from "../../../ports";
import { Engine } from "../chip";
import { BoltMechanics } from "./bolt";
import { Entropy } from "./entropy";
import { NorFlash } from "./flash";
import { LineReader } from "./lines";
import { Machine } from "./machine";
import { BatteryBox } from "./parts/battery";
import { Beeper } from "./parts/beeper";
import { BatteryClock, newBatteryClock } from "./parts/clock";
import { ContactSet } from "./parts/contacts";
import { FingerReader, newFingerReader } from "./parts/finger";
import { Keypad } from "./parts/keypad";
import { newKeyLights } from "./parts/key-lights";
import { newKeys } from "./parts/keys";
import { Lamps } from "./parts/lamps";
import { Module } from "./parts/module";
import { MotorBridge } from "./parts/motor";
import { newPalmFaceReader, PalmFaceReader } from "./parts/palm-face";
import { Speaker } from "./parts/speaker";
import { Scheduler } from "./scheduler";
import { newStanding, Standing } from "./standing";
import { Probe, Wires } from "./wires";

export interface WorldOptions {
  /** The emulators of its parts make the world. */
  board: Board;
  engine: Engine;
  /** Makes every random byte the same from run to run; left out = the system's randomness. */
  seed?: string;
  /** Contents of the flash, pageSize * pages bytes; left out = erased. */
  flash?: Uint8Array;
  /** How the surroundings stand; left out = door closed, bolt thrown, battery full, modules new. */
  standing?: Standing;
}

/** How long the rear handle is held down. */
const handleMs = 300;

/** Switches that the outside moves and the lock reads. */
export type Button = "set" | "lock";

/** The lock's chip, its parts and everything around it, in virtual time. */
export class World {
  readonly scheduler = new Scheduler();
  readonly machine: Machine;
  readonly flash: NorFlash;
  readonly keypad: Keypad;
  readonly speaker: Speaker;
  readonly beeper: Beeper;
  readonly lamps: Lamps;
  readonly battery: BatteryBox;
  readonly bolt: BoltMechanics;
  /** null, as those below, on a board without one. */
  readonly finger: FingerReader | null;
  readonly palmFace: PalmFaceReader | null;
  readonly clock: BatteryClock | null;
  readonly board: Board;
  /** By the names that the bench knows them by. */
  readonly modules: ReadonlyMap<string, Module>;
  /** Told of every byte the lock prints on its console, for a terminal. */
  onConsole: (bytes: string) => void = () => undefined;
  /** Told of every line the lock prints on its console, without the prompt. */
  onLine: (line: string) => void = () => undefined;
  /** The lock has printed its `boot` line since the power came. */
  booted = false;
  /** Told after the supply came (true) or went (false); a chip restart is both. */
  onPower: (on: boolean) => void = () => undefined;
  private readonly contacts: ContactSet;
  private readonly wires: Wires;
  private readonly consoleLines = new LineReader((line) => this.printed(line));

  constructor(options: WorldOptions) {
    const standing = structuredClone(options.standing ?? newStanding());
    const { board } = options;
    const { parts } = board;
    this.board = board;
    this.flash = new NorFlash(board.flash.pageSize, board.flash.pages, options.flash);
    this.machine = this.newMachine(options);
    const wires = this.wires = new Wires(this.scheduler, this.machine);
    this.contacts = new ContactSet(wires, parts.contacts);
    this.bolt = new BoltMechanics(this.scheduler, {
      withdrawn: (active) => this.contacts.set("boltWithdrawn", active),
      thrown: (active) => this.contacts.set("boltThrown", active),
    }, standing.boltMs);
    new MotorBridge(wires, parts.bolt, this.bolt, () => this.doorOpen);
    const keys = newKeys(wires, parts.keys);
    const lights = newKeyLights(wires, parts.keyLights);
    this.keypad = new Keypad(keys, lights);
    this.lamps = new Lamps(wires, parts.lamps);
    this.battery = new BatteryBox(wires, parts.battery, () => this.bolt.driven !== 0);
    this.beeper = new Beeper(wires, parts.beeper.pin);
    this.speaker = new Speaker(wires, board);
    this.finger = newFingerReader(wires, board, standing.modules.finger);
    this.palmFace = newPalmFaceReader(wires, board, standing.modules.palmFace);
    this.clock = newBatteryClock(wires, board, standing.clock);
    this.modules = present({
      finger: this.finger?.module, palmface: this.palmFace?.module, keys: keys.module, lights: lights.module,
      speech: this.speaker.module, clock: this.clock?.module,
    });
    wires.uart(board.console.uart, (bytes) => this.heard(bytes));
    wires.onPower((on) => this.powered(on));
    this.stand(standing);
  }

  /** Told of all that passes on the lock's wires, null = nobody is. */
  set probe(probe: Probe | null) {
    this.wires.probe = probe;
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
    this.wires.deliver(this.board.console.uart, bytes);
  }

  // ---- mechanics

  get doorOpen(): boolean {
    return this.contacts.is("doorOpen");
  }

  setDoor(open: boolean): void {
    this.contacts.set("doorOpen", open);
    if (open) this.bolt.onDoorOpen();
  }

  get tamperOpen(): boolean {
    return this.contacts.is("tamper");
  }

  setTamper(open: boolean): void {
    this.contacts.set("tamper", open);
  }

  pressButton(button: Button, down: boolean): void {
    this.contacts.set(button === "set" ? "set" : "lockButton", down);
  }

  /** The rear handle: its contact closes, and the bolt is withdrawn at once, by the hand alone. */
  turnHandle(): void {
    this.contacts.set("handle", true);
    this.bolt.moveByHand(0);
    this.scheduler.after(handleMs, () => this.contacts.set("handle", false));
  }

  // ---- wiring

  private newMachine(options: WorldOptions): Machine {
    return new Machine(this.scheduler, this.flash, new Entropy(options.seed ?? null), options.engine, {
      output: (pin, level) => this.wires.output(pin, level),
      sent: (port, bytes) => this.wires.sent(port, bytes),
      pwm: (pin, hertz, permille) => this.wires.wave(pin, hertz, permille),
      powered: (on) => this.wires.power(on),
    });
  }

  private stand(standing: Standing): void {
    this.battery.mv = standing.batteryMv;
    this.battery.plugUsb(standing.usb);
    this.setDoor(standing.doorOpen);
    this.setTamper(standing.tamperOpen);
    this.bolt.jam(standing.jammed);
    this.bolt.report();
  }

  private heard(bytes: string): void {
    this.consoleLines.take(bytes);
    this.onConsole(bytes);
  }

  private printed(line: string): void {
    const bare = line.replace(/^(lock> )+/, "");
    if (/^@\d+ boot /.test(bare)) this.booted = true;
    this.onLine(bare);
  }

  private powered(on: boolean): void {
    this.consoleLines.clear();
    this.booted = false;
    this.onPower(on);
  }
}

/** @returns those that there are */
function present(modules: { [name: string]: Module | null | undefined }): Map<string, Module> {
  const found = new Map<string, Module>();
  for (const [name, module] of Object.entries(modules)) if (module !== null && module !== undefined) found.set(name, module);
  return found;
}

export function newWorld(options: WorldOptions): World {
  return new World(options);
}
