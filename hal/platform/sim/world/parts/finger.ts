import { Board } from "../../../../board";
import { R503Emulator } from "../../../../drivers/r503/emulator";
import { ModuleKind, ModuleMemory, moduleKinds, Presence } from "../../../../drivers/r503/emulator-sensor";
import { R503Part } from "../../../../drivers/r503/part";
import { Appointment } from "../scheduler";
import { Coming, Visitors } from "../visitors";
import { Wires } from "../wires";
import { Module, Modules } from "./module";
import { connect } from "./uart";

const baud = 57600;
/** Chosen: longer than a driver without a wake line needs for two images without a finger. */
const liftMs = 500;
/** Chosen: a driver that sends nothing for so long after an image has its verdict; between two tries pass 100 ms and an image. */
const quietMs = 300;
/** Images in a row, with a finger and without its features: it is waited for to be lifted. */
const waitingImages = 3;

const enum Code { Image = 0x01, Features = 0x02, Found = 0x00 }

/** A fingerprint reader, and the fingers on it. */
export class FingerReader {
  readonly emulator: R503Emulator;
  readonly module: Module;
  private readonly fingers: Visitors<Presence>;
  private quiet: Appointment | null = null;
  /** Since the finger came: its features were taken, and images came without. */
  private extracted = false;
  private images = 0;

  constructor(private readonly wires: Wires, board: Board, part: R503Part, private readonly kept: Modules<ModuleMemory>) {
    const send = connect(wires, board, part.uart, baud, (bytes) => this.emulator.receive(bytes));
    this.emulator = new R503Emulator(wires.scheduler, send, kindOf(part), kept.all[kept.present]);
    this.emulator.onTheLine = (frame, command) => {
      this.answered(command, frame.charCodeAt(9));
      return frame;
    };
    this.emulator.onWake = (level) => wires.input(part.wakePin, level);
    wires.input(part.wakePin, this.emulator.wakeLevel);
    wires.onSupply(part.powerPin, part.powerActiveLevel, (on) => this.emulator.power(on));
    this.fingers = new Visitors(wires.scheduler, liftMs, (finger) => this.place(finger));
    this.module = {
      silence: (silent) => { this.emulator.silent = silent; },
      swap: () => this.swap(part),
    };
  }

  /** The finger that is there, null = none. */
  get presence(): Presence | null {
    return this.fingers.present;
  }

  /** Template number and whose finger it is, of the module that is in the lock. */
  get templates(): [number, number][] {
    return this.emulator.save().templates;
  }

  put(finger: Presence): Coming {
    return this.fingers.put(finger);
  }

  off(): Coming {
    return this.fingers.off();
  }

  /** The answer of a search that nobody asked for, on the line. */
  sayMatch(template: number): void {
    this.emulator.sendRaw(foundFrame(template));
  }

  save(): Modules<ModuleMemory> {
    this.kept.all[this.kept.present] = this.emulator.save();
    return { present: this.kept.present, all: [...this.kept.all] };
  }

  private place(finger: Presence | null): void {
    this.wires.scheduler.cancel(this.quiet);
    this.extracted = false;
    this.images = 0;
    if (finger === null) this.emulator.off();
    else this.emulator.put(finger);
  }

  private answered(command: number, code: number): void {
    const { scheduler } = this.wires;
    scheduler.cancel(this.quiet);
    if (!this.emulator.sensor.seen) return;
    const image = command === Code.Image && code === Code.Found;
    this.images = image ? this.images + 1 : 0;
    if (image && (this.extracted || this.images >= waitingImages)) this.fingers.judge();
    if (command === Code.Features && code === Code.Found) this.extracted = true;
    this.quiet = scheduler.after(quietMs, () => this.fingers.judge());
  }

  private swap(part: R503Part): void {
    const { kept } = this;
    kept.all[kept.present] = this.emulator.save();
    kept.present = kept.present === 0 ? 1 : 0;
    if (kept.all.length <= kept.present) kept.all.push(otherModule(part));
    this.emulator.swap(kept.all[kept.present]);
  }
}

/** @param kept as `save` gave it, null for a new one @returns null if the board has none */
export function newFingerReader(wires: Wires, board: Board, kept: Modules<ModuleMemory> | null): FingerReader | null {
  const part = board.parts.finger;
  return part === undefined ? null : new FingerReader(wires, board, part, kept ?? newModules(part));
}

/** A new module as it comes out of its box, but for the password that the board says it has. */
function newModules(part: R503Part): Modules<ModuleMemory> {
  return { present: 0, all: [{ templates: [], notepad: [], serial: "1f".repeat(32), password: part.password.toLowerCase() }] };
}

/** One that has served another lock: it would know finger 1 by the lock's first template. */
function otherModule(part: R503Part): ModuleMemory {
  return { templates: [[0, 1]], notepad: [[1, "5a".repeat(32)]], serial: "2f".repeat(32), password: part.password.toLowerCase() };
}

/** The kind of module that the board's options fit. */
function kindOf(part: R503Part): ModuleKind {
  const { dialect, ring, serial, wakeActiveLevel, powerPin } = part;
  const { zw111, r503, r307 } = moduleKinds;
  const kind = dialect === "synochip" ? zw111 : serial || ring === "aura" ? r503 : r307;
  // Whose supply is the lock's own gets no rest from the driver.
  return { ...kind, ring, serial, wakeActiveLevel, restMs: powerPin < 0 ? 0 : kind.restMs };
}

function foundFrame(template: number): string {
  const body = [7, 0, 7, 0, template >> 8, template & 255, 0, 150];
  const sum = body.reduce((all, byte) => all + byte, 0);
  return String.fromCharCode(0xEF, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, ...body, sum >> 8, sum & 255);
}
