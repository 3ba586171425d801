import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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

/** The folder of a simulated lock: `flash.bin`, byte for byte, and `world.json`. */
export class StateFolder {
  constructor(readonly path: string) {}

  /** Reads both files; one that cannot be right is renamed to `<name>.bad`, never overwritten. */
  load(flashSize: number): KeptState {
    const notes: string[] = [];
    const flash = this.file("flash.bin");
    const world = this.file("world.json");
    if (!existsSync(flash) && !existsSync(world)) return { flash: undefined, standing: newStanding(), fresh: true, notes };
    const contents = this.read(flash, notes, "the lock starts as new", (bytes) => bytes.length === flashSize ? bytes : null);
    const standing = this.read(world, notes, "the sensor modules start empty", (bytes) => parseStanding(bytes.toString("utf8")));
    return { flash: contents ?? undefined, standing: standing ?? newStanding(), fresh: contents === null, notes };
  }

  /** Whole files only: written beside the old ones, which they then replace. */
  save(flash: Uint8Array, standing: Standing): void {
    mkdirSync(this.path, { recursive: true });
    this.replace("flash.bin", flash);
    this.replace("world.json", `${JSON.stringify(standing, null, 2)}\n`);
  }

  /** Moves the folder out of the way. @returns its new name, null if there was none. */
  setAside(): string | null {
    if (!existsSync(this.path)) return null;
    const aside = free(`${this.path}.old`);
    renameSync(this.path, aside);
    return aside;
  }

  private file(name: string): string {
    return join(this.path, name);
  }

  private read<T>(path: string, notes: string[], consequence: string, accept: (bytes: Buffer) => T | null): T | null {
    if (!existsSync(path)) {
      notes.push(`${path} is missing: ${consequence}.`);
      return null;
    }
    const accepted = accept(readFileSync(path));
    if (accepted === null) {
      const aside = free(`${path}.bad`);
      renameSync(path, aside);
      notes.push(`${path} is damaged and was kept as ${aside}: ${consequence}.`);
    }
    return accepted;
  }

  private replace(name: string, contents: Uint8Array | string): void {
    const path = this.file(name);
    writeFileSync(`${path}.new`, contents);
    renameSync(`${path}.new`, path);
  }
}

/** @returns the path itself, or with the lowest number behind it that makes it free. */
function free(path: string): string {
  if (!existsSync(path)) return path;
  let number = 2;
  while (existsSync(`${path}-${number}`)) number++;
  return `${path}-${number}`;
}
