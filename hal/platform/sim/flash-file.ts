import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { newStanding, parseStanding, Standing } from "./world/standing";

/** What a simulated lock keeps between two runs: its flash, and how the world around it stands. */
export interface KeptState {
  /** undefined = erased. */
  flash: Uint8Array | undefined;
  standing: Standing;
  /** Nothing of a lock was there: this is its first start. */
  fresh: boolean;
  /** What a person should know of the reading, a sentence each. */
  notes: string[];
}

/** A folder that cannot keep the state of this lock; the message is one line, with the way out. */
export class StateError extends Error {}

/** Bytes of SHA-256 behind the flash in its file. */
const checkLength = 32;
const kept = ["flash.bin", "world.json"];
/** Holds the number of the process whose folder it is. */
const holderName = "simulator.pid";

const reasons: { [code: string]: string } = {
  ENOENT: "nothing can be made there", ENOTDIR: "nothing can be made there", EEXIST: "it is no folder",
  EACCES: "it may not be written", EPERM: "it may not be written", EROFS: "it may not be written", ENOSPC: "there is no room left",
};

/** The folder of a simulated lock: `flash.bin`, its bytes and their SHA-256, and `world.json`. */
export class StateFolder {
  private claimed = false;

  constructor(readonly path: string) {}

  /** Makes the folder, and keeps every other simulator out of it. @throws StateError where that cannot be. */
  claim(): void {
    this.attempt(() => makeFolder(this.path));
    if (!statSync(this.path).isDirectory()) this.refuse("it is no folder");
    for (const name of kept) {
      const path = this.file(name);
      if (existsSync(path) && !statSync(path).isFile()) this.refuse(`${name} in it is no file`);
    }
    const holder = this.file(holderName);
    const pid = holderOf(holder);
    if (pid !== null) throw new StateError(`${this.path} is in use by process ${pid}; give another with --state.`);
    this.attempt(() => {
      rmSync(holder, { force: true });
      writeFileSync(holder, `${process.pid}\n`, { flag: "wx" });
    });
    this.claimed = true;
  }

  /** Lets the next one in. */
  release(): void {
    if (this.claimed) rmSync(this.file(holderName), { force: true });
    this.claimed = false;
  }

  /** Reads both files; one that cannot be right is renamed to `<name>.bad`, never overwritten. */
  load(flashSize: number): KeptState {
    const notes: string[] = [];
    const flash = this.file("flash.bin");
    const world = this.file("world.json");
    if (!existsSync(flash) && !existsSync(world)) return { flash: undefined, standing: newStanding(), fresh: true, notes };
    const contents = this.read(flash, notes, "damaged", "the lock starts as new", (bytes) => checked(bytes, flashSize));
    const standing = this.read(world, notes, "damaged or of another version", "the sensor modules start empty", (bytes) => parseStanding(bytes.toString("utf8")));
    return { flash: contents ?? undefined, standing: standing ?? newStanding(), fresh: contents === null, notes };
  }

  /** Whole files only: written beside the old ones, which they then replace. */
  save(flash: Uint8Array, standing: Standing): void {
    makeFolder(this.path);
    this.replace("flash.bin", Buffer.concat([flash, check(flash)]));
    this.replace("world.json", `${JSON.stringify(standing, null, 2)}\n`);
  }

  /** Moves a claimed folder out of the way and claims a new one. @returns the new name of the old one, null if it held no lock. */
  setAside(): string | null {
    if (!kept.some((name) => existsSync(this.file(name)))) return null;
    const aside = free(`${this.path}.old`);
    this.attempt(() => renameSync(this.path, aside));
    // Only now: nobody could take the folder while it was being moved.
    rmSync(join(aside, holderName), { force: true });
    this.claimed = false;
    this.claim();
    return aside;
  }

  /** @throws StateError in place of what the system says. */
  private attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.refuse(reasons[code ?? ""] ?? message);
    }
  }

  private refuse(why: string): never {
    throw new StateError(`cannot keep its state in ${this.path}: ${why}.`);
  }

  private file(name: string): string {
    return join(this.path, name);
  }

  /** @param why `accept` may have returned null */
  private read<T>(path: string, notes: string[], why: string, consequence: string, accept: (bytes: Buffer) => T | null): T | null {
    if (!existsSync(path)) {
      notes.push(`${path} is missing: ${consequence}.`);
      return null;
    }
    const accepted = accept(readFileSync(path));
    if (accepted === null) {
      const aside = free(`${path}.bad`);
      renameSync(path, aside);
      notes.push(`${path} is ${why} and was kept as ${aside}: ${consequence}.`);
    }
    return accepted;
  }

  private replace(name: string, contents: Uint8Array | string): void {
    const path = this.file(name);
    writeFileSync(`${path}.new`, contents);
    renameSync(`${path}.new`, path);
  }
}

function check(flash: Uint8Array): Buffer {
  return createHash("sha256").update(flash).digest();
}

/** @returns the flash without its check, null if they do not belong together. */
function checked(bytes: Buffer, flashSize: number): Buffer | null {
  const flash = bytes.subarray(0, flashSize);
  const whole = bytes.length === flashSize + checkLength && check(flash).equals(bytes.subarray(flashSize));
  return whole ? flash : null;
}

/** @returns the running process that holds a folder, null if there is none. */
function holderOf(path: string): number | null {
  if (!existsSync(path)) return null;
  const pid = Number.parseInt(readFileSync(path, "latin1"), 10);
  // This process has only just begun: its number stood there before, as it does in a container.
  return pid > 0 && pid !== process.pid && isRunning(pid) ? pid : null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Chosen over `recursive`: Node.js 20 never ends where the system refuses with ENOENT, as under /proc. */
function makeFolder(path: string): void {
  const whole = resolve(path);
  if (existsSync(whole)) return;
  makeFolder(dirname(whole));
  mkdirSync(whole);
}

/** @returns the path itself, or with the lowest number behind it that makes it free. */
function free(path: string): string {
  if (!existsSync(path)) return path;
  let number = 2;
  while (existsSync(`${path}-${number}`)) number++;
  return `${path}-${number}`;
}
