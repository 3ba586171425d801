import { pad } from "../../digits";
import { Places } from "../../ports";
import { sha256 } from "./crypto";

/**
 * Two places in files of the chip's file system, which init.lua beside this chooses from; their names and the head
 * stand there. An image is none until its head is whole, and a head that a power cut has shortened is none: so nothing
 * here needs a rename or an order of the file system's own. What SPIFFS makes of a cut in its own housekeeping is not proved.
 */
const enum Place {
  /** Chosen: twice what an image takes; two of them and the store fill half of the file system. */
  Bytes = 0x80000,
  /** Read at once for the digest. */
  BlockBytes = 1024,
}

const enum Digits { Sequence = 6, Length = 8, Check = 8 }

/** What else there is of a place: written by `confirm` and by init.lua. */
const MARKS = ["works", "tries", "loads"];

/** @returns nothing when it is no base64 */
function decoded(base64: string): string {
  const [whole, bytes] = pcall(encoder.fromBase64, base64);
  return whole ? bytes : "";
}

/** The file is closed again: the system has only a few. */
function put(name: string, mode: "w" | "r+", offset: number, bytes: string): boolean {
  const opened = io.open(name, mode);
  if (opened === undefined) return false;
  // Behind the end there is a gap, which the system does not fill.
  const there = opened.seek("end", 0) >= offset;
  if (there) opened.seek("set", offset);
  const done = there && opened.write(bytes) !== undefined;
  opened.close();
  return done;
}

function digestOf(name: string, length: number): string {
  const opened = io.open(name, "r");
  const hasher = crypto.new_hash("SHA256");
  if (opened === undefined) return "";
  let left = length;
  while (left > 0) {
    const bytes = opened.read(left < Place.BlockBytes ? left : Place.BlockBytes) ?? "";
    if (bytes === "") break;
    hasher.update(bytes);
    left -= bytes.length;
  }
  opened.close();
  return left === 0 ? hasher.finalize() : "";
}

export function newPlaces(): Places {
  const free = (1 - placeRuns).toString();
  const [head, image] = ["head" + free, "lock" + free];
  return {
    running: placeRuns,
    size: Place.Bytes,
    begin: () => {
      // The head first: from here on the rest belongs to nothing.
      file.remove(head);
      for (const mark of MARKS) file.remove(mark + free);
      file.remove(image);
    },
    write: (offset, base64) => {
      const bytes = decoded(base64);
      if (bytes === "") return -1;
      return put(image, offset === 0 ? "w" : "r+", offset, bytes) ? bytes.length : -1;
    },
    digest: (length) => digestOf(image, length),
    finish: (length, digest) => {
      const text = "LOCK1" + pad(placeSequence + 1, Digits.Sequence) + pad(length, Digits.Length) + encoder.toHex(digest);
      put(head, "w", 0, text + encoder.toHex(sha256(text)).substring(0, Digits.Check));
    },
    // The prompt's own way of erasing takes the store too, and the password with it.
    isFreshlyInstalled: () => false,
    noteInstallation: () => { return; },
    isOnTrial: () => placeSequence > 1 && !file.exists("works" + placeRuns.toString()),
    confirm: () => { put("works" + placeRuns.toString(), "w", 0, "x"); },
  };
}
