/** What a module holds and does, command by command; frames and time are in emulator.ts. */

/** Who is on the sensor: a finger's number, a stranger, or something that gives no features. */
export type Presence = number | "unknown" | "bad";

/** What one kind of module is able to do. */
export interface ModuleKind {
  dialect: "grow" | "synochip";
  ring: "aura" | "bln" | "none";
  /** Feature buffers. */
  buffers: number;
  capacity: number;
  notepadPages: number;
  serial: boolean;
  bootMs: number;
  /** The supply must stay off at least so long. */
  restMs: number;
  /** Sends 55 when it has booted. */
  ready: boolean;
  /** Level of its wake line while a finger is there. */
  wakeActiveLevel: 0 | 1;
}

export const moduleKinds = {
  r503: { dialect: "grow", ring: "aura", buffers: 6, capacity: 200, notepadPages: 16, serial: true, bootMs: 50, restMs: 2000, ready: true, wakeActiveLevel: 0 },
  r307: { dialect: "grow", ring: "none", buffers: 2, capacity: 1000, notepadPages: 16, serial: false, bootMs: 450, restMs: 0, ready: false, wakeActiveLevel: 0 },
  zw111: { dialect: "synochip", ring: "bln", buffers: 5, capacity: 50, notepadPages: 4, serial: true, bootMs: 80, restMs: 100, ready: true, wakeActiveLevel: 1 },
} as const satisfies Record<string, ModuleKind>;

/** What survives without supply; plain data for a file. */
export interface ModuleMemory {
  /** Template number and whose finger it is. */
  templates: [number, number][];
  /** Pages that were written, as hex digits. */
  notepad: [number, string][];
  serial: string;
  /** Hex digits. */
  password: string;
}

/** Is this what one module keeps? */
export function isModuleMemory(value: object): value is ModuleMemory {
  const { templates, notepad, serial, password } = value as ModuleMemory;
  const numbered = (one: unknown): one is [number, unknown] => Array.isArray(one) && one.length === 2 && Number.isInteger(one[0]);
  return Array.isArray(templates) && templates.every((one: unknown) => numbered(one) && Number.isInteger(one[1]))
    && Array.isArray(notepad) && notepad.every((one: unknown) => numbered(one) && /^[0-9a-f]{64}$/.test(String(one[1])))
    && typeof serial === "string" && /^[0-9a-f]{1,64}$/.test(serial) && typeof password === "string" && /^[0-9a-f]{8}$/.test(password);
}

/** An answer: content from the code on, and how long the module takes for it, ms. */
export interface Outcome { content: number[]; takesMs: number }

const bytesOf = (hex: string): number[] => [...Buffer.from(hex, "hex")];
const word = (value: number): number[] => [value >> 8, value & 255];

export class Sensor {
  present: Presence | null = null;
  /** The finger that is there has been looked at. */
  seen = false;
  verified = false;
  private image: Presence | null = null;
  private strangers = 0;
  private readonly features = new Map<number, number>();
  private merged = false;
  readonly templates = new Map<number, number>();
  readonly notepad = new Map<number, string>();
  /** The last ring command, its parameters. */
  ring: number[] = [];

  constructor(readonly kind: ModuleKind, readonly serial: string, public password: string) {}

  /** The supply went: everything but the flash is gone. */
  forget(): void {
    this.verified = this.password === "00000000";
    this.image = null;
    this.features.clear();
    this.merged = false;
    this.ring = [];
  }

  /** @throws on a command this module has not got, or that a driver has no reason to send. */
  perform(command: number[]): Outcome {
    const [code, ...parameters] = command;
    if (!this.verified && code !== 0x13) return { content: [0x21], takesMs: 2 };
    const act = this.commands()[code];
    if (act === undefined) throw new Error(`the reader does not know command ${code.toString(16)} in the ${this.kind.dialect} dialect`);
    if (parameters.length !== act.parameters) throw new Error(`command ${code.toString(16)} has ${parameters.length} parameter bytes instead of ${act.parameters}`);
    return { content: act.perform(parameters), takesMs: act.takesMs };
  }

