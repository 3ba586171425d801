import { createHash } from "node:crypto";
import { BuiltImage, sha256 } from "../build/manifest";
import { UserError } from "../build/user-error";
import { Answer, LockConsole } from "../console/lock-console";
import { burstGapMs } from "../serial/bursts";
import { Progress } from "./progress";

/** How long a lock may take, in ms, and how often a piece is sent. */
export interface UpdatePace {
  tries: number;
  /** Between two bursts of a line. */
  gapMs: number;
  pieceMs: number;
  /** The place is erased, or the whole is hashed. */
  longMs: number;
  /** After a restart: the new image reports healthy within a minute, or the old one starts again. */
  restartMs: number;
  pollMs: number;
}

export const lockPace: UpdatePace = { tries: 6, gapMs: burstGapMs, pieceMs: 3000, longMs: 60000, restartMs: 70000, pollMs: 1000 };

/** The longest line that a console takes. */
const lineMax = 200;

/** The one file that a running lock can exchange; boot files stay as they are. */
export function updateFile({ manifest, bytes }: BuiltImage): { store: string; image: string } {
  const images = manifest.files.map((entry, index) => ({ entry, bytes: bytes[index] })).filter(({ entry }) => entry.role === "image");
  if (images.length !== 1) throw new UserError(`A lock that runs takes an image of one file, and this one has ${images.length}.`);
  const [{ entry, bytes: file }] = images;
  return { store: entry.store, image: file.slice(entry.imageAt ?? 0) };
}

/** What proves that the sender of an image knows the password: SHA-256 of a key made from it and the image's own SHA-256. */
export function keyedCheck(password: string, imageSha256: string): string {
  const key = createHash("sha256").update(`update${password}`, "latin1").digest();
  return createHash("sha256").update(key).update(Buffer.from(imageSha256, "hex")).digest("hex");
}

/** A new image for a lock that runs, through its console. */
export class Update {
  /** What the lock said as it started. */
  private started: string | null = null;

  constructor(private readonly console: LockConsole, private readonly port: string, private readonly pace: UpdatePace) {}

  version(): Promise<string | null> {
    return this.console.version(this.pace.pieceMs);
  }

  /** A line that answers nothing: the start of the lock is one. */
  onOther(line: string): void {
    this.started = /^@\d+ boot .*\bversion=(\S+)/.exec(line)?.[1] ?? this.started;
  }

  /** @throws UserError if the lock refuses it, or went back to its old image. */
  async run(image: BuiltImage, password: string, progress: Progress): Promise<void> {
    const { store, image: bytes } = updateFile(image);
    const digest = sha256(bytes);
    const { version } = image.manifest;
    const before = await this.version();
    if (before === null) throw new UserError(`The lock at ${this.port} does not tell its version.`);
    await this.must(`login ${password}`, this.pace.longMs);
    const echoed = this.console.echoes;
    if (echoed) await this.console.ask("interactive off", this.pace.pieceMs);
    progress.begin("Prepare a place");
    const { lines } = await this.must(`update begin ${bytes.length} ${digest} ${version}`, this.pace.longMs);
    const place = lines.map((line) => /^place=(\S+) piece=(\d+)$/.exec(line)).find((found) => found !== null);
    if (place === undefined) throw new UserError(`The lock at ${this.port} does not say where an update goes; its console knows another form of it.`);
    progress.end(`place ${place[1]}, version ${before} stays in the other one`);
    progress.begin(`Send ${store}`);
    await this.pieces(bytes, Number(place[2]), progress);
    progress.end(`${bytes.length} bytes`);
    progress.begin("Check and restart");
    this.started = null;
    await this.must(`update end ${keyedCheck(password, digest)}`, this.pace.longMs);
    progress.end(await this.outcome(before, version));
    if (echoed) await this.console.ask("interactive on", this.pace.pieceMs);
  }

  private async pieces(bytes: string, length: number, progress: Progress): Promise<void> {
    const longest = `update ${bytes.length} ${"=".repeat(Math.ceil(length / 3) * 4)}`.length;
    if (length < 1 || longest > lineMax) throw new UserError(`The lock at ${this.port} asks for pieces of ${length} bytes, which no line holds.`);
    for (let at = 0; at < bytes.length; at += length) {
      const piece = bytes.slice(at, at + length);
      await this.piece(`update ${at} ${Buffer.from(piece, "latin1").toString("base64")}`, at);
      progress.at(at + piece.length, bytes.length);
    }
  }

  /** A doubled piece is harmless, so whatever is not answered well is sent again. */
  private async piece(line: string, offset: number): Promise<void> {
    let end = "";
    for (let turn = 0; turn < this.pace.tries; turn++) {
      const answer = await this.console.ask(line, this.pace.pieceMs);
      if (answer?.end !== "ok") end = answer?.end ?? "no answer";
      else if (answer.lines.includes(`at=${offset}`)) return;
      else end = "only other pieces are answered";
      // What is still on its way: it may answer for another piece.
      await this.console.quiet(this.pace.pollMs);
    }
    throw new UserError(`The lock at ${this.port} does not take the piece at byte ${offset} (${end}); it goes on with its old image.`);
  }

  private async must(line: string, ms: number): Promise<Answer> {
    const answer = await this.console.ask(line, ms);
    const what = line.startsWith("login ") ? "the password" : `\`${line.split(" ", 2).join(" ")}\``;
    if (answer === null) throw new UserError(`The lock at ${this.port} does not answer ${what}; it goes on with its old image.`);
    if (answer.end !== "ok") throw new UserError(`The lock at ${this.port} refuses ${what}: ${answer.end.replace(/^error /, "")}.`);
    return answer;
  }

  /** It restarts by itself, into the new image and, if that is no good, into the old one again. */
  private async outcome(before: string, version: string): Promise<string> {
    const end = performance.now() + this.pace.restartMs;
    let now: string | null = null;
    while (performance.now() < end) {
      now = await this.console.version(this.pace.pollMs);
      // The same version again shows itself by the start only.
      if (now === version && (before !== version || this.started !== null)) return `the lock runs version ${version}`;
      if (now === before && before !== version && this.started === before) break;
      await this.console.quiet(this.pace.pollMs);
    }
    if (now === null) throw new UserError(`The lock at ${this.port} does not answer after its restart; npm run console shows what it says.`);
    throw new UserError(`The lock at ${this.port} runs version ${now}: it went back to it, since the new image did not start or did not report healthy.`);
  }
}
