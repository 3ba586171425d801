import { Flash, Platform } from "../../hal/ports";

/**
 * The state of the lock in flash: a log of records in one of two areas. A record is appended;
 * when an area is full, everything that still holds is written to the other one, whose header,
 * written last, makes it the valid one. Byte layout: FORMAT.md.
 */

/** Pages of one area; the journal has the rest. */
export const AREA_PAGES = 3;
/** Length, kind, and four bytes of SHA-256 after the payload. */
const OVERHEAD = 6;
const HEADER = "H";
/** Version, and the sequence number in four characters. */
const HEADER_BYTES = 5 + OVERHEAD;
export const VERSION = 2;

export interface Log {
  readonly platform: Platform;
  readonly flash: Flash;
  /** First page of the valid area. */
  area: number;
  sequence: number;
  /** Where the next record goes, from the start of the flash. */
  next: number;
  /** The last record was cut off: the area is not written any further. */
  torn: boolean;
  /** Whole records follow one that is not: flash has failed, and something is lost. */
  damaged: boolean;
  /** An older version wrote it. */
  old: boolean;
}

export const enum Opened { Empty, Good, Newer }

/** Written at once by a wipe: a divisor of every page. */
const WIPE_BYTES = 64;
/** Longer than any record there is: 71 bytes. */
const CLOSED_BYTES = 72;
const EIGHT = "\0\0\0\0\0\0\0\0";
const ZEROS = EIGHT + EIGHT + EIGHT + EIGHT + EIGHT + EIGHT + EIGHT + EIGHT + EIGHT;
/** What stands at an address without a record. */
const enum Gap { None = "", Torn = "?", Closed = "0" }

/** Erased flash; and what a wipe leaves until it is erased. */
const BLANK = 255;
const WIPED = 0;

export function newLog(platform: Platform): Log {
  return { platform, flash: platform.flash, area: 0, sequence: 0, next: 0, torn: false, damaged: false, old: false };
}

function areaStart(log: Log, area: number): number {
  return area * log.flash.pageSize;
}

function seal(log: Log, head: string): string {
  return log.platform.sha256(head).substring(0, 4);
}

function frame(log: Log, kind: string, payload: string): string {
  const head = String.fromCharCode(payload.length) + kind + payload;
  return head + seal(log, head);
}

/** The record at an address: kind and payload, else a Gap. */
export function readRecord(log: Log, address: number): string {
  const length = log.flash.read(address, 1).charCodeAt(0);
  if (length === BLANK) return Gap.None;
  if (length === WIPED) return Gap.Closed;
  const room = log.flash.pageSize - address % log.flash.pageSize;
  if (length + OVERHEAD > room) return Gap.Torn;
  const record = log.flash.read(address, length + OVERHEAD);
  const head = record.substring(0, length + 2);
  return record.substring(length + 2) === seal(log, head) ? head.substring(1) : Gap.Torn;
}

function sequenceText(sequence: number): string {
  return String.fromCharCode(48 + Math.floor(sequence / 262144), 48 + Math.floor(sequence / 4096) % 64, 48 + Math.floor(sequence / 64) % 64, 48 + sequence % 64);
}

/** The header of an area: its sequence number, -1 without one, -2 when a newer version wrote it. */
function readHeader(log: Log, area: number): number {
  const record = readRecord(log, areaStart(log, area));
  if (record.charAt(0) !== HEADER) return -1;
  if (record.charCodeAt(1) - 48 > VERSION) return -2;
  let sequence = 0;
  for (let i = 2; i < 6; i++) sequence = sequence * 64 + record.charCodeAt(i) - 48;
  return sequence;
}

/** Finds the valid area. @returns Empty for new flash, Newer when it must not be touched */
export function openLog(log: Log): Opened {
  const a = readHeader(log, 0);
  const b = readHeader(log, AREA_PAGES);
  if (a === -2 || b === -2) return Opened.Newer;
  if (a < 0 && b < 0) return openWithoutHeader(log);
  log.area = b > a ? AREA_PAGES : 0;
  log.sequence = Math.max(a, b);
  log.old = readRecord(log, areaStart(log, log.area)).charCodeAt(1) - 48 < VERSION;
  log.next = areaStart(log, log.area) + HEADER_BYTES;
  // A change of area that was cut before its end: the older one must never count again.
  if (a >= 0 && b >= 0) eraseArea(log, AREA_PAGES - log.area);
  return Opened.Good;
}

/** New flash, a wipe that was cut, or a header that cannot be read: the records behind it are whole or not, each by itself. */
function openWithoutHeader(log: Log): Opened {
  for (let area = 0; area <= AREA_PAGES; area = area + AREA_PAGES) {
    const first = log.flash.read(areaStart(log, area), 1).charCodeAt(0);
    if (first === BLANK || first === WIPED) continue;
    log.area = area;
    log.next = areaStart(log, area) + HEADER_BYTES;
    log.sequence = 1;
    log.torn = true;
    return Opened.Good;
  }
  return Opened.Empty;
}

function eraseArea(log: Log, area: number): void {
  for (let page = 0; page < AREA_PAGES; page++) log.flash.erase(area + page);
}

/** The address at or after `address` where a record may stand; -1 past the end of the area. */
function place(log: Log, address: number, bytes: number): number {
  const size = log.flash.pageSize;
  const left = size - address % size;
  const at = left < bytes ? address + left : address;
  return at + bytes > areaStart(log, log.area + AREA_PAGES) ? -1 : at;
}

