/** A PN532 on its high-speed UART, byte for byte. It is strict: what it does not know is an error of the driver. */
import { LineFault, mangled } from "../test/platform";

export interface Times {
  after(ms: number, act: () => void): unknown;
}

const acknowledge = "\x00\x00\xff\x00\xff\x00";
const acknowledgeMs = 2;
/** From the acknowledge to the answer; a look without a card takes its retries. */
const answerMs = 3;
const emptyMs = 60;

/** A frame, made apart from the driver's. @param tfi d4 to the chip, d5 from it */
export function frame(tfi: number, data: number[]): string {
  const body = [tfi, ...data];
  const sum = -body.reduce((total, byte) => total + byte, 0) & 255;
  return String.fromCharCode(0, 0, 0xff, body.length, -body.length & 255, ...body, sum, 0);
}

export class Pn532Emulator {
  /** The number of the card in the field. */
  card: number[] | null = null;
  /** What goes wrong with the next answers to looks, in order; null goes well. */
  faults: (LineFault | null)[] = [];
  mute = false;
  /** A command before the answer to the last one aborts that, as in the chip; otherwise it fails the test. */
  aborts = false;
  /** The field is on. */
  radio = false;
  /** Commands that came, in order. */
  readonly heard: number[] = [];
  private powered = false;
  private awake = false;
  private configured = false;
  private busy = false;
  private partial = "";
  private starts = 0;

  constructor(private readonly times: Times, private readonly send: (bytes: string) => void) {}

  power(on: boolean): void {
    this.powered = on;
    this.starts++;
    [this.awake, this.configured, this.busy, this.radio] = [false, false, false, false];
    this.partial = "";
  }

  receive(bytes: string): void {
    if (!this.powered || this.mute) return;
    if (!this.awake) {
      if (!bytes.startsWith("\x55\x55\x00\x00\x00")) throw new Error("the chip sleeps: it has to be woken first");
      this.awake = true;
      this.configured = false;
    }
    this.partial += bytes;
    for (;;) {
      const at = this.partial.indexOf("\x00\x00\xff");
      if (at < 0 || this.partial.length < at + 5) return;
      const size = this.partial.charCodeAt(at + 3);
      if (this.partial.length < at + size + 7) return;
      const whole = this.partial.slice(at, at + size + 7);
      this.partial = this.partial.slice(at + size + 7);
      const data = [...whole.slice(6, -2)].map((one) => one.charCodeAt(0));
      if (whole !== frame(0xd4, data)) throw new Error(`no frame for a PN532: ${JSON.stringify(whole)}`);
      this.command(data);
    }
  }

  private command(data: number[]): void {
    if (this.busy && !this.aborts) throw new Error("a command while the one before is not answered");
    this.heard.push(data[0]);
    const answer = this.execute(data.map((one) => one.toString(16)).join(" "));
    const look = data[0] === 0x4a;
    const fault = look ? this.faults.shift() ?? null : null;
    const start = ++this.starts;
    this.busy = true;
    const ms = acknowledgeMs + (look && this.card === null ? emptyMs : answerMs);
    const later = fault?.kind === "late" ? fault.value ?? 0 : 0;
    this.times.after(acknowledgeMs, () => this.say(start, acknowledge));
    this.times.after(ms, () => { if (start === this.starts) this.busy = false; });
    if (fault?.kind === "nack") this.times.after(ms, () => this.say(start, "\x00\x00\xff\x01\xff\x7f\x81\x00"));
    else this.times.after(ms + later, () => this.say(start, mangled(frame(0xd5, [data[0] + 1, ...answer]), fault)));
  }

  private execute(command: string): number[] {
    if (command === "2") return [0x32, 1, 6, 7];
    if (command === "14 1 14 1") {
      this.configured = true;
      return [];
    }
    if (!this.configured) throw new Error("the chip has had no SAMConfiguration");
    if (command === "32 5 ff 1 2") return [];
    if (command === "32 1 0") {
      this.radio = false;
      return [];
    }
    if (command !== "4a 1 0") throw new Error(`the chip does not know the command ${command}`);
    this.radio = true;
    if (this.card === null) return [0];
    return [1, 1, this.card.length === 4 ? 0 : 0x44, this.card.length === 4 ? 4 : 0, this.card.length === 4 ? 8 : 0, this.card.length, ...this.card];
  }

  private say(start: number, bytes: string): void {
    if (start === this.starts && this.powered && !this.mute) this.send(bytes);
  }
}
