/**
 * The mailbox between a chip and an image that runs in a machine of its own.
 *
 * The host delivers an event; the image answers with lines of text. Most lines are facts and want
 * no answer, so they are gathered and travel together; a question is the last line of its text,
 * and the image waits for the answer. Order is kept, and that is all the chip can see of it.
 *
 * | host → image | |
 * |---|---|
 * | `start <now>` | run the image |
 * | `pin <now> <pin> <level>`, `uart <now> <port> <bytes>`, `timer <now> <id>` | |
 * | `memory <now>` | answered by the fact `m <bytes>` |
 *
 * | image → host, facts | |
 * |---|---|
 * | `w <pin> <level>`, `s <port> <bytes>`, `t <id> <ms>`, `p <pin> <hertz> <permille>`, `W <address> <bytes>`, `E <page>`, `R` | `Chip` of hal/platform/sim/chip.ts |
 * | `m <bytes>` | |
 * | `! <text>` | the image failed |
 * | `.` | the turn is over |
 *
 * | image → host, questions | answer |
 * |---|---|
 * | `+` | nothing: the gathered facts became many |
 * | `r <pin>`, `a <pin>`, `b` | level, millivolts, boot cause |
 * | `i <bus> <address> <bytes>` | 1 = acknowledged, 0 = not |
 * | `I <bus> <address> <register> <length>` | bytes, none = not acknowledged |
 * | `f <address> <length>`, `h <bytes>`, `n <count>` | bytes: flash, SHA-256, random |
 *
 * The time is the one of the event: it stands still during a turn.
 */
import { Chip, Image, PowerLost } from "../../hal/platform/sim/chip";

/** How bytes travel in a line: whatever the machine can do fast. */
export interface Codec {
  encode(bytes: string): string;
  decode(text: string): string;
}

export const hex: Codec = {
  encode: (bytes) => Buffer.from(bytes, "latin1").toString("hex"),
  decode: (text) => Buffer.from(text, "hex").toString("latin1"),
};

export const base64: Codec = {
  encode: (bytes) => Buffer.from(bytes, "latin1").toString("base64"),
  decode: (text) => Buffer.from(text, "base64").toString("latin1"),
};

/** What runs the image. */
export interface Machine {
  /** Runs the image until its turn is over, asking on its behalf. @returns its last lines. */
  deliver(event: string, ask: (lines: string) => string): string;
  close(): void;
}

/** Starts the image in a machine. Whatever goes wrong in there comes out here as an Error with the engine's name. */
export function startGuest(name: string, chip: Chip, codec: Codec, open: () => Machine): Image {
  const guest = new Guest(name, chip, codec, open());
  guest.start();
  return guest;
}

class Guest implements Image {
  private memoryBytes = -1;
  private running = false;
  private ended = false;
  /** What made the turn under way fail; the image may have caught it on its way, the host still gets it. */
  private failure: unknown = null;

  constructor(
    private readonly name: string,
    private readonly chip: Chip,
    private readonly codec: Codec,
    private readonly machine: Machine,
  ) {}

  start(): void {
    this.turn("start", "");
  }

  pinChanged(pin: number, level: number): void {
    this.turn("pin", ` ${pin} ${level}`);
  }

  received(port: number, bytes: string): void {
    this.turn("uart", ` ${port} ${this.codec.encode(bytes)}`);
  }

  timerFired(id: number): void {
    this.turn("timer", ` ${id}`);
  }

  memory(): number {
    this.turn("memory", "");
    return this.memoryBytes;
  }

  /** A chip without power hears nothing: events after this are ignored. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.machine.close();
  }

  private turn(event: string, details: string): void {
    if (this.ended) return;
    if (this.running) throw new Error(`${this.name}: the image was entered while it was running`);
    this.running = true;
    try {
      this.serve(this.machine.deliver(`${event} ${this.chip.now()}${details}`, (lines) => this.serve(lines)));
    } catch (error) {
      this.failure ??= error;
    }
    this.running = false;
    if (this.failure !== null) this.fail(this.failure);
  }

  private fail(failure: unknown): never {
    this.end();
    if (failure instanceof PowerLost) throw failure;
    const text = failure instanceof Error ? failure.message : String(failure);
    const told = new Error(`${this.name}: ${text}`);
    // It happened in the image, or with its machine: a place in this file would mislead.
    told.stack = undefined;
    throw told;
  }

  /** Does what the lines say. @returns the answer to the question that ends them, "" if there is none. */
  private serve(lines: string): string {
    if (this.failure !== null) throw this.failure;
    try {
      let answer = "";
      for (const line of lines.split("\n")) answer = this.serveLine(line.split(" "));
      return answer;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }

  private serveLine([kind, first, second, third, fourth]: string[]): string {
    const { chip, codec } = this;
    switch (kind) {
      case "w": chip.writePin(Number(first), Number(second)); return "";
      case "s": chip.send(Number(first), codec.decode(second)); return "";
      case "t": chip.setTimer(Number(first), Number(second)); return "";
      case "p": chip.setPwm(Number(first), Number(second), Number(third)); return "";
      case "W": chip.writeFlash(Number(first), codec.decode(second)); return "";
      case "E": chip.eraseFlash(Number(first)); return "";
      case "R": chip.restart(); return "";
      case "m": this.memoryBytes = Number(first); return "";
      case "+":
      case ".": return "";
      case "!": throw new Error(codec.decode(first));
      case "r": return String(chip.readPin(Number(first)));
      case "a": return String(chip.readAdc(Number(first)));
      case "i": return chip.i2cWrite(Number(first), Number(second), codec.decode(third)) ? "1" : "0";
      case "I": return codec.encode(chip.i2cRead(Number(first), Number(second), Number(third), Number(fourth)));
      case "b": return String(chip.bootCause());
      case "f": return codec.encode(chip.readFlash(Number(first), Number(second)));
      case "h": return codec.encode(chip.sha256(codec.decode(first)));
      case "n": return codec.encode(chip.random(Number(first)));
      default: throw new Error(`the image said "${kind}", which nobody understands`);
    }
  }
}
