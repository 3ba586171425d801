import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { Manifest, manifestName, sha256 } from "../../build/manifest";
import { Line, LineEvents } from "../../serial/line";
import { flashCommand } from "../command";
import { Pace } from "../prompt";
import { UpdatePace } from "../update";

/** Patience with a board that answers at once. */
export const quickPace: Pace = { answerMs: 25, tries: 8, eraseMs: 25, writeMs: 25, hashMs: 25, quietMs: 5, startMs: 60, restartMs: 300 };
export const quickLock: UpdatePace = { tries: 4, gapMs: 0, pieceMs: 100, longMs: 5000, restartMs: 1500, pollMs: 10 };

/** What is at the other end of a line. */
export interface FakeBoard {
  received(bytes: string): void;
}

/** The bytes of an image in which every byte occurs. */
export const imageText = Array.from({ length: 2600 }, (_, i) => String.fromCharCode((i * 7 + (i >> 8) * 13) % 256)).join("");
export const bootText = "lock=1;\n".repeat(20);

/** A folder as the build leaves it. */
export function buildFolder(change: (manifest: Manifest) => void = () => undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "flash-image-"));
  const texts: [string, string, "boot" | "image", string][] = [["boot0.js", ".boot0", "boot", bootText], ["lock.js", "lock", "image", imageText]];
  const files = texts.map(([file, store, role, text]) => {
    writeFileSync(join(folder, file), text, "latin1");
    return { file, store, role, size: text.length, sha256: sha256(text) };
  });
  const manifest: Manifest = {
    format: 1, board: "esp32-devkitc-espruino", platform: "espruino", version: "0.2.0", git: "abc1234",
    base: { firmware: "Espruino", from: "2v27" }, soc: "esp32", variables: 5800, files,
  };
  change(manifest);
  writeFileSync(join(folder, manifestName), JSON.stringify(manifest));
  return folder;
}

export interface Run { code: number; out: string; err: string }

/**
 * One run of the command at a board. @param made gives the board its way to answer; `cut` takes the line away.
 */
export async function flashAt(made: (print: (bytes: string) => void, cut: () => void) => FakeBoard, args: string[], environment: NodeJS.ProcessEnv = {}): Promise<Run> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const open = async (path: string, events: LineEvents): Promise<Line> => {
    let isOpen = true;
    const print = (bytes: string): void => { setImmediate(() => { if (isOpen) events.received(bytes); }); };
    const board = made(print, () => events.gone());
    return { path, write: (bytes) => { if (isOpen) board.received(bytes); }, close: () => { isOpen = false; } };
  };
  const code = await flashCommand(args, { stdin, stdout, stderr }, { open, chip: quickPace, lock: quickLock, environment });
  return { code, out: String(stdout.read() ?? ""), err: String(stderr.read() ?? "") };
}
