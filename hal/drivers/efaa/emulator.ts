/**
 * A face and palm module, byte for byte and with its times. It is strict: a whole frame that the
 * build does not know, and any byte while it has no supply, is an error of the driver.
 */
import { emulatedBuilds } from "./emulator-builds";
import { Fault, frame, mangle } from "./emulator-frames";
import { FacePose, People, Presence, Sense, Template, tickMs, Verdict, word } from "./emulator-jobs";

/** The part of a scheduler that is needed: virtual time in the simulator, real time on a wire. */
export interface Times {
  readonly nowMs: number;
  after(ms: number, act: () => void): unknown;
}

export interface EmulatorOptions {
  build?: string;
  serial?: string;
  capacity?: number;
  bootMs?: number;
  /** The proximity output has changed. */
  onNear?: (level: number) => void;
}

/** What survives a power cut; plain data, fit for JSON. */
export interface ModuleMemory { serial: string; templates: Template[] }

/** Is this what one module keeps? */
export function isModuleMemory(value: object): value is ModuleMemory {
  const { serial, templates } = value as ModuleMemory;
  const template = (one: Template | null): boolean => typeof one === "object" && one !== null && Number.isInteger(one.id)
    && Number.isInteger(one.identity) && (one.sense === "face" || one.sense === "palm") && typeof one.name === "string" && one.name.length === 32;
  return typeof serial === "string" && serial.length <= 32 && Array.isArray(templates) && templates.every(template);
}

interface Job { mid: number; data: string; untilMs: number; seenMs: number; notedMs: number; ended: boolean }

const isJob = (mid: number): boolean => [0x12, 0x13, 0x1d, 0x26, 0x27].includes(mid);

/** From a command to its answer, ms. */
const answerMs: { [mid: number]: number } = { 0x20: 200, 0x80: 200, 0x21: 400, 0xed: 50 };

export class EfAaEmulator {
  readonly people: People;
  faults: Fault[] = [];
  /** Hears nothing and says nothing. */
  mute = false;
  /** Reports itself busy and takes no job until RESET. */
  busy = false;
  /** Frames with a wrong check byte that came from the driver. */
  badFrames = 0;
  /** Ids of the commands that came, in order. */
  readonly heard: number[] = [];
  led: number[] = [];
  serial: string;
  private powered = false;
  private running = false;
  private starts = 0;
  private partial = "";
  private partialMs = 0;
  private job: Job | null = null;
  private readonly build;
  private readonly bootMs: number;

  constructor(private readonly times: Times, private readonly send: (bytes: string) => void, private readonly options: EmulatorOptions = {}) {
    const name = options.build ?? "sen0737";
    if (!Object.hasOwn(emulatedBuilds, name)) throw new Error(`there is no build "${name}": there are ${Object.keys(emulatedBuilds).join(", ")}`);
    this.build = emulatedBuilds[name];
    this.people = new People(this.build, options.capacity ?? 100);
    this.serial = options.serial ?? "SN000001";
    this.bootMs = options.bootMs ?? 1200;
  }

  save(): ModuleMemory {
    return { serial: this.serial, templates: this.people.templates.map((one) => ({ ...one })) };
  }

  load(memory: ModuleMemory): void {
    this.serial = memory.serial;
    this.people.templates = memory.templates.map((one) => ({ ...one }));
  }

  power(on: boolean): void {
    if (on === this.powered) return;
    this.powered = on;
    this.stop();
    if (on) this.start();
  }

  /** Crashes and starts again by itself. */
  restart(): void {
    this.stop();
    this.start();
  }

  /** A face or a hand before the module; null takes it away. */
  put(sense: Sense, presence: Presence, pose: FacePose | null = null): void {
    const before = this.people.nearest() !== null;
    const person = this.people.here[sense];
    if (person.presence !== presence || person.pose !== pose) this.beginSeeing();
    person.presence = presence;
    person.pose = pose;
    const now = this.people.nearest() !== null;
    if (before !== now) this.options.onNear?.(now ? 1 : 0);
  }

