/** Bytes in, whole and checked frames out. The buffer is bounded, whatever arrives. */
import { Platform, Uart } from "../../ports";
import { check, DATA_MAX, FRAME_OVERHEAD, HEADER, word } from "./frames";

export interface Link {
  readonly platform: Platform;
  readonly onFrame: (this: void, mid: number, data: string) => void;
  uart: Uart;
  /** The beginning of a frame whose rest has not come. */
  partial: string;
  /** When its last byte came, milliseconds of the platform. */
  lastAt: number;
  /** Frames that were thrown away because their check byte was wrong, up to 9999. */
  bad: number;
}

/** A frame that pauses longer than this is not completed any more. The vendors' own programs wait as long. */
const GAP_MS = 100;
const WRAP = 0x40000000;

export function newLink(platform: Platform, port: number, onFrame: (mid: number, data: string) => void): Link {
  const link: Link = { platform, onFrame, uart: { write: () => { link.bad = 0; } }, partial: "", lastAt: 0, bad: 0 };
  link.uart = platform.uart(port, 115200, (bytes) => { onBytes(link, bytes); });
  return link;
}

export function since(time: number, now: number): number {
  return (now - time + WRAP) % WRAP;
}

function onBytes(link: Link, bytes: string): void {
  const now = link.platform.now();
  let text = bytes;
  if (link.partial.length > 0 && since(link.lastAt, now) <= GAP_MS) text = link.partial + bytes;
  link.lastAt = now;
  link.partial = takeFrames(link, text);
}

/** @returns what may be the beginning of a frame: at most one frame less a byte. */
function takeFrames(link: Link, text: string): string {
  let at = 0;
  while (at < text.length) {
    at = headerAt(text, at);
    const size = word(text, at + 3);
    if (size < 0) return text.substring(at);
    if (size > DATA_MAX) {
      at = at + 2;
    } else if (text.length - at < size + FRAME_OVERHEAD) {
      return text.substring(at);
    } else if (check(text, at + 2, at + 5 + size) !== text.charCodeAt(at + 5 + size)) {
      if (link.bad < 9999) link.bad = link.bad + 1;
      // The frame that was cut short may be followed by a whole one: look again behind its header.
      at = at + 2;
    } else {
      const mid = text.charCodeAt(at + 2);
      const data = text.substring(at + 5, at + 5 + size);
      at = at + size + FRAME_OVERHEAD;
      link.onFrame(mid, data);
    }
  }
  return "";
}

/** @returns where the next header begins, or could begin with the last byte; else the end. */
function headerAt(text: string, from: number): number {
  const at = text.indexOf(HEADER, from);
  if (at >= 0) return at;
  return text.charAt(text.length - 1) === HEADER.charAt(0) ? text.length - 1 : text.length;
}
