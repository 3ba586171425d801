/** What goes into the Storage of an ESP32 with Espruino: the file of the two places, and the boot file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "terser";
import { checkEspruino } from "./espruino-check";
import { reservedWords } from "./espruino-rules";
import { closeFinalReturns } from "./final-returns";
import { sha256 } from "./manifest";
import { sliceNames } from "./slices";
import { root } from "./sources";
import { UserError } from "./user-error";

/** As hal/platform/espruino/places.ts and boot0.js have them. */
const pageBytes = 4096;
export const placeBytes = 0x40000;
const storageHead = 32;
const worksByte = 131;

export const places = {
  /** Where the image of place 0 begins in the file. */
  imageAt: 2 * pageBytes - storageHead,
  /** Bytes of the file: the rest of the first page, then both places. */
  reserve: pageBytes - storageHead + 2 * placeBytes,
};

/** 32 bytes. */
function digestOf(bytes: string): string {
  return Buffer.from(sha256(bytes), "hex").toString("latin1");
}

/** What stands at the beginning of a place once its image is whole. */
export function headOf(image: string, sequence: number): string {
  const text = `LOCK1${String(sequence).padStart(6, "0")}${String(image.length).padStart(8, "0")}${digestOf(image)}`;
  return text + digestOf(text).slice(0, 8);
}

/** @returns the file "lock" up to the end of the image in place 0, which is confirmed. @throws UserError when the image is too large. */
export function lockFile(image: string): string {
  const room = placeBytes - pageBytes;
  if (image.length > room) throw new UserError(`the image has ${image.length} bytes, and a place on the chip ${room}: leave parts out of the board's file`);
  const head = headOf(image, 1).padEnd(worksByte, "\xff") + "\0";
  return "\xff".repeat(pageBytes - storageHead) + head.padEnd(pageBytes, "\xff") + image;
}

/** @returns the text of `.boot0`. */
export async function bootFile(): Promise<string> {
  const text = readFileSync(join(root, "hal/platform/espruino/boot0.js"), "utf8");
  const shaped = await minify(text, {
    ecma: 5,
    compress: { defaults: false, hoist_funs: true, ecma: 5 },
    mangle: { reserved: [...reservedWords, ...sliceNames] },
    format: { ecma: 5, ascii_only: true },
  });
  const { code } = closeFinalReturns(shaped.code ?? "", JSON.stringify({ version: 3, sources: [], names: [], mappings: "" }));
  checkEspruino(code, "");
  return code;
}