  /** Says something that nobody asked for. */
  say(mid: number, data: string): void {
    this.send(frame(mid, data));
  }

  receive(bytes: string): void {
    if (!this.powered) throw new Error("bytes for a module without supply: it would be fed through its receive line");
    if (!this.running || this.mute) return;
    if (this.times.nowMs - this.partialMs > 100) this.partial = "";
    this.partialMs = this.times.nowMs;
    this.partial += bytes;
    for (;;) {
      const at = this.partial.indexOf("\xef\xaa");
      if (at < 0 || this.partial.length < at + 5) return;
      const size = this.partial.charCodeAt(at + 3) * 256 + this.partial.charCodeAt(at + 4);
      if (this.partial.length < at + 6 + size) return;
      const whole = this.partial.slice(at, at + 6 + size);
      this.partial = this.partial.slice(at + 6 + size);
      if (whole === frame(whole.charCodeAt(2), whole.slice(5, -1))) this.command(whole.charCodeAt(2), whole.slice(5, -1));
      else this.badFrames++;
    }
  }

  private start(): void {
    const start = this.starts;
    this.times.after(this.bootMs, () => {
      if (start !== this.starts || !this.powered) return;
      this.running = true;
      if (!this.mute) this.say(1, "\x00" + this.build.ready);
    });
  }

  private stop(): void {
    this.starts++;
    this.running = false;
    this.partial = "";
    this.led = [];
    this.endJob();
    this.people.forgetPoses();
  }

  private command(mid: number, data: string): void {
    if (!Object.hasOwn(this.build.takes, mid) || !this.build.takes[mid].includes(data.length)) {
      throw new Error(`the module does not know command 0x${mid.toString(16)} with ${data.length} bytes`);
    }
    this.heard.push(mid);
    if (isJob(mid)) {
      // One that comes while another runs is swallowed, as in the vendors' firmware.
      if (this.job === null && !this.busy) this.begin(mid, data);
      return;
    }
    this.reply(mid, this.execute(mid, data), answerMs[mid] ?? 10);
    if (mid === 0xed) this.times.after(60, () => { this.running = false; });
  }

  private execute(mid: number, data: string): { result: number; payload: string } {
    const ok = { result: 0, payload: "" };
    const id = data.length >= 2 ? data.charCodeAt(0) * 256 + data.charCodeAt(1) : 0;
    switch (mid) {
      case 0x10: return this.reset();
      case 0x11: return { result: 0, payload: this.busy || this.job !== null ? "\x01" : "\x00" };
      case 0x20: case 0x80: return this.remove(id, data);
      case 0x21: return this.removeAll(data);
      case 0x22: return this.info(id);
      case 0x23: this.people.forgetPoses(); return ok;
      case 0x24: return { result: 0, payload: this.list(data) };
      case 0x30: return { result: 0, payload: "V1.2.0".padEnd(32, "\xcc") };
      case 0x90: this.led = [data.charCodeAt(0), 1 - data.charCodeAt(1)]; return ok;
      case 0x93: return { result: 0, payload: this.serial.padEnd(32, "\x00") };
      default: return ok;
    }
  }

  private reset(): { result: number; payload: string } {
    this.busy = false;
    if (this.job !== null) {
      const mid = this.job.mid;
      this.endJob();
      this.reply(mid, { result: 2, payload: "" }, 40);
    }
    return { result: 0, payload: "" };
  }

  private remove(id: number, data: string): { result: number; payload: string } {
    this.people.forgetPoses();
    const at = this.people.templates.findIndex((one) => one.id === id);
    if (at < 0) return { result: 8, payload: "" };
    const palm = this.people.templates[at].sense === "palm";
    if (data.length === 3 && (data.charCodeAt(2) === 1) !== palm) return { result: 8, payload: "" };
    this.people.templates.splice(at, 1);
    return { result: 0, payload: "" };
  }

  private removeAll(data: string): { result: number; payload: string } {
    const type = data.length > 0 ? data.charCodeAt(0) : 0;
    this.people.forgetPoses();
    this.people.templates = this.people.templates.filter((one) => type !== 0 && (type === 1) !== (one.sense === "face"));
    return { result: 0, payload: "" };
  }