  private commands(): Record<number, { parameters: number; takesMs: number; perform: (p: number[]) => number[] } | undefined> {
    const synochip = this.kind.dialect === "synochip";
    const light = { parameters: 4, takesMs: 3, perform: (p: number[]) => this.light(p) };
    const chipSerial = { parameters: 1, takesMs: 3, perform: () => [0, ...bytesOf(this.serial.padEnd(64, "0"))] };
    const product = { parameters: 0, takesMs: 3, perform: () => [0, ...bytesOf(this.serial.padEnd(92, "0"))] };
    return {
      0x01: { parameters: 0, takesMs: this.present === null ? 40 : 120, perform: () => this.takeImage() },
      0x02: { parameters: 1, takesMs: 150, perform: (p) => this.makeFeatures(p[0]) },
      0x04: { parameters: 5, takesMs: 90, perform: (p) => this.search(p[0], p[1] * 256 + p[2], p[3] * 256 + p[4]) },
      0x05: { parameters: 0, takesMs: 100, perform: () => this.merge() },
      0x06: { parameters: 3, takesMs: 120, perform: (p) => this.store(p[0], p[1] * 256 + p[2]) },
      0x0C: { parameters: 4, takesMs: 60, perform: (p) => this.remove(p[0] * 256 + p[1], p[2] * 256 + p[3]) },
      0x0D: { parameters: 0, takesMs: 250, perform: () => { this.templates.clear(); return [0]; } },
      0x0F: { parameters: 0, takesMs: 3, perform: () => this.parameters() },
      0x13: { parameters: 4, takesMs: 3, perform: (p) => this.verify(p) },
      0x18: { parameters: 33, takesMs: 60, perform: (p) => this.writeNotepad(p[0], p.slice(1)) },
      0x19: { parameters: 1, takesMs: 3, perform: (p) => this.readNotepad(p[0]) },
      0x1D: { parameters: 0, takesMs: 3, perform: () => [0, ...word(this.templates.size)] },
      0x1F: { parameters: 1, takesMs: 4, perform: (p) => this.index(p[0]) },
      0x33: synochip ? { parameters: 0, takesMs: 10, perform: () => [0] } : undefined,
      0x34: synochip ? chipSerial : undefined,
      0x35: this.kind.ring === "aura" ? light : undefined,
      0x3C: synochip ? light : this.kind.serial ? product : undefined,
    };
  }

  private takeImage(): number[] {
    this.image = this.present;
    if (this.present !== null) this.seen = true;
    return [this.present === null ? 0x02 : 0];
  }

  private makeFeatures(buffer: number): number[] {
    if (buffer < 1 || buffer > this.kind.buffers) throw new Error(`there is no feature buffer ${buffer}: this module has ${this.kind.buffers}`);
    if (this.image === null) return [0x15];
    if (this.image === "bad") return [0x06];
    // Two images of a stranger never fit together.
    this.features.set(buffer, this.image === "unknown" ? -(++this.strangers) : this.image);
    this.merged = false;
    return [0];
  }

  private search(buffer: number, first: number, count: number): number[] {
    if (first + count > this.kind.capacity) return [0x0B];
    const wanted = this.features.get(buffer);
    for (const [template, finger] of [...this.templates].sort((a, b) => a[0] - b[0])) {
      if (finger === wanted && template >= first && template < first + count) return [0, ...word(template), 0, 150];
    }
    return [0x09, 0, 0, 0, 0];
  }

  private merge(): number[] {
    const fingers = new Set(this.features.values());
    if (this.features.size < 2 || fingers.size > 1) return [0x0A];
    this.merged = true;
    return [0];
  }

  private store(buffer: number, template: number): number[] {
    const finger = this.features.get(buffer);
    // It has restarted since, which nobody may have heard.
    if (finger === undefined) return [0x18];
    if (!this.merged) throw new Error("what was not merged is being stored");
    if (template >= this.kind.capacity) return [0x0B];
    this.templates.set(template, finger);
    return [0];
  }

  private remove(first: number, count: number): number[] {
    if (first + count > this.kind.capacity) return [0x10];
    for (let template = first; template < first + count; template++) this.templates.delete(template);
    return [0];
  }

  private parameters(): number[] {
    const status = this.verified ? 4 : 0;
    return [0, ...word(status), 0, 0, ...word(this.kind.capacity), 0, 3, 255, 255, 255, 255, 0, 2, 0, 6];
  }

  private verify(password: number[]): number[] {
    this.verified = Buffer.from(password).toString("hex") === this.password;
    return [this.verified ? 0 : 0x13];
  }

  private writeNotepad(page: number, bytes: number[]): number[] {
    if (page >= this.kind.notepadPages) return [0x1C];
    this.notepad.set(page, Buffer.from(bytes).toString("hex"));
    return [0];
  }

  private readNotepad(page: number): number[] {
    if (page >= this.kind.notepadPages) return [0x1C];
    return [0, ...bytesOf(this.notepad.get(page) ?? "00".repeat(32))];
  }

  private index(page: number): number[] {
    if (page > 3 || page * 256 >= this.kind.capacity) return [0x0B];
    const bytes: number[] = new Array(32).fill(0);
    for (const template of this.templates.keys()) {
      if (Math.floor(template / 256) === page) bytes[Math.floor(template / 8) % 32] |= 1 << (template % 8);
    }
    return [0, ...bytes];
  }

  private light(parameters: number[]): number[] {
    const [what, , colour] = parameters;
    if (what < 1 || what > 6 || (this.kind.ring === "aura" && (colour < 1 || colour > 7))) throw new Error(`the ring has no light ${parameters.join(" ")}`);
    this.ring = parameters;
    return [0];
  }
}
