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
/** Version 1, and the sequence number in four characters. */
const HEADER_BYTES = 5 + OVERHEAD;
export const VERSION = 1;

export interface Log {
  readonly platform: Platform;
  readonly flash: Flash;
  /** First page of the valid area. */
  area: number;
  sequence: number;
  /** Where the next record goes, from the start of the flash. */
  next: number;
  /** Something that could not be read; the store says so at start. */
  damaged: boolean;
}

export const enum Opened { Empty, Good, Newer }

export function newLog(platform: Platform): Log {
  return { platform, flash: platform.flash, area: 0, sequence: 0, next: 0, damaged: false };
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

/** The record at an address: kind and payload, "" where there is none, "?" where there is a torn one. */
export function readRecord(log: Log, address: number): string {
  const length = log.flash.read(address, 1).charCodeAt(0);
  if (length === 255) return "";
  const room = log.flash.pageSize - address % log.flash.pageSize;
  if (length + OVERHEAD > room) return "?";
  const record = log.flash.read(address, length + OVERHEAD);
  const head = record.substring(0, length + 2);
  return record.substring(length + 2) === seal(log, head) ? head.substring(1) : "?";
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
  if (a < 0 && b < 0) return Opened.Empty;
  log.area = b > a ? AREA_PAGES : 0;
  log.sequence = Math.max(a, b);
  log.next = areaStart(log, log.area) + HEADER_BYTES;
  return Opened.Good;
}

/** The address at or after `address` where a record may stand; -1 past the end of the area. */
function place(log: Log, address: number, bytes: number): number {
  const size = log.flash.pageSize;
  const left = size - address % size;
  const at = left < bytes ? address + left : address;
  return at + bytes > areaStart(log, log.area + AREA_PAGES) ? -1 : at;
}

/** Calls `load` with each record of the area and its address; stops at the first that is torn. */
export function replay(log: Log, load: (record: string, address: number) => void): void {
  const size = log.flash.pageSize;
  const end = areaStart(log, log.area + AREA_PAGES);
  let address = log.next;
  while (address < end) {
    const record = readRecord(log, address);
    if (record === "?") {
      log.damaged = true;
      break;
    }
    if (record === "") {
      // The rest of a page too short for the record that came next was left empty.
      const rest = (Math.floor(address / size) + 1) * size;
      if (rest >= end || log.flash.read(rest, 1).charCodeAt(0) === 255) break;
      address = rest;
      continue;
    }
    load(record, address);
    address = address + record.length + OVERHEAD - 1;
  }
  log.next = address;
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
  for (let page = 0; page < AREA_PAGES; page++) log.flash.erase(log.area + page);
  log.next = areaStart(log, log.area) + HEADER_BYTES;
}

/** Everything that holds has been written: the area becomes the valid one. */
export function commitArea(log: Log): void {
  log.sequence = log.sequence + 1;
  log.flash.write(areaStart(log, log.area), frame(log, HEADER, String.fromCharCode(48 + VERSION) + sequenceText(log.sequence)));
  log.damaged = false;
}

/** Overwrites every byte of both areas with 0, then erases them (R1). */
export function wipeAreas(log: Log): void {
  let zeros = "\0";
  while (zeros.length < 64) zeros = zeros + zeros;
  for (let page = 0; page < 2 * AREA_PAGES; page++) {
    for (let at = 0; at < log.flash.pageSize; at = at + 64) log.flash.write(page * log.flash.pageSize + at, zeros);
  }
  for (let page = 0; page < 2 * AREA_PAGES; page++) log.flash.erase(page);
  log.sequence = 0;
}
