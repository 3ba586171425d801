import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../build/user-error";

/** What an option names: a file, or a folder, which is made where it is not there. */
export type OutputKind = "file" | "folder";

/** Holds the outputs of a command line against the disc, before a run that would be lost with them. @throws UserError for the first that cannot be written */
export function checkOutputs(options: ReadonlyMap<string, string>, kinds: { readonly [option: string]: OutputKind }): void {
  for (const [option, kind] of Object.entries(kinds)) {
    const path = options.get(option);
    if (path !== undefined) demandWritable(path, kind);
  }
}

/** @throws UserError */
export function demandWritable(path: string, kind: OutputKind): void {
  const why = kind === "file" ? whyNoFile(path) : whyNoFolder(path);
  if (why !== null) throw new UserError(`${path} cannot be written: ${why}.`);
}

function whyNoFile(path: string): string | null {
  const folder = dirname(path);
  if (isFolder(folder) !== true) return `there is no folder ${folder}`;
  const there = isFolder(path);
  if (there === true) return "it is a folder; name a file";
  return whyNotOpen(there === null ? folder : path);
}

function whyNoFolder(path: string): string | null {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    return `no folder can be made there (${codeOf(error)})`;
  }
  return whyNotOpen(path);
}

/** @returns null for what is not there, or not in reach */
function isFolder(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch {
    return null;
  }
}

function whyNotOpen(path: string): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    return `${path} may not be written (${codeOf(error)})`;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
