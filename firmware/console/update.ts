import { fromHex } from "../../hal/digits";
import { Places } from "../../hal/ports";
import { MotorPhase } from "../core/state";
import { Limit } from "../limits";
import { isSame } from "../runtime/vault";
import { Console, print } from "./console";
import { parseNumber } from "./words";

/**
 * A new image over the console, into the place that does not run. Whoever sends it has the password:
 * the last line carries SHA-256 of a key made of it and of the image's digest. Until then, and after
 * a cut, the old image is the one that starts.
 */

/** Bytes in one line, so that it fits the console's. */
const PIECE_BYTES = 120;

const BUSY = "busy the bolt moves; try again in a moment";
const WRONG_PIECE = "value the piece has 1 to " + PIECE_BYTES.toString() + " bytes in base64, and none behind the end of the image";
const NONE = "off this lock cannot replace its own firmware; flash it";

/** What has been announced and not yet finished. */
export interface Announced {
  /** Bytes; 0: nothing was announced. */
  size: number;
  /** 32 bytes. */
  digest: string;
}

/** 32 bytes written as 64 digits; "" for anything else. */
function digestOf(text: string): string {
  return text.length === 64 ? fromHex(text) : "";
}

/** How many bytes a piece has at most, by its text alone. */
function bytesIn(base64: string): number {
  let end = base64.length;
  while (end > 0 && base64.charAt(end - 1) === "=") end--;
  return Math.floor(end * 3 / 4);
}

/** @param place 0 or 1 */
export function placeName(place: number): string {
  return place === 0 ? "a" : "b";
}

export function beginUpdate(c: Console, args: string[]): string {
  const places = c.runtime.platform.places;
  if (places === null) return NONE;
  const size = parseNumber(args[0]);
  const digest = digestOf(args[1]);
  if (size < 1 || size > places.size) return "value an image has 1 to " + places.size.toString() + " bytes";
  if (digest === "") return "value the digest is 64 hexadecimal digits, lower case";
  if (places.isOnTrial()) return "busy the new image is on trial; try again in " + trialLeftS(c).toString() + " s";
  if (isDriving(c)) return BUSY;
  places.begin();
  c.update.size = size;
  c.update.digest = digest;
  print(c, "place=" + placeName(1 - places.running) + " piece=" + PIECE_BYTES.toString());
  return "";
}

/** The image confirms itself when it has run for so long. */
function trialLeftS(c: Console): number {
  return Math.max(1, Math.floor(Limit.trialMs / 1000) - c.runtime.clock.seconds);
}

/** Erasing a page keeps everything waiting. */
function isDriving(c: Console): boolean {
  return c.runtime.lock.motor !== MotorPhase.Resting;
}

export function updatePiece(c: Console, args: string[]): string {
  const places = c.runtime.platform.places;
  if (places === null) return NONE;
  const offset = parseNumber(args[0]);
  if (c.update.size === 0) return "order begin with `update begin`";
  if (offset < 0 || offset % PIECE_BYTES !== 0 || offset >= c.update.size) return "value the offset is a multiple of " + PIECE_BYTES.toString() + " within the image";
  const count = bytesIn(args[1]);
  if (count > PIECE_BYTES || offset + count > c.update.size) return WRONG_PIECE;
  if (isDriving(c)) return BUSY;
  if (places.write(offset, args[1]) < 0) return WRONG_PIECE;
  // Whoever asks again after a silence may hear the first answer late: this says which piece it is for.
  print(c, "at=" + offset.toString());
  return "";
}

export function endUpdate(c: Console, args: string[]): string {
  const places = c.runtime.platform.places;
  if (places === null) return NONE;
  if (c.update.size === 0) return "order begin with `update begin`";
  const digest = c.update.digest;
  if (!isSame(c.runtime.vault, places.digest(c.update.size), digest)) return "damaged what was written is not what was announced; begin again";
  const check = c.runtime.platform.sha256(updateKey(c) + digest);
  if (!isSame(c.runtime.vault, digestOf(args[0]), check)) return "denied the check was not made with the password of this console";
  if (isDriving(c)) return BUSY;
  finish(c, places);
  return "";
}

/** An open console that nobody logged in to has no password. */
function updateKey(c: Console): string {
  return c.updateKey === "" ? c.runtime.platform.sha256("update") : c.updateKey;
}

function finish(c: Console, places: Places): void {
  places.finish(c.update.size, c.update.digest);
  c.update.size = 0;
  // The answer goes out first.
  c.restart.start(200);
}
