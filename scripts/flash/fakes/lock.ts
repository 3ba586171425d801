import { createHash } from "node:crypto";
import { sha256 } from "../../build/manifest";

interface Place { size: number; digest: string; version: string; data: Buffer; has: Set<number> }

/** So many bytes to a piece, which a line of 200 characters holds. */
const pieceBytes = 120;

/** The console of a lock as far as an update goes, echo and trace lines included. */
export class FakeLock {
  password = "correct-horse";
  /** The new image does not report healthy. */
  isGoingBack = false;
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
  private place: Place | null = null;

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
    if (command === "version") yield* [`version ${this.version}`, "ok"];
    else if (command === "login") yield this.login(rest[0]);
    else if (command !== "update" && command !== "interactive") yield `error unknown no command \`${command}\`; \`help\` lists all`;
    else if (!this.open) yield "error denied the console is closed; open it with `login <password>`";
    else if (command === "interactive") yield this.interactive(rest[0]);
    else if (rest[0] === "begin") yield* this.begin(rest);
    else if (rest[0] === "end") yield* this.end(rest[1]);
    else yield* this.piece(Number(rest[0]), rest[1] ?? "");
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
    this.place = { size: Number(size), digest, version, data: Buffer.alloc(Number(size)), has: new Set() };
    return [`place=b piece=${pieceBytes}`, "ok"];
  }

  private piece(offset: number, text: string): string[] {
    const bytes = Buffer.from(text, "base64");
    const { place } = this;
    if (place === null || bytes.length !== Math.min(pieceBytes, place.size - offset)) return ["error usage write `update <offset> <bytes>`"];
    bytes.copy(place.data, offset);
    place.has.add(offset);
    return [`at=${offset}`, "ok"];
  }

  private *end(check: string): Generator<string> {
    const { place } = this;
    const key = createHash("sha256").update(`update${this.password}`).digest();
    const bytes = place?.data.toString("latin1") ?? "";
    const right = createHash("sha256").update(key).update(createHash("sha256").update(bytes, "latin1").digest()).digest("hex");
    if (place === null || sha256(bytes) !== place.digest || check !== right) {
      yield "error value the image is not whole";
      return;
    }
    yield "ok";
    // What a closed console was told is not kept.
    [this.open, this.echoes] = [false, this.echoedAtStart];
    if (!this.isGoingBack) [this.image, this.version] = [bytes, place.version];
    yield `@0 boot cause=restart version=${this.version}`;
  }
}
