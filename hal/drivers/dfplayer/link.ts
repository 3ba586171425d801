import { Platform, Uart } from "../../ports";
import { commandAt, headAt, isFrame, parameterAt, Size } from "./frames";

const enum Figure {
  Baud = 9600,
  PartMs = 50, // chosen: a frame takes 10 ms
  Wrap = 1073741824,
}

/** Bytes in, whole and checked frames out. What waits for its rest is shorter than a frame. */
export interface Link {
  readonly platform: Platform;
  readonly uart: Uart;
  readonly onFrame: (this: void, command: number, parameter: number) => void;
  partial: string;
  partialAt: number;
}

export function newLink(platform: Platform, port: number, onFrame: (this: void, command: number, parameter: number) => void): Link {
  const link: Link = {
    platform, onFrame, partial: "", partialAt: 0,
    uart: platform.uart(port, Figure.Baud, (bytes) => { onBytes(link, bytes); }),
  };
  return link;
}

/** Milliseconds since a moment of the platform's clock. */
export function age(platform: Platform, time: number): number {
  return (platform.now() - time + Figure.Wrap) % Figure.Wrap;
}

function onBytes(link: Link, bytes: string): void {
  const late = link.partial === "" || age(link.platform, link.partialAt) > Figure.PartMs;
  const text = late ? bytes : link.partial + bytes;
  link.partialAt = link.platform.now();
  let at = headAt(text, 0);
  while (text.length - at >= Size.Frame) {
    const whole = isFrame(text, at);
    if (whole) link.onFrame(commandAt(text, at), parameterAt(text, at));
    // What was no frame may have another one's head in it.
    at = headAt(text, at + (whole ? Size.Frame : Size.Head));
  }
  link.partial = text.substring(at);
}
