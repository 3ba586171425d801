/** What goes into the file system of an ESP32 with NodeMCU: an image, the head of its place, and the boot file. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "./manifest";
import { root } from "./sources";
import { UserError } from "./user-error";

/** Names NodeMCU's own compiler on this machine. */
export const luacVariable = "LUAC_CROSS";

/** As hal/platform/nodemcu/places.ts has it. */
export const placeBytes = 0x80000;

/** Of the image's digest, behind an LFS image and in it. */
const idDigits = 16;

/** Passed to the compiler as the most an image may take; the partition of base.json. */
const lfsBytes = 0xc0000;

/** What an LFS image begins with, as every Lua bytecode. */
export const bytecodeMark = "\x1bLua";

/** The firmware below, and what it must be built with. */
export function nodemcuBase(): { firmware: string; from: string; modules: string[] } {
  return JSON.parse(readFileSync(join(root, "hal/platform/nodemcu/base.json"), "utf8"));
}

/** @returns the text of `init.lua`, without its comments */
export function initFile(): string {
  const text = readFileSync(join(root, "hal/platform/nodemcu/init.lua"), "utf8");
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("--")).join("\n").concat("\n");
}

/** What says that a place has an image. */
export function headOf(image: string, sequence: number): string {
  const text = `LOCK1${String(sequence).padStart(6, "0")}${String(image.length).padStart(8, "0")}${sha256(image)}`;
  return text + sha256(text).slice(0, 8);
}

/**
 * The bundle as an LFS image, so that its code stays in flash; as text where there is no compiler.
 * @throws UserError when it does not fit
 */
export function imageFile(bundle: string, luac = process.env[luacVariable] ?? ""): { name: string; bytes: string } {
  const made = luac === "" ? { name: "lock.lua", bytes: bundle } : { name: "lock-lfs.img", bytes: lfsImage(bundle, luac) };
  if (made.bytes.length > placeBytes) throw new UserError(`the image has ${made.bytes.length} bytes, and a place on the chip ${placeBytes}: leave parts out of the board's file`);
  return made;
}

/** The modules `lock` and `lockid`, and the digits by which the boot file knows which image LFS holds. */
function lfsImage(bundle: string, luac: string): string {
  const id = sha256(bundle).slice(0, idDigits);
  const folder = mkdtempSync(join(tmpdir(), "lfs-"));
  try {
    writeFileSync(join(folder, "lock.lua"), bundle, "latin1");
    writeFileSync(join(folder, "lockid.lua"), `return "${id}"\n`);
    const words = ["-s", "-f", "-m", String(lfsBytes), "-o", "lock.img", "lock.lua", "lockid.lua"];
    const { error, status, stderr } = spawnSync(luac, words, { cwd: folder, encoding: "utf8" });
    if (error !== undefined) throw new UserError(`${luac}, which ${luacVariable} names, cannot be run (${error.message})`);
    if (status !== 0) throw new UserError(`${luac} makes no LFS image: ${stderr.trim().split("\n")[0]}`);
    const bytes = readFileSync(join(folder, "lock.img"), "latin1");
    if (!bytes.startsWith(bytecodeMark)) throw new UserError(`${luac} makes no LFS image; it must be the luac.cross of NodeMCU's branch dev-esp32, for Lua 5.3`);
    return bytes + id;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
