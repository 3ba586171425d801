/**
 * A DFPlayer Mini, byte for byte and with its times. It is strict: a frame that it does not know,
 * a value out of range or a command too soon after the one before is an error of the driver.
 */
import { LineFault, mangled } from "../test/platform";

/** The part of a scheduler that is needed: virtual time in the simulator, real time on a wire. */
export interface Times {
  readonly nowMs: number;
  after(ms: number, act: () => void): unknown;
}

export interface DfPlayerWorld {
  send(bytes: string): void;
  /** BUSY: 0 while something plays. */
  busy?(level: number): void;
}

/** What is on the card: length of each file in ms by `folder/file`; plain data, fit for JSON. */
export interface Card { files: { [path: string]: number } }

export interface Played { folder: number; file: number; atMs: number; volume: number; endMs: number | null }

/** A frame, made apart from the driver's. */
export function frame(command: number, answer: number, parameter: number): string {
  const body = [0xff, 0x06, command, answer, parameter >> 8, parameter & 255];
  const sum = -body.reduce((total, byte) => total + byte, 0) & 0xffff;
  return String.fromCharCode(0x7e, ...body, sum >> 8, sum & 255, 0xef);
}

/** A card with every prompt and digit in so many languages. */
export function fullCard(languages: number, lengthMs = 900): Card {
  const files: { [path: string]: number } = {};
  for (let folder = 1; folder <= languages; folder++) {
    for (let file = 1; file <= 209; file++) files[`${folder}/${file}`] = file < 200 ? lengthMs : 350;
  }
  return { files };
}

const bootMs = 1500;
const answerMs = 15;
const apartMs = 10;
const againMs = 30;

export class DfPlayerEmulator {
  /** Every prompt that was begun. */
  readonly played: Played[] = [];
  faults: LineFault[] = [];
  /** Hears nothing and says nothing. */
  mute = false;
  /** Says "finished" twice, as many do; never, as some do after a glitch. */
  finishes: 0 | 1 | 2 = 2;
  volume = 0;
  /** Frames with a wrong checksum that came from the driver. */
  badFrames = 0;
  private card: Card | null;
  private powered = false;
  private online = false;
  private starts = 0;
  private partial = "";
  private lastMs = -apartMs;
  private current: Played | null = null;

  constructor(private readonly times: Times, private readonly world: DfPlayerWorld, card: Card = fullCard(2)) {
    this.card = card;
  }

  save(): Card | null {
    return this.card;
  }

  /** Another card, or none, put in or taken out while the module runs. */
  load(card: Card | null): void {
    this.end();
    this.card = card;
    if (this.online) this.say(card === null ? 0x3b : 0x3a, 2);
  }

  power(on: boolean): void {
    if (on === this.powered) return;
    this.powered = on;
    this.stop();
    if (on) this.boot(bootMs);
  }

  /** Starts again by itself, as after a dip of the supply. */
  restart(): void {
    this.stop();
    this.boot(bootMs);
  }

  get playing(): Played | null {
    return this.current;
  }

  receive(bytes: string): void {
    if (!this.powered || this.mute) return;
    this.partial += bytes;
    while (this.partial.length >= 10) {
      const whole = this.partial.slice(0, 10);
      this.partial = this.partial.slice(10);
      const [command, answer, parameter] = [whole.charCodeAt(3), whole.charCodeAt(4), whole.charCodeAt(5) * 256 + whole.charCodeAt(6)];
      if (whole !== frame(command, answer, parameter) || answer > 1) throw new Error(`no frame of a DFPlayer: ${JSON.stringify(whole)}`);
      this.command(command, answer === 1, parameter);
    }
  }

  private boot(ms: number): void {
    const start = this.starts;
    this.times.after(ms, () => {
      if (start !== this.starts || !this.powered) return;
      this.online = true;
      this.say(0x3f, this.card === null ? 0 : 2);
    });
  }

  private stop(): void {
    this.end();
    this.starts++;
    this.online = false;
    this.partial = "";
    this.volume = 30;
  }

  private command(command: number, answer: boolean, parameter: number): void {
    if (![0x06, 0x0c, 0x0f, 0x16].includes(command)) throw new Error(`the module does not know command 0x${command.toString(16)}`);
    if (command === 0x06 && parameter > 30) throw new Error(`volume ${parameter}: 30 is the loudest`);
    const [folder, file] = [parameter >> 8, parameter & 255];
    if (command === 0x0f && (folder < 1 || folder > 99 || file < 1)) throw new Error(`there can be no folder ${folder}, file ${file}`);
    if (!this.online) {
      if (command === 0x0c) this.restart();
      return;
    }
    if (this.times.nowMs - this.lastMs < apartMs) throw new Error(`a command ${this.times.nowMs - this.lastMs} ms after the one before`);
    this.lastMs = this.times.nowMs;
    const fault = this.faults.shift() ?? null;
    if (fault?.kind === "nack") {
      this.later(answerMs, frame(0x40, 0, fault.value ?? 4), null);
      return;
    }
    if (answer) this.later(answerMs + (fault?.kind === "late" ? fault.value ?? 0 : 0), frame(0x41, 0, 0), fault);
    this.execute(command, parameter);
  }

  private execute(command: number, parameter: number): void {
    if (command === 0x0c) this.restart();
    else if (command === 0x06) this.volume = parameter;
    else if (command === 0x16) this.end();
    else this.play(parameter >> 8, parameter & 255);
  }

  private play(folder: number, file: number): void {
    const lengthMs = this.card?.files[`${folder}/${file}`];
    this.end();
    if (lengthMs === undefined) {
      this.later(40, frame(0x40, 0, 6), null);
      return;
    }
    const one: Played = { folder, file, atMs: this.times.nowMs, volume: this.volume, endMs: null };
    this.played.push(one);
    this.current = one;
    this.world.busy?.(0);
    this.times.after(lengthMs, () => { if (this.current === one) this.finish(one); });
  }

  private finish(one: Played): void {
    this.end();
    // The number is the file's place on the card, which tells the driver nothing.
    const bytes = frame(0x3d, 0, Object.keys(this.card?.files ?? {}).indexOf(`${one.folder}/${one.file}`) + 1);
    for (let i = 0; i < this.finishes; i++) this.later(1 + i * againMs, bytes, null);
  }

  private end(): void {
    if (this.current === null) return;
    this.current.endMs = this.times.nowMs;
    this.current = null;
    this.world.busy?.(1);
  }

  private say(command: number, parameter: number): void {
    if (!this.mute) this.world.send(frame(command, 0, parameter));
  }

  private later(ms: number, bytes: string, fault: LineFault | null): void {
    const start = this.starts;
    this.times.after(ms, () => {
      if (start === this.starts && this.powered && !this.mute) this.world.send(mangled(bytes, fault));
    });
  }
}
