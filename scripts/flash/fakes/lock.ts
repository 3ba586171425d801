import { createHash } from "node:crypto";
import { sha256 } from "../../build/manifest";

interface Place { size: number; digest: string; version: string; data: Buffer; has: Set<number> }

/** What starts: null for what it had at first. */
interface Runs { image: string | null; version: string }

/** So many bytes to a piece, which a line of 200 characters holds. */
const pieceBytes = 120;

/** The console of a lock as far as an update goes, echo and trace lines included. */
export class FakeLock {
  password = "correct-horse";
  board = "esp32-devkitc-espruino";
  /** The firmware below; "": it tells none. */
  base = "";
  place = "a";
  /** How often `version` is still answered before what runs is confirmed, and how often it is for a new image. */
  trial = 0;
  trialOfNew = 2;
  /** When the new image is left again: it does not start, or it does not report healthy. */
  goesBack: "at its start" | "on trial" | null = null;
  /** A newer firmware wrote its store. */
  isHalted = false;
  echoes = true;
  /** Changes a line on its way to the lock; "" loses it. */
  onLine: (line: string) => string = (line) => line;
  /** What it runs, once it was updated. */
  image: string | null = null;
  readonly lines: string[] = [];
  /** The next line of this kind is answered only when one of the other kind has come. */
  late: { line: RegExp; until: RegExp } | null = null;
  private held = "";
  private open = false;
  private echoedAtStart = false;
  private pending = "";
  private sent: Place | null = null;
  private next: Runs | null = null;
  private old: Runs | null = null;

  constructor(private readonly print: (bytes: string) => void, public version: string) {}

  received(bytes: string): void {
    this.pending = this.pending + bytes.replace(/\x03/g, "");
    const lines = this.pending.split("\n");
    this.pending = lines.pop() ?? "";
    for (const typed of lines) {
      const line = this.onLine(typed);
      if (this.late?.until.test(typed) === true && this.held !== "") this.release();
      if (line !== "") this.answer(line);
    }
  }

  private answer(line: string): void {
    this.lines.push(line);
    const shown = line.replace(/^login .*/, (all) => `login ${"*".repeat(all.length - 6)}`);
    const lines = [...this.perform(line.split(" "))];
    const end = this.echoes ? "\r\n" : "\n";
    const told = `${this.echoes ? `${shown}${end}` : ""}@12 keypad off${end}${lines.join(end)}${end}${this.echoes ? "lock> " : ""}`;
    if (this.held === "" && this.late?.line.test(line) === true) this.held = told;
    else this.print(told);
  }

  private release(): void {
    this.print(this.held);
    this.late = null;
    this.held = "";
  }

  private *perform([command, ...rest]: string[]): Generator<string> {
    if (command === "version") yield* this.tellVersion();
    else if (this.isHalted) yield "error halted a newer firmware wrote this lock's store; flash that firmware again";
    else if (command === "login") yield this.login(rest[0]);
    else if (!["update", "interactive", "board"].includes(command)) yield `error unknown no command \`${command}\`; \`help\` lists all`;
    else if (!this.open) yield "error denied the console is closed; open it with `login <password>`";
    else if (command === "interactive") yield this.interactive(rest[0]);
    else if (command === "board") yield* [`board ${this.board}`, "title A lock", "ok"];
    else if (rest[0] === "begin") yield* this.begin(rest);
    else if (rest[0] === "end") yield* this.end(rest[1]);
    else yield* this.piece(Number(rest[0]), rest[1] ?? "");
  }

  private *tellVersion(): Generator<string> {
    yield `version ${this.version}`;
    if (this.base !== "") yield `base=${this.base}`;
    yield `place=${this.place}${this.trial > 0 ? " trial" : ""}`;
    yield "ok";
    // It restarts a moment after the answer to `update end`: the old image answers once more.
    if (this.next !== null) yield this.restart(this.next);
    else if (this.trial > 0 && --this.trial === 0 && this.goesBack === "on trial") yield* this.goBack();
  }

  private restart({ image, version }: Runs): string {
    this.next = null;
    // What a closed console was told is not kept.
    [this.open, this.echoes] = [false, this.echoedAtStart];
    if (this.goesBack !== "at its start") {
      this.old = { image: this.image, version: this.version };
      [this.image, this.version, this.place, this.trial] = [image, version, "b", this.trialOfNew];
    }
    return this.bootLine();
  }

  private *goBack(): Generator<string> {
    if (this.old !== null) [this.image, this.version] = [this.old.image, this.old.version];
    [this.place, this.old] = ["a", null];
    yield this.bootLine();
  }

  private bootLine(): string {
    return `@0 boot cause=restart version=${this.version}${this.base === "" ? "" : ` base=${this.base}`}`;
  }

  private login(password: string): string {
    this.open = password === this.password;
    return this.open ? "ok" : "error denied wrong password";
  }

  private interactive(value: string): string {
    this.echoedAtStart = this.echoes;
    this.echoes = value === "on";
    return "ok";
  }

  private begin([, size, digest, version]: string[]): string[] {
    if (this.trial > 0) return ["error busy the new image is on trial; try again in 12 s"];
    this.sent = { size: Number(size), digest, version, data: Buffer.alloc(Number(size)), has: new Set() };
    return [`place=b piece=${pieceBytes}`, "ok"];
  }

  private piece(offset: number, text: string): string[] {
    const bytes = Buffer.from(text, "base64");
    const { sent: place } = this;
    if (place === null || bytes.length !== Math.min(pieceBytes, place.size - offset)) return ["error usage write `update <offset> <bytes>`"];
    bytes.copy(place.data, offset);
    place.has.add(offset);
    return [`at=${offset}`, "ok"];
  }

  private *end(check: string): Generator<string> {
    const { sent: place } = this;
    const key = createHash("sha256").update(`update${this.password}`).digest();
    const bytes = place?.data.toString("latin1") ?? "";
    const right = createHash("sha256").update(key).update(createHash("sha256").update(bytes, "latin1").digest()).digest("hex");
    if (place === null || sha256(bytes) !== place.digest || check !== right) {
      yield "error value the image is not whole";
      return;
    }
    yield "ok";
    this.next = { image: bytes, version: place.version };
  }
}
