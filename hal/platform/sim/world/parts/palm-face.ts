import { Board } from "../../../../board";
import { EfAaEmulator, ModuleMemory } from "../../../../drivers/efaa/emulator";
import { emulatedBuilds } from "../../../../drivers/efaa/emulator-builds";
import { FacePose, Sense, word } from "../../../../drivers/efaa/emulator-jobs";
import { EfAaPart } from "../../../../drivers/efaa/part";
import { Appointment } from "../scheduler";
import { Coming, Visitors } from "../visitors";
import { Wires } from "../wires";
import { Module, Modules } from "./module";
import { connect } from "./uart";

export type Person = number | "unknown";

/** The poses of a face enrolment, in the lock's order (C2). */
export const poses: readonly string[] = ["straight", "up", "down", "left", "right"] satisfies FacePose[];

const baud = 115200;
/** The driver takes somebody as gone who was not seen for 2 s; the module looks five times a second. */
const goneMs = 2500;
/** Chosen: less than the driver's pause between two looks, more than between two commands of one question. */
const quietMs = 250;
const nameSize = 32;

const enum Mid { Reply = 0x00, Verify = 0x12 }
const enum Result { Aborted = 2, Timeout = 13 }
/** Commands that look at people. */
const jobs = [Mid.Verify, 0x13, 0x1D, 0x26, 0x27];

interface Posed { who: Person; pose: FacePose | null }

/** Whoever holds a hand or a face before the module. */
export class Reader {
  private readonly people: Visitors<Posed>;

  constructor(wires: Wires, private readonly emulator: EfAaEmulator, private readonly sense: Sense) {
    this.people = new Visitors(wires.scheduler, goneMs, (one) => emulator.put(sense, one?.who ?? null, one?.pose ?? null));
  }

  /** Who is there, null = nobody. */
  get presence(): Person | null {
    return this.people.present?.who ?? null;
  }

  /** Template number and identity. */
  get templates(): [number, number][] {
    return this.emulator.people.templates.filter((one) => one.sense === this.sense).map((one) => [one.id, one.identity]);
  }

  put(who: Person): Coming {
    return this.people.put({ who, pose: null });
  }

  /** A face in a pose; the same person only moves the head. */
  pose(who: number, pose: FacePose): Coming {
    return this.presence === who ? this.people.turn({ who, pose }) : this.people.put({ who, pose });
  }

  off(): Coming {
    return this.people.off();
  }

  judge(): void {
    this.people.judge();
  }
}

/** A module that recognises palms and faces. */
export class PalmFaceReader {
  readonly emulator: EfAaEmulator;
  readonly palm: Reader;
  readonly face: Reader;
  readonly module: Module;
  private quiet: Appointment | null = null;

  constructor(private readonly wires: Wires, board: Board, private readonly part: EfAaPart, private readonly kept: Modules<ModuleMemory>) {
    const far = 1 - part.nearLevel;
    const send = connect(wires, board, part.uart, baud, (bytes) => this.heard(bytes));
    this.emulator = new EfAaEmulator(wires.scheduler, (bytes) => {
      this.said(bytes);
      send(bytes);
    }, { build: part.build, onNear: (near) => wires.input(part.nearPin, near === 1 ? part.nearLevel : far) });
    this.emulator.load(kept.all[kept.present]);
    wires.input(part.nearPin, far);
    wires.onSupply(part.powerPin, 1, (on) => this.emulator.power(on));
    this.palm = new Reader(wires, this.emulator, "palm");
    this.face = new Reader(wires, this.emulator, "face");
    this.module = {
      silence: (silent) => { this.emulator.mute = silent; },
      swap: () => this.swap(),
    };
  }

  /** A match that nobody asked for, on the line. */
  sayMatch(template: number): void {
    const { firstPalm, status } = emulatedBuilds[this.part.build];
    const known = this.emulator.people.templates.find((one) => one.id === template);
    const sense = known?.sense ?? (template >= firstPalm ? "palm" : "face");
    const name = known?.name ?? "".padEnd(nameSize, "\0");
    const unlock = String.fromCharCode(status[sense === "face" ? 0 : 1]);
    this.emulator.say(Mid.Reply, `${String.fromCharCode(Mid.Verify, 0)}${word(template)}${name}\0${unlock}`);
  }

  save(): Modules<ModuleMemory> {
    this.kept.all[this.kept.present] = this.emulator.save();
    return { present: this.kept.present, all: [...this.kept.all] };
  }

  private heard(bytes: string): void {
    this.wires.scheduler.cancel(this.quiet);
    this.emulator.receive(bytes);
  }

  /** A verdict is final when the driver asks nothing more about it. */
  private said(bytes: string): void {
    const [mid, job, result] = [2, 5, 6].map((at) => bytes.charCodeAt(at));
    if (mid !== Mid.Reply || !jobs.includes(job) || result === Result.Timeout || result === Result.Aborted) return;
    const sense = this.emulator.people.nearest();
    if (sense === null) return;
    const { scheduler } = this.wires;
    scheduler.cancel(this.quiet);
    this.quiet = scheduler.after(quietMs, () => this[sense].judge());
  }

  private swap(): void {
    const { kept } = this;
    kept.all[kept.present] = this.emulator.save();
    kept.present = kept.present === 0 ? 1 : 0;
    if (kept.all.length <= kept.present) kept.all.push(otherModule(this.part));
    this.emulator.load(kept.all[kept.present]);
    this.emulator.restart();
  }
}

/** @param kept as `save` gave it, null for a new one @returns null if the board has none */
export function newPalmFaceReader(wires: Wires, board: Board, kept: Modules<ModuleMemory> | null): PalmFaceReader | null {
  const part = board.parts.palmFace;
  const modules: Modules<ModuleMemory> = kept ?? { present: 0, all: [{ serial: "SN000001", templates: [] }] };
  return part === undefined ? null : new PalmFaceReader(wires, board, part, modules);
}

/** One that has served another lock: it would know face and palm 1 by the lock's first templates. */
function otherModule({ build }: EfAaPart): ModuleMemory {
  const { firstFace, firstPalm } = emulatedBuilds[build];
  const template = (sense: Sense, id: number) => ({ id, sense, identity: 1, name: `another lock's ${sense}`.padEnd(nameSize, "\0") });
  const face = firstFace > 0 ? [template("face", firstFace)] : [];
  const palm = firstPalm > 0 ? [template("palm", firstPalm)] : [];
  // Some builds number both in one row.
  return { serial: "SN000002", templates: firstFace === firstPalm ? face : [...face, ...palm] };
}
