/** Who is before the emulated module, its templates, and the jobs that look at people: they take time and send notes. */
import { EmulatedBuild } from "./emulator-builds";

export type Sense = "face" | "palm";
/** An identity number, a stranger, somebody who cannot be read, or nobody. */
export type Presence = number | "unknown" | "bad" | null;
export type FacePose = "straight" | "up" | "down" | "left" | "right";

export interface Template { id: number; sense: Sense; identity: number; /** 32 bytes. */ name: string }

export interface Person { presence: Presence; /** null: holds whatever pose is asked for. */ pose: FacePose | null }

/** One look of a running job. @returns the reply's result and payload once there is one */
export type Verdict = { result: number; payload: string } | null;

const poseBits: { [pose in FacePose]: number } = { straight: 1, right: 2, left: 4, down: 8, up: 16 };

/** From being there to being told, ms. */
const recogniseMs: { [sense in Sense]: number } = { face: 700, palm: 500 };

export const tickMs = 100;

export function word(value: number): string {
  return String.fromCharCode(Math.floor(value / 256), value % 256);
}

export class People {
  readonly here: { [sense in Sense]: Person } = { face: { presence: null, pose: null }, palm: { presence: null, pose: null } };
  templates: Template[] = [];
  /** The five poses under way. */
  private bits = 0;
  private posing: Presence = null;

  constructor(readonly build: EmulatedBuild, readonly capacity: number) {}

  forgetPoses(): void {
    this.bits = 0;
    this.posing = null;
  }

  /** A hand is nearer than the face behind it. */
  nearest(): Sense | null {
    if (this.here.palm.presence !== null) return "palm";
    return this.here.face.presence !== null ? "face" : null;
  }

  find(sense: Sense, identity: Presence): Template | undefined {
    return this.templates.find((one) => one.sense === sense && one.identity === identity);
  }

  /** State of the note about who is there. */
  state(asked: Sense | null): number {
    const sense = asked ?? this.nearest();
    if (sense === null || this.here[sense].presence === null) return 1;
    if (this.here[sense].presence === "bad") return sense === "palm" ? 129 : 6;
    return sense === "palm" ? 128 : 0;
  }

  /** @param seenMs how long somebody has been there in this job */
  verify(seenMs: number): Verdict {
    const sense = this.nearest();
    if (sense === null || seenMs < recogniseMs[sense] || this.here[sense].presence === "bad") return null;
    const template = this.find(sense, this.here[sense].presence);
    if (template === undefined) return { result: this.build.unknown[sense === "face" ? 0 : 1], payload: "" };
    return { result: 0, payload: word(template.id) + template.name + "\x00" + String.fromCharCode(this.build.status[sense === "face" ? 0 : 1]) };
  }

  enrol(mid: number, data: string, seenMs: number): Verdict {
    const sense = this.senseOf(mid, data);
    const person = sense === null ? null : this.here[sense];
    if (sense === null || person === null || typeof person.presence !== "number" || seenMs < recogniseMs[sense]) return null;
    if (this.build.checks.includes(mid) && this.find(sense, person.presence) !== undefined) {
      this.forgetPoses();
      return { result: this.build.enrolled[sense === "face" ? 0 : 1], payload: "" };
    }
    const name = data.slice(1, 33);
    const many = sense === "face" && this.build.poses === 5 && !(mid === 0x26 && data.charCodeAt(34) === 1);
    return many ? this.pose(person, data.charCodeAt(33), name) : this.store(sense, person.presence, name, mid);
  }

  /** Answers that need nobody to be there. */
  refuse(mid: number, data: string): Verdict {
    if (this.templates.length >= this.capacity) return { result: 9, payload: "" };
    const sense = this.senseOf(mid, data);
    const bit = data.charCodeAt(33);
    if (sense !== "face" || this.build.poses === 1) return null;
    if (bit !== 1 && (this.bits & 1) === 0) return { result: 6, payload: "" };
    if (bit === 1) this.forgetPoses();
    return (this.bits & bit) !== 0 ? { result: 0, payload: word(0xffff) + String.fromCharCode(this.bits) } : null;
  }

  private senseOf(mid: number, data: string): Sense | null {
    if (this.build.firstFace === 0 || mid === 0x27) return "palm";
    if (this.build.takesAny) return this.nearest();
    if (mid === 0x1d) return "palm";
    return data.charCodeAt(33) === 0xfd ? "palm" : "face";
  }

  private pose(person: Person, bit: number, name: string): Verdict {
    const held = person.pose === null || poseBits[person.pose] === bit;
    if (!held || (this.posing !== null && this.posing !== person.presence)) return null;
    this.posing = person.presence;
    this.bits |= bit;
    if (this.bits !== 31) return { result: 0, payload: word(0xffff) + String.fromCharCode(this.bits) };
    const stored = this.store("face", Number(person.presence), name, 0x13);
    this.forgetPoses();
    return stored;
  }

  private store(sense: Sense, identity: number, name: string, mid: number): Verdict {
    let id = sense === "face" ? this.build.firstFace : this.build.firstPalm;
    while (this.templates.some((one) => one.id === id)) id++;
    this.templates.push({ id, sense, identity, name });
    const direction = sense === "face" ? (this.build.poses === 5 ? "\x1f" : "\x00") : "\x00";
    return { result: 0, payload: word(id) + direction + (mid === 0x27 ? "\x02" : "") };
  }
}
