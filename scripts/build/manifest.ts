/** What `npm run build` leaves for `npm run flash`: `manifest.json` beside the files that go onto the chip. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./user-error";

export const manifestName = "manifest.json";
export const manifestFormat = 1;

/** Longest name of a file in Espruino's Storage. */
const storeNameMax = 28;

export interface ManifestFile {
  /** In the folder of the manifest. */
  file: string;
  /** Its name on the chip: in Espruino's Storage. */
  store: string;
  /** Boot files start the image, so they are written last. */
  role: "boot" | "image";
  /** Bytes. */
  size: number;
  /** Bytes that the file takes on the chip, more than it has: room for updates. */
  reserve?: number;
  /** Where the image itself begins in the file, for an update through the console. */
  imageAt?: number;
  /** Hexadecimal, lower case. */
  sha256: string;
}

export interface Manifest {
  format: typeof manifestFormat;
  board: string;
  platform: "espruino" | "nodemcu";
  version: string;
  /** Commit, with `+changes` behind it if the sources were not as committed. */
  git: string;
  /** The firmware of the chip below ours, its first version that will do, and, of NodeMCU, the modules it must have. */
  base: { firmware: string; from: string; modules?: string[] };
  /** As in board-configs/soc. */
  soc: string;
  /** Of Espruino's memory: how many the image needs at its worst moment with a full store. */
  variables?: number;
  files: ManifestFile[];
}

/** A manifest and the bytes of its files, one character each, in the order of the manifest. */
export interface BuiltImage {
  manifest: Manifest;
  bytes: string[];
}

export function sha256(bytes: string): string {
  return createHash("sha256").update(bytes, "latin1").digest("hex");
}

/** @throws UserError that says what is wrong with the folder, and to build again. */
export function readManifest(folder: string): BuiltImage {
  const path = join(folder, manifestName);
  const again = `build again with npm run build`;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UserError(`There is no ${path}; ${again}.`);
  }
  const manifest = parse(text);
  if (typeof manifest === "string") throw new UserError(`${path} is no manifest of a build (${manifest}); ${again}.`);
  return { manifest, bytes: manifest.files.map((entry) => readEntry(folder, entry, again)) };
}

function readEntry(folder: string, { file, size, sha256: digest }: ManifestFile, again: string): string {
  const path = join(folder, file);
  let bytes: string;
  try {
    bytes = readFileSync(path, "latin1");
  } catch {
    throw new UserError(`There is no ${path}, which the manifest names; ${again}.`);
  }
  if (bytes.length !== size) throw new UserError(`${path} has ${bytes.length} bytes, and ${size} in the manifest; ${again}.`);
  if (sha256(bytes) !== digest) throw new UserError(`${path} is not what was built: its SHA-256 is another one; ${again}.`);
  return bytes;
}

/** @returns what is wrong, if something is. */
function parse(text: string): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  const wrong = fault(value);
  return wrong ?? value as Manifest;
}

function fault(value: unknown): string | null {
  if (!isRecord(value)) return "it is no object";
  if (value.format !== manifestFormat) return `its format is ${String(value.format)}, this program knows ${manifestFormat}`;
  const missing = ["board", "version", "git", "soc"].find((name) => typeof value[name] !== "string");
  if (missing !== undefined) return `"${missing}" is missing`;
  if (value.platform !== "espruino" && value.platform !== "nodemcu") return `"platform" is neither espruino nor nodemcu`;
  if (!isRecord(value.base) || typeof value.base.firmware !== "string" || typeof value.base.from !== "string") return `"base" is missing`;
  if (value.variables !== undefined && !Number.isInteger(value.variables)) return `"variables" is no number`;
  if (!Array.isArray(value.files) || value.files.length === 0) return `"files" is empty`;
  return value.files.map(fileFault).find((wrong) => wrong !== null) ?? null;
}

function fileFault(value: unknown): string | null {
  if (!isRecord(value)) return "a file is no object";
  const { file, store, role, size, reserve, imageAt, sha256: digest } = value;
  if (typeof file !== "string" || !/^[^/\\]+$/.test(file) || file === "..") return `a file is named ${JSON.stringify(file)}`;
  if (typeof store !== "string" || !/^[!-}]+$/.test(store) || /["\\]/.test(store) || store.length > storeNameMax) return `${file} goes to ${JSON.stringify(store)}`;
  if (role !== "boot" && role !== "image") return `${file} has no role`;
  if (!Number.isInteger(size) || Number(size) < 1) return `${file} has no size`;
  for (const [name, number] of Object.entries({ reserve, imageAt })) {
    if (number !== undefined && !(Number.isInteger(number) && Number(number) >= 0)) return `${file} has ${JSON.stringify(number)} for ${name}`;
  }
  return typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) ? null : `${file} has no SHA-256`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
