import { createHash } from "node:crypto";
import { BuiltImage, sha256 } from "../build/manifest";
import { UserError } from "../build/user-error";
import { Answer, Identity, LockConsole } from "../console/lock-console";
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
  /** After a restart, until the new image has confirmed itself or the old one is back. */
  restartMs: number;
  pollMs: number;
}

/**
 * Chosen: a new image that stays silent is left after a minute, one that hangs after three times half a minute. The rest of `restartMs` is
 * for the starts before and after it, before which NodeMCU copies the image into LFS.
 */
export const lockPace: UpdatePace = { tries: 6, gapMs: burstGapMs, pieceMs: 3000, longMs: 60000, restartMs: 150000, pollMs: 1000 };

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
  /** The lock has said that it started. */
  private hasStarted = false;

  constructor(private readonly console: LockConsole, private readonly port: string, private readonly pace: UpdatePace) {}

  /** @throws UserError if the lock does not tell it. */
  async identity(): Promise<Identity> {
    const told = await this.console.identity(this.pace.pieceMs);
    if (told === null) throw new UserError(`The lock at ${this.port} does not tell its version.`);
    return told;
  }

  /** A line that answers nothing: the start of the lock is one. */
  onOther(line: string): void {
    this.hasStarted ||= /^@\d+ boot /.test(line);
  }

  /** @param before what runs now. @throws UserError if the lock is another one or refuses the image, or went back to its old one. */
  async run(image: BuiltImage, before: Identity, password: string, progress: Progress): Promise<void> {
    const { store, image: bytes } = updateFile(image);
    const digest = sha256(bytes);
    const { version, board, platform } = image.manifest;
    await this.login(password, platform === "nodemcu");
    await this.checkBoard(board);
    const echoed = this.console.echoes;
    if (echoed) await this.console.ask("interactive off", this.pace.pieceMs);
    if (before.onTrial) await this.trial("What runs is on trial", before.place, progress);
    progress.begin("Prepare a place");
    const { lines } = await this.must(`update begin ${bytes.length} ${digest} ${version}`, this.pace.longMs);
    const place = lines.map((line) => /^place=(\S+) piece=(\d+)$/.exec(line)).find((found) => found !== null);
    if (place === undefined) throw new UserError(`The lock at ${this.port} does not say where an update goes; its console knows another form of it.`);
    progress.end(`place ${place[1]}, version ${before.version} stays in the other one`);
    progress.begin(`Send ${store}`);
    await this.pieces(bytes, Number(place[2]), progress);
    progress.end(`${bytes.length} bytes`);
    progress.begin("Check and restart");
    this.hasStarted = false;
    await this.must(`update end ${keyedCheck(password, digest)}`, this.pace.longMs);
    const now = await this.until(place[1], () => true);
    progress.end(`the lock runs version ${now.version} in place ${now.place}`);
    await this.trial("The new image is on trial", place[1], progress);
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

  private async login(password: string, filesGo: boolean): Promise<void> {
    const answer = await this.answer(`login ${password}`, "the password", this.pace.longMs);
    if (answer.end.startsWith("error halted ")) {
      const stay = filesGo ? "users and events go with it" : "users and events stay";
      throw new UserError(`The lock at ${this.port} is halted, since a newer firmware wrote its store, and takes no update; put that firmware on it with --erase: ${stay}.`);
    }
    this.checkEnd(answer, "the password");
  }

  /** Its pins are wired as its board's file says: another one's image would drive whatever is there. */
  private async checkBoard(board: string): Promise<void> {
    const { lines } = await this.must("board", this.pace.pieceMs);
    const found = lines.map((line) => /^board (\S+)$/.exec(line)?.[1]).find((name) => name !== undefined);
    if (found === board) return;
    const is = found === undefined ? "does not tell which board it is" : `is the board ${found}`;
    throw new UserError(`The lock at ${this.port} ${is}, and the image is for ${board}; if it is that board after all, --erase puts the image on.`);
  }

  private async must(line: string, ms: number): Promise<Answer> {
    const what = `\`${line.split(" ", 2).join(" ")}\``;
    const answer = await this.answer(line, what, ms);
    this.checkEnd(answer, what);
    return answer;
  }

  private async answer(line: string, what: string, ms: number): Promise<Answer> {
    const answer = await this.console.ask(line, ms);
    if (answer === null) throw new UserError(`The lock at ${this.port} does not answer ${what}; it goes on with its old image.`);
    return answer;
  }

  private checkEnd({ end }: Answer, what: string): void {
    if (end !== "ok") throw new UserError(`The lock at ${this.port} refuses ${what}: ${end.replace(/^error /, "")}.`);
  }

  private async trial(label: string, place: string, progress: Progress): Promise<void> {
    progress.begin(label);
    await this.until(place, ({ onTrial }) => !onTrial);
    progress.end("it works, and stays");
  }

  /** Waits for a lock that runs from this place. @throws UserError if it went back to the other one, says nothing, or is not what is waited for. */
  private async until(place: string, isSettled: (now: Identity) => boolean): Promise<Identity> {
    const end = performance.now() + this.pace.restartMs;
    let now: Identity | null = null;
    while (performance.now() < end) {
      // Before it restarts the old image answers too.
      const { hasStarted } = this;
      now = await this.console.identity(this.pace.pollMs);
      if (now?.place === place && isSettled(now)) return now;
      if (now !== null && now.place !== place && hasStarted) break;
      await this.console.quiet(this.pace.pollMs);
    }
    if (now === null) throw new UserError(`The lock at ${this.port} does not answer after its restart; npm run console shows what it says.`);
    if (now.place === place) throw new UserError(`The lock at ${this.port} runs version ${now.version} on trial, and has not confirmed it in ${this.pace.restartMs / 1000} s; npm run console shows what it says.`);
    throw new UserError(`The lock at ${this.port} runs version ${now.version} in place ${now.place}: it went back to it, since the new image did not start or did not report healthy.`);
  }
}
