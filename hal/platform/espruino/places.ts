import { pad } from "../../digits";
import { Places } from "../../ports";
import { sha256 } from "./crypto";

/**
 * Two places of whole pages in one file of the interpreter's Storage, which the boot file beside this
 * (boot0.js) chooses from. They are written as raw flash: the Storage's own writing of a file is not
 * safe against a power cut, and its compaction erases everything. The file is the first one, so
 * its data begins 32 bytes into the Storage, and the first whole page is the head of place 0.
 */
const enum Place {
  /** The Storage on an ESP32, and where it is in the interpreter's Linux program. */
  Chip = 0x320000,
  Linux = 0x10000000,
  FileHead = 32,
  PageBytes = 4096,
  /** Of a place: a page for the head, and 63 for the image. */
  Bytes = 0x40000,
  /** In the head page, behind a byte for each start on trial: the byte that ends the trial. */
  Works = 131,
  /** Behind it: of an image that was not an update, the byte that says that its first start is over. */
  Noted = 132,
}

const enum Digits { Sequence = 6, Length = 8 }

export function newPlaces(): Places {
  const flash = require("Flash");
  const storage = process.env.BOARD.indexOf("LINUX") < 0 ? Place.Chip : Place.Linux;
  const first = storage + Place.PageBytes;
  const own = first + placeRuns * Place.Bytes;
  const head = first + (1 - placeRuns) * Place.Bytes;
  const image = head + Place.PageBytes;
  /** Where the next page begins that has not been erased. */
  let dirty = 0;
  return {
    running: placeRuns,
    size: Place.Bytes - Place.PageBytes,
    begin: () => {
      flash.erasePage(head);
      dirty = 0;
    },
    write: (offset, base64) => {
      const bytes = atob(base64);
      for (; dirty < offset + bytes.length; dirty += Place.PageBytes) flash.erasePage(image + dirty);
      flash.write(bytes, image + offset);
      return bytes.length;
    },
    digest: (length) => sha256(require("Storage").read("lock", image - storage - Place.FileHead, length)),
    finish: (length, digest) => {
      const text = "LOCK1" + pad(placeSequence + 1, Digits.Sequence) + pad(length, Digits.Length) + digest;
      flash.write(text + sha256(text).substring(0, 8), head);
    },
    // An update has a sequence above 1.
    isFreshlyInstalled: () => placeSequence === 1 && require("Storage").read("lock", own + Place.Noted - storage - Place.FileHead, 1) !== "\0",
    noteInstallation: () => flash.write("\0", own + Place.Noted),
    isOnTrial: () => placeSequence > 1 && require("Storage").read("lock", own + Place.Works - storage - Place.FileHead, 1) !== "\0",
    confirm: () => flash.write("\0", own + Place.Works),
  };
}
