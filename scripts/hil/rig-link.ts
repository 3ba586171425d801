import { LineReader } from "../../hal/platform/sim/world/lines";
import { UserError } from "../build/user-error";
import { Line } from "../serial/line";

/** What the helper tells by itself, in its own time. */
export interface RigReports {
  pin(pin: number, level: number, rigMs: number): void;
  /** The supply went without being told to. */
  cut(): void;
  /** The machine under a virtual lock stood still for so long. */
  late(ms: number): void;
  /** Every line given and printed, for the log. */
  line(text: string, given: boolean): void;
}

interface Question { line: string; answer: string[]; done: (answer: string[]) => void; failed: (error: Error) => void }

/** Chosen: also on a machine that has much else to do. */
const answerMs = 20000;
const version = "1";

/** The host's end of the rig helper's line, whose protocol stands in rig/README.md. */
export class RigLink {
  /** Its name and the words it takes besides the common ones; known after `greet`. */
  words: string[] = [];
  private readonly asked: Question[] = [];
  private readonly reader = new LineReader((line) => this.heard(line));
  reports: RigReports = { pin: () => undefined, cut: () => undefined, late: () => undefined, line: () => undefined };
  /** Told of an answer that is not `ok` to a line that nobody waits for. */
  onFault: (error: Error) => void = () => undefined;

  private onIdle: () => void = () => undefined;

  constructor(private readonly line: Line) {}

  received(bytes: string): void {
    this.reader.take(bytes);
  }

  /** @throws UserError if nobody answers, or something else than a helper. */
  async greet(): Promise<void> {
    // What was left of a line before is ended by it.
    this.line.write("\n");
    const [hello = ""] = await this.ask("rig");
    const [rig, spoken, ...words] = hello.split(" ");
    if (rig !== "rig" || spoken !== version) throw new UserError(`The rig helper at ${this.line.path} speaks "${hello}", this program rig ${version}; put the image of rig/esp32 on it.`);
    this.words = words;
    await this.ask("reset");
  }

  /** @returns the lines before `ok` */
  ask(line: string): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new UserError(`The rig helper at ${this.line.path} does not answer "${line}".`)), answerMs);
      this.give({
        line, answer: [],
        done: (answer) => { clearTimeout(late); resolve(answer); },
        failed: (error) => { clearTimeout(late); reject(error); },
      });
    });
  }

  /** Without waiting for the answer. */
  tell(line: string): void {
    this.give({ line, answer: [], done: () => undefined, failed: (error) => this.onFault(error) });
  }

  /** Until every change that it was told is made. */
  async idle(): Promise<void> {
    const idle = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new UserError(`The rig helper at ${this.line.path} does not come to the end of what it was told.`)), answerMs);
      this.onIdle = () => { clearTimeout(late); resolve(); };
    });
    await Promise.all([this.ask("idle"), idle]);
  }

  private give(question: Question): void {
    this.asked.push(question);
    this.reports.line(question.line, true);
    this.line.write(`${question.line}\n`);
  }

  private heard(line: string): void {
    this.reports.line(line, false);
    const report = /^@(\d+) (pin|supply|idle|late)(?: (\S+))?(?: ([01]))?$/.exec(line);
    if (report !== null) {
      const [, ms, kind, what, level] = report;
      if (kind === "idle") this.onIdle();
      else if (kind === "pin") this.reports.pin(Number(what), Number(level), Number(ms));
      else if (kind === "late") this.reports.late(Number(what));
      else if (what === "off" && this.asked[0]?.line !== "supply off") this.reports.cut();
      return;
    }
    const [question] = this.asked;
    if (question === undefined) return;
    if (line === "ok" || line.startsWith("error")) this.asked.shift();
    if (line === "ok") question.done(question.answer);
    else if (line.startsWith("error")) question.failed(new UserError(`The rig helper answered "${line}" to "${question.line}".`));
    else question.answer.push(line);
  }
}
