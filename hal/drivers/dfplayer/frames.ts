/**
 * Frames of the DFPlayer Mini, ten bytes both ways: 7E, version FF, length 06, command, "answer
 * me", parameter (2), checksum (2, minus the sum of the six bytes behind 7E), EF. Two-byte values
 * have the high byte first.
 */

export const enum Command {
  Volume = 0x06, Reset = 0x0c, Play = 0x0f, Stop = 0x16,
  // From the module.
  MediaIn = 0x3a, MediaOut = 0x3b, FinishedUsb = 0x3c, FinishedCard = 0x3d, Online = 0x3f, Error = 0x40, Taken = 0x41,
}

/** Parameter of `Command.Error`. */
export const enum Fault { Busy = 1, Sleeping, Serial, Checksum, OutOfRange, NotFound, Advert }

export const enum Size { Frame = 10, Head = 3 }

export const HEAD = String.fromCharCode(0x7e) + String.fromCharCode(0xff) + String.fromCharCode(0x06);

/** Sum of the bytes behind 7E up to the parameter, made so that frame and checksum add up to 0. */
function checksum(command: number, answer: number, parameter: number): number {
  return 65536 - (0xff + 0x06 + command + answer + Math.floor(parameter / 256) + parameter % 256);
}

function word(value: number): string {
  return String.fromCharCode(Math.floor(value / 256)) + String.fromCharCode(value % 256);
}

/** @param answer 1: the module is to say that it took the command @param parameter 0 to 65535 */
export function encode(command: number, answer: number, parameter: number): string {
  const body = String.fromCharCode(command) + String.fromCharCode(answer) + word(parameter);
  return HEAD + body + word(checksum(command, answer, parameter)) + String.fromCharCode(0xef);
}

function wordAt(text: string, at: number): number {
  return text.charCodeAt(at) * 256 + text.charCodeAt(at + 1);
}

/** Is there a whole and right frame? The caller has made sure that ten bytes are there. */
export function isFrame(text: string, at: number): boolean {
  if (text.charCodeAt(at + 9) !== 0xef) return false;
  return wordAt(text, at + 7) === checksum(text.charCodeAt(at + 3), text.charCodeAt(at + 4), wordAt(text, at + 5));
}

export function commandAt(text: string, at: number): number {
  return text.charCodeAt(at + 3);
}

export function parameterAt(text: string, at: number): number {
  return wordAt(text, at + 5);
}

/** @param folder 1 to 99, named `01` to `99` @param file 1 to 255, named `001` to `255` with anything behind */
export function playParameter(folder: number, file: number): number {
  return folder * 256 + file;
}

/** Where the next frame begins, or could begin with what is there; else the end. */
export function headAt(text: string, from: number): number {
  const at = text.indexOf(HEAD, from);
  if (at >= 0) return at;
  const end = text.length;
  if (end - from >= 2 && text.substring(end - 2, end) === HEAD.substring(0, 2)) return end - 2;
  return end > from && text.charAt(end - 1) === HEAD.charAt(0) ? end - 1 : end;
}