  private info(id: number): { result: number; payload: string } {
    const one = this.people.templates.find((template) => template.id === id);
    if (one === undefined || (one.sense === "palm" && !this.build.palmInfo)) return { result: 8, payload: "" };
    return { result: 0, payload: word(id) + one.name + "\x00" };
  }

  private list(data: string): string {
    const ids = (sense: Sense): number[] => this.people.templates.filter((one) => one.sense === sense).map((one) => one.id);
    if (this.build.listing === "ids") {
      const all = [...ids("face"), ...ids("palm")];
      return String.fromCharCode(all.length) + all.map(word).join("").padEnd(200, "\x00");
    }
    const format = data.charCodeAt(0);
    if (this.build.listing === "counts") {
      const faces = ids("face");
      return format === 0 ? word(faces.length) + faces.map(word).join("") : word(ids(format === 1 ? "face" : "palm").length);
    }
    const own = ids(format === 1 ? "face" : "palm");
    const first = format === 1 ? 1 : this.build.firstPalm;
    const bytes = new Array<number>(13).fill(0);
    for (const id of own) bytes[(id - first) >> 3] |= 1 << ((id - first) & 7);
    return String.fromCharCode(own.length, ...bytes);
  }

  private begin(mid: number, data: string): void {
    const seconds = mid === 0x12 ? data.charCodeAt(1) : mid === 0x27 ? data.charCodeAt(36) : data.charCodeAt(mid === 0x26 ? 36 : 34);
    if (mid === 0x12) this.people.forgetPoses();
    const empty = mid === 0x12 && this.build.answersEmpty && this.people.templates.length === 0;
    const refused: Verdict = mid === 0x12 ? (empty ? { result: 8, payload: "" } : null) : this.people.refuse(mid, data);
    if (refused !== null) {
      this.reply(mid, refused, 20);
      return;
    }
    this.job = { mid, data, untilMs: this.times.nowMs + (seconds === 0 ? 10 : seconds) * 1000, seenMs: -1, notedMs: -1000, ended: false };
    this.beginSeeing();
    this.tick(this.job);
  }

  private beginSeeing(): void {
    if (this.job !== null) this.job.seenMs = -1;
  }

  private tick(job: Job): void {
    if (job.ended) return;
    const now = this.times.nowMs;
    const state = this.people.state(null);
    if (state === 1) job.seenMs = -1;
    else if (job.seenMs < 0) job.seenMs = now;
    if (now - job.notedMs >= 200) {
      job.notedMs = now;
      if (!this.mute) this.say(1, "\x01" + String.fromCharCode(state) + "\x00".repeat(15));
    }
    const seen = job.seenMs < 0 ? -1 : now - job.seenMs;
    let verdict: Verdict = seen < 0 ? null : job.mid === 0x12 ? this.people.verify(seen) : this.people.enrol(job.mid, job.data, seen);
    if (verdict === null && now >= job.untilMs) verdict = { result: 13, payload: "" };
    if (verdict === null) {
      this.times.after(tickMs, () => { this.tick(job); });
      return;
    }
    this.endJob();
    this.reply(job.mid, verdict, 0);
  }

  private endJob(): void {
    if (this.job !== null) this.job.ended = true;
    this.job = null;
  }

  private reply(mid: number, answer: { result: number; payload: string }, afterMs: number): void {
    const at = this.faults.findIndex((one) => one.mid === undefined || one.mid === mid);
    const fault = at < 0 ? null : this.faults.splice(at, 1)[0];
    const nack = fault?.kind === "nack";
    const bytes = frame(0, String.fromCharCode(mid, nack ? fault.value ?? 1 : answer.result) + (nack ? "" : answer.payload));
    const start = this.starts;
    this.times.after(afterMs + (fault?.kind === "late" ? fault.value ?? 0 : 0), () => {
      if (start === this.starts && this.running && !this.mute) this.send(mangle(bytes, fault));
    });
  }
}
