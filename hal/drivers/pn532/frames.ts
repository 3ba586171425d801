/**
 * Frames of the PN532: 00 00 FF, length and its complement, D4 (to the chip) or D5 (from it),
 * command (an answer: plus 1), data, sum to zero, 00. The chip takes a command with an
 * acknowledge frame, then answers.
 */

export const enum Command { GetFirmware = 0x02, SamConfiguration = 0x14, RfConfiguration = 0x32, ListTargets = 0x4a }

export const enum Length {
  /** 00 00 FF, length, its complement; sum and 00 behind the data. */
  Around = 7,
  /** The longest believed, counted from D5: a card's answer with its history has about 50. */
  Most = 64,
}

const enum Byte { ToChip = 0xd4, FromChip = 0xd5 }

const START = String.fromCharCode(0) + String.fromCharCode(0xff);

function wakeBytes(): string {
  let bytes = String.fromCharCode(0x55) + String.fromCharCode(0x55);
  for (let i = 0; i < 14; i++) bytes = bytes + String.fromCharCode(0);
  return bytes;
}

/** Wakes the chip, which hears from the second byte on. */
export const WAKE = wakeBytes();

function sum(text: string, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total = total + text.charCodeAt(i);
  return total % 256;
}

/** @param data of the command, as characters */
export function commandFrame(command: number, data: string): string {
  const body = String.fromCharCode(Byte.ToChip) + String.fromCharCode(command) + data;
  const size = body.length;
  return String.fromCharCode(0) + START + String.fromCharCode(size) + String.fromCharCode(256 - size) + body
    + String.fromCharCode((256 - sum(body, 0, size)) % 256) + String.fromCharCode(0);
}

/** What stands at the beginning of a text. */
export const enum Found { Nothing, Part, Acknowledge, Answer }

/** Where a frame begins, or could begin with what is there: at its 00 FF. */
export function startAt(text: string, from: number): number {
  const at = text.indexOf(START, from);
  if (at >= 0) return at;
  const end = text.length;
  return end > from && text.charCodeAt(end - 1) === 0 ? end - 1 : end;
}

/** @param at of a 00 FF, as `startAt` found it */
export function frameAt(text: string, at: number): Found {
  if (text.length - at < 4) return Found.Part;
  const size = text.charCodeAt(at + 2);
  const complement = text.charCodeAt(at + 3);
  if (size === 0 && complement === 0xff) return Found.Acknowledge;
  if ((size + complement) % 256 !== 0 || size < 2 || size > Length.Most) return Found.Nothing;
  if (text.length - at < size + 5) return Found.Part;
  const right = sum(text, at + 4, at + 5 + size) === 0 && text.charCodeAt(at + 4) === Byte.FromChip;
  return right ? Found.Answer : Found.Nothing;
}

/** The command's number plus 1, and its data, of an answer. */
export function answerAt(text: string, at: number): string {
  return text.substring(at + 5, at + 4 + text.charCodeAt(at + 2));
}

/** Bytes that a frame at this place takes, without the last 00, which says nothing. */
export function sizeAt(text: string, at: number): number {
  return text.charCodeAt(at + 3) === 0xff && text.charCodeAt(at + 2) === 0 ? 4 : 5 + text.charCodeAt(at + 2);
}

const DIGITS = "0123456789ABCDEF";

/**
 * The card's number in an answer to ListTargets: 4B, count, target, SENS_RES (2), SEL_RES, length, number.
 * @returns hexadecimal digits, "" when there is no card, "?" when it makes no sense
 */
export function cardOf(answer: string): string {
  const count = answer.charCodeAt(1);
  if (answer.length === 2 && count === 0) return "";
  const size = answer.length > 6 ? answer.charCodeAt(6) : 0;
  const known = size === 4 || size === 7 || size === 10;
  if (count !== 1 || !known || answer.length < 7 + size || answer.charCodeAt(2) !== 1) return "?";
  let text = "";
  for (let i = 7; i < 7 + size; i++) {
    const byte = answer.charCodeAt(i);
    text = text + DIGITS.charAt(Math.floor(byte / 16)) + DIGITS.charAt(byte % 16);
  }
  return text;
}
