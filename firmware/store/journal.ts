import { Flash, Platform } from "../../hal/ports";
import { decode1, decode4, encode1, encode4 } from "../core/users/text";
import { AREA_PAGES } from "./log";

/**
 * The event journal (E1): fixed slots in a ring of pages behind the two areas of the state.
 * The oldest page gives way when the newest is full. Byte layout: FORMAT.md.
 */

/** Number, unit of time, time, kind, user, method: 12 characters; then four bytes of SHA-256. */
export const enum Slot { Bytes = 16, Payload = 12 }
const FIRST_PAGE = 2 * AREA_PAGES;
const FREE = "\xff";
/** In a page's first slot instead of a number: its sequence. */
const PAGE_MARK = "P";

export interface Journal {
  readonly platform: Platform;
  readonly flash: Flash;
  readonly pages: number;
  readonly slots: number;
  /** Page being written, from 0, and its sequence; the next free slot of it. */
  page: number;
  sequence: number;
  slot: number;
  /** Number of the next event. */
  number: number;
}

/** One event as it is read. */
export interface Entry {
  number: number;
  /** Minutes since 2020-01-01, or seconds since boot where `dated` is false. */
  time: number;
  dated: boolean;
  kind: number;
  user: number;
  by: number;
}

export function newJournal(platform: Platform): Journal {
  return {
    platform, flash: platform.flash,
    pages: platform.flash.pages - FIRST_PAGE, slots: Math.floor(platform.flash.pageSize / Slot.Bytes),
    page: 0, sequence: 0, slot: 0, number: 1,
  };
}

function address(j: Journal, page: number, slot: number): number {
  return (FIRST_PAGE + page) * j.flash.pageSize + slot * Slot.Bytes;
}

function seal(j: Journal, payload: string): string {
  return j.platform.sha256(payload).substring(0, Slot.Bytes - Slot.Payload);
}

/** The payload of a slot, "" if it is free, torn or altered. */
function readSlot(j: Journal, page: number, slot: number): string {
  const bytes = j.flash.read(address(j, page, slot), Slot.Bytes);
  const payload = bytes.substring(0, Slot.Payload);
  return bytes.substring(Slot.Payload) === seal(j, payload) ? payload : "";
}

function isFree(j: Journal, page: number, slot: number): boolean {
  return j.flash.read(address(j, page, slot), 1) === FREE;
}

function pageSequence(j: Journal, page: number): number {
  const payload = readSlot(j, page, 0);
  return payload.charAt(0) === PAGE_MARK ? decode4(payload, 1) : -1;
}

/** Finds the newest page, its first free slot and the number of the last event. */
export function openJournal(j: Journal): void {
  let newest = -1;
  for (let page = 0; page < j.pages; page++) {
    const sequence = pageSequence(j, page);
    if (sequence <= newest) continue;
    newest = sequence;
    j.page = page;
  }
  if (newest < 0) {
    beginPage(j, 0);
    return;
  }
  j.sequence = newest;
  j.slot = firstFree(j);
  j.number = lastNumber(j) + 1;
}

/** Slots are used in order: a binary search finds the first that is not. */
function firstFree(j: Journal): number {
  let low = 1;
  let high = j.slots;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isFree(j, j.page, middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lastNumber(j: Journal): number {
  let last = 0;
  eachNewest(j, (entry) => {
    last = entry.number;
    return false;
  });
  return last;
}

function beginPage(j: Journal, page: number): void {
  j.flash.erase(FIRST_PAGE + page);
  j.page = page;
  j.sequence = j.sequence + 1;
  const payload = PAGE_MARK + encode4(j.sequence) + "0000000";
  j.flash.write(address(j, page, 0), payload + seal(j, payload));
  j.slot = 1;
}

/** Adds an event. @param time minutes since 2020-01-01 if `dated`, else seconds since boot. @returns its number */
export function addEvent(j: Journal, time: number, dated: boolean, kind: number, user: number, by: number): number {
  if (j.slot >= j.slots) beginPage(j, (j.page + 1) % j.pages);
  const number = j.number;
  const payload = encode4(number) + (dated ? "d" : "s") + encode4(Math.min(time, 16777215)) + encode1(kind) + encode1(user) + encode1(by);
  j.flash.write(address(j, j.page, j.slot), payload + seal(j, payload));
  j.slot = j.slot + 1;
  j.number = (number + 1) % 16777216;
  return number;
}

/** Newest first, until `take` says false. */
export function eachNewest(j: Journal, take: (entry: Entry) => boolean): void {
  for (let back = 0; back < j.pages; back++) {
    const page = (j.page - back + j.pages) % j.pages;
    if (back > 0 && pageSequence(j, page) !== j.sequence - back) return;
    for (let slot = (back === 0 ? j.slot : j.slots) - 1; slot > 0; slot--) {
      const payload = readSlot(j, page, slot);
      if (payload !== "" && !take(entryOf(payload))) return;
    }
  }
}

function entryOf(payload: string): Entry {
  return {
    number: decode4(payload, 0), dated: payload.charAt(4) === "d", time: decode4(payload, 5),
    kind: decode1(payload, 9), user: decode1(payload, 10), by: decode1(payload, 11),
  };
}

/** R1. */
export function wipeJournal(j: Journal): void {
  for (let page = 0; page < j.pages; page++) j.flash.erase(FIRST_PAGE + page);
  j.sequence = 0;
  j.number = 1;
  beginPage(j, 0);
}