/**
 * Calls `load` with each record of the area and its address. A record that was torn is the last
 * one; where others follow, the flash is damaged, and what is whole is still loaded.
 */
export function replay(log: Log, load: (record: string, address: number) => void): void {
  const size = log.flash.pageSize;
  const end = areaStart(log, log.area + AREA_PAGES);
  let address = log.next;
  while (address < end) {
    const record = readRecord(log, address);
    if (record === Gap.None) {
      // The rest of a page too short for the record that came next was left empty.
      const rest = (Math.floor(address / size) + 1) * size;
      if (rest >= end || log.flash.read(rest, 1).charCodeAt(0) === BLANK) break;
      address = rest;
    } else if (record === Gap.Closed) {
      address = address + closedAt(log, address);
    } else if (record === Gap.Torn) {
      log.torn = true;
      const whole = nextWhole(log, address + 1, end);
      if (whole >= 0 || !isCutOff(log, address)) log.damaged = true;
      if (whole < 0) break;
      address = whole;
    } else {
      load(record, address);
      address = address + record.length + OVERHEAD - 1;
    }
  }
  log.next = address;
}

/** How many bytes to pass by where a start has closed the end of the log. */
function closedAt(log: Log, address: number): number {
  const room = log.flash.pageSize - address % log.flash.pageSize;
  return room >= CLOSED_BYTES && log.flash.read(address, CLOSED_BYTES) === ZEROS.substring(0, CLOSED_BYTES) ? CLOSED_BYTES : 1;
}

/**
 * Where a write was under way as the supply went, its bits may read now so, now so: the last record
 * is written again over itself, and what it may have been that looks free now is closed with zeros.
 * @param last address of the last record
 */
export function settleLog(log: Log, last: number): void {
  confirm(log, areaStart(log, log.area));
  if (last > 0) confirm(log, last);
  const end = areaStart(log, log.area + AREA_PAGES);
  if (log.next >= end) return;
  const room = log.flash.pageSize - log.next % log.flash.pageSize;
  close(log, Math.min(room, CLOSED_BYTES));
  // What did not fit into the rest of the page stood at the start of the next.
  if (room < CLOSED_BYTES && log.next < end) close(log, CLOSED_BYTES);
}

function confirm(log: Log, address: number): void {
  const record = readRecord(log, address);
  if (record.length > 1) log.flash.write(address, frame(log, record.charAt(0), record.substring(1)));
}

function close(log: Log, bytes: number): void {
  log.flash.write(log.next, ZEROS.substring(0, bytes));
  log.next = log.next + bytes;
}

/** What the supply cut off ends in erased bytes; what has its last byte was whole once. */
function isCutOff(log: Log, address: number): boolean {
  const length = log.flash.read(address, 1).charCodeAt(0);
  const room = log.flash.pageSize - address % log.flash.pageSize;
  return length + OVERHEAD > room || log.flash.read(address + length + OVERHEAD - 1, 1).charCodeAt(0) === BLANK;
}

/** The next whole record at or after an address, -1 if there is none. Only damaged flash needs the search. */
function nextWhole(log: Log, address: number, end: number): number {
  for (let at = address; at < end; at++) {
    const record = readRecord(log, at);
    if (record.length > 1) return at;
  }
  return -1;
}

/** Bytes of an area, and how many of them are free. */
export function areaBytes(log: Log): number {
  return AREA_PAGES * log.flash.pageSize;
}

export function freeBytes(log: Log): number {
  return areaStart(log, log.area + AREA_PAGES) - log.next;
}

/** Appends a record. @returns its address, -1 when the area is full */
export function append(log: Log, kind: string, payload: string): number {
  const record = frame(log, kind, payload);
  const at = place(log, log.next, record.length);
  if (at < 0) return -1;
  log.flash.write(at, record);
  log.next = at + record.length;
  return at;
}

/** Begins a new area. The old one stays valid until `commitArea`. */
export function beginArea(log: Log): void {
  log.area = log.area === 0 && log.sequence > 0 ? AREA_PAGES : 0;
  eraseArea(log, log.area);
  log.next = areaStart(log, log.area) + HEADER_BYTES;
}

/** Everything that holds has been written: the area becomes the valid one, and the old one can never come back. */
export function commitArea(log: Log): void {
  log.sequence = log.sequence + 1;
  log.flash.write(areaStart(log, log.area), frame(log, HEADER, String.fromCharCode(48 + VERSION) + sequenceText(log.sequence)));
  log.torn = false;
  log.old = false;
  eraseArea(log, AREA_PAGES - log.area);
}

/** Overwrites every byte of both areas with 0, then erases them (R1). The valid one is last, and its header first. */
export function wipeAreas(log: Log): void {
  wipeArea(log, AREA_PAGES - log.area);
  wipeArea(log, log.area);
  log.sequence = 0;
  log.damaged = false;
}

function wipeArea(log: Log, area: number): void {
  const start = areaStart(log, area);
  for (let at = 0; at < AREA_PAGES * log.flash.pageSize; at = at + WIPE_BYTES) log.flash.write(start + at, ZEROS.substring(0, WIPE_BYTES));
  eraseArea(log, area);
}
