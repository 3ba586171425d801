/**
 * Frames of the EF01 family (GROW R503 manual V1.2.2, chapter IV; ZFM-20 manual v2.0, chapter 4):
 * `EF 01 | address 4 | kind 1 | length 2 | content | sum 2`, big-endian; the length counts content
 * and sum, the sum adds kind, length and content.
 */
export const enum Pid { Command = 1, Data = 2, Answer = 7, EndOfData = 8 }

export const enum Command {
  GenImg = 0x01,
  Img2Tz = 0x02,
  Search = 0x04,
  RegModel = 0x05,
  Store = 0x06,
  DeletChar = 0x0C,
  Empty = 0x0D,
  ReadSysPara = 0x0F,
  VfyPwd = 0x13,
  WriteNotepad = 0x18,
  ReadNotepad = 0x19,
  TemplateNum = 0x1D,
  ReadIndexTable = 0x1F,
  // From here on the dialects differ: the same number is another command in the other one.
  SynSleep = 0x33,
  SynChipSerial = 0x34,
  GrowAura = 0x35,
  GrowProductInfo = 0x3C,
  SynRing = 0x3C,
}

const enum Size {
  /** Before the content. */
  Head = 9,
  Sum = 2,
  /** Longest content believed; the longest one asked for is the product information with 51. */
  ContentMax = 64,
}

/** Content of the answers that have a length of their own. */
export const enum Length { Plain = 1, Count = 3, Found = 5, Parameters = 17, Page = 33, Product = 47, LongProduct = 51 }

const START = String.fromCharCode(0xEF) + String.fromCharCode(0x01);
const BYTE_FF = String.fromCharCode(0xFF);
const READY = 0x55;
const HEADER = START + BYTE_FF + BYTE_FF + BYTE_FF + BYTE_FF;

/** @param value 0 to 65535 @returns two bytes, high one first */
export function word(value: number): string {
  return String.fromCharCode(Math.floor(value / 256)) + String.fromCharCode(value % 256);
}

/** @returns the word that begins at this place of `bytes` */
export function wordAt(bytes: string, at: number): number {
  return bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1);
}

function sumOf(bytes: string): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum = sum + bytes.charCodeAt(i);
  return sum % 65536;
}

/** A whole frame to the default address. */
export function encode(pid: Pid, content: string): string {
  const body = String.fromCharCode(pid) + word(content.length + Size.Sum) + content;
  return HEADER + body + word(sumOf(body));
}

export function commandFrame(command: Command, parameters: string): string {
  return encode(Pid.Command, String.fromCharCode(command) + parameters);
}

/** Whether this content can be the answer to that command: another one is an echo, or late. */
export function answers(command: number, synochip: boolean, content: string): boolean {
  const length = answerLength(command, synochip);
  if (content.charCodeAt(0) !== 0 && content.length === Length.Plain) return true;
  return content.length === length || (length === Length.Product && content.length === Length.LongProduct);
}

function answerLength(command: number, synochip: boolean): number {
  if (command === Command.Search) return Length.Found;
  if (command === Command.ReadSysPara) return Length.Parameters;
  if (command === Command.TemplateNum) return Length.Count;
  if (command === Command.ReadNotepad || command === Command.ReadIndexTable || command === Command.SynChipSerial) return Length.Page;
  if (command === Command.GrowProductInfo && !synochip) return Length.Product;
  return Length.Plain;
}

/** What has come in and is not a frame yet; bounded by the longest frame once all frames are taken. */
export interface Inbox {
  buffer: string;
  /** Before this everything is dealt with. */
  at: number;
  /** The byte 55 came alone: the module has just started. */
  ready: boolean;
  /** Something that began like an answer was none. */
  damaged: boolean;
}

export function newInbox(): Inbox {
  return { buffer: "", at: 0, ready: false, damaged: false };
}

export function addBytes(inbox: Inbox, bytes: string): void {
  inbox.buffer = inbox.buffer.substring(inbox.at) + bytes;
  inbox.at = 0;
}

export function dropBytes(inbox: Inbox): void {
  inbox.buffer = "";
  inbox.at = 0;
}

/** @returns the content of the next whole answer, "" if there is none yet. */
export function takeAnswer(inbox: Inbox): string {
  const bytes = inbox.buffer;
  for (;;) {
    const start = bytes.indexOf(START, inbox.at);
    if (start < 0) {
      const half = bytes.length > inbox.at && bytes.charCodeAt(bytes.length - 1) === 0xEF;
      pass(inbox, half ? bytes.length - 1 : bytes.length);
      return "";
    }
    pass(inbox, start);
    if (bytes.length < start + Size.Head) return "";
    const length = contentLength(bytes, start);
    if (length > 0) {
      const end = start + Size.Head + length;
      if (bytes.length < end + Size.Sum) return "";
      if (sumOf(bytes.substring(start + HEADER.length, end)) === wordAt(bytes, end)) {
        inbox.at = end + Size.Sum;
        return bytes.substring(start + Size.Head, end);
      }
    }
    inbox.damaged = true;
    inbox.at = start + START.length;
  }
}

/** @returns -1 for what cannot be an answer to this lock. */
function contentLength(bytes: string, start: number): number {
  if (bytes.substring(start, start + HEADER.length) !== HEADER) return -1;
  if (bytes.charCodeAt(start + HEADER.length) !== Pid.Answer) return -1;
  const length = wordAt(bytes, start + HEADER.length + 1) - Size.Sum;
  return length < 1 || length > Size.ContentMax ? -1 : length;
}

/** Skips what is outside frames. 55 counts only with the 00 and FF that switching the supply makes. */
function pass(inbox: Inbox, end: number): void {
  let ready = false;
  for (let i = inbox.at; i < end; i++) {
    const byte = inbox.buffer.charCodeAt(i);
    if (byte === READY) {
      ready = true;
    } else if (byte !== 0 && byte !== 0xFF) {
      ready = false;
      break;
    }
  }
  if (ready) inbox.ready = true;
  inbox.at = end;
}
