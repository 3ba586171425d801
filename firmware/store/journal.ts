import { Flash, Platform } from "../../hal/ports";
import { Journal as Kind } from "../core/events";
import { decode1, decode4, encode1, encode4 } from "../core/users/text";
import { AREA_PAGES } from "./log";

/**
 * The event journal (E1): fixed slots in a ring of pages behind the two areas of the state. Each
 * event is linked to the one before it by a short keyed digest, so that a cut-out or altered one
 * shows. The oldest page gives way when the newest is full. Byte layout: FORMAT.md.
 */

/** Number, unit of time, time, kind, user, method: 12 characters; the link; four bytes of SHA-256 over both. */
export const enum Slot { Bytes = 20, Payload = 12, Body = 16 }
const FIRST_PAGE = 2 * AREA_PAGES;
export const FREE = "\xff";
/** Closes a slot for good: no checksum fits it. */
export const CLOSED = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/** In a page's first slot instead of a number: its sequence. */
const PAGE_MARK = "P";
/** What the first event of a chain is linked to; also in place of a page's link. */
export const ROOT = "0000";
/** A page or its mark has failed: nothing fits this. */
const LOST = "lost";

export interface Journal {
  readonly platform: Platform;
  readonly flash: Flash;
  readonly pages: number;
  readonly slots: number;
  /** Makes the links; 32 bytes. */
  key: string;
  /** Page being written, from 0, and its sequence; the next free slot of it. */
  page: number;
  sequence: number;
  slot: number;
  /** Number of the next event. */
  number: number;
  /** Link of the newest whole event; "" where others stood behind that, to which nothing can be linked. */
  link: string;
  /** Others did, and no event tells of it yet. */
  lost: boolean;
  /** The page after this one is erased and has its mark. */
  ready: boolean;
  /** The links have been looked at since the start, or from here, pages back and slot, not yet. */
  checked: boolean;
  checkBack: number;
  checkSlot: number;
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
  /** As they stand in flash. */
  payload: string;
  link: string;
  /** The link of the whole event before it, "" where that one has given way. */
  before: string;
  /** Where it stands: pages back, and slot. */
  back: number;
  slot: number;
}

export function newJournal(platform: Platform): Journal {
  return {
    platform, flash: platform.flash,
    pages: platform.flash.pages - FIRST_PAGE, slots: Math.floor(platform.flash.pageSize / Slot.Bytes),
    key: "", page: 0, sequence: 0, slot: 0, number: 1, link: ROOT, lost: false, ready: false, checked: false, checkBack: 0, checkSlot: 0,
  };
}

export function address(j: Journal, page: number, slot: number): number {
  return (FIRST_PAGE + page) * j.flash.pageSize + slot * Slot.Bytes;
}

function seal(j: Journal, body: string): string {
  return j.platform.sha256(body).substring(0, Slot.Bytes - Slot.Body);
}

function linkTo(j: Journal, before: string, payload: string): string {
  return j.platform.sha256(j.key + before + payload).substring(0, Slot.Body - Slot.Payload);
}

/** Payload and link of a slot, "" if it is free, torn or altered. */
export function readSlot(j: Journal, page: number, slot: number): string {
  const bytes = j.flash.read(address(j, page, slot), Slot.Bytes);
  const body = bytes.substring(0, Slot.Body);
  return bytes.substring(Slot.Body) === seal(j, body) ? body : "";
}

export function writeSlot(j: Journal, page: number, slot: number, body: string): void {
  j.flash.write(address(j, page, slot), body + seal(j, body));
}

/** What its mark tells, -1 without one. */
export function pageSequence(j: Journal, page: number): number {
  const body = readSlot(j, page, 0);
  return body.charAt(0) === PAGE_MARK ? decode4(body, 1) : -1;
}

/** The page so many before the one being written; -1: the one after it. */
export function pageAt(j: Journal, back: number): number {
  return (j.page - back + j.pages) % j.pages;
}

/** Erases a page and gives it the sequence after this one. The mark comes last: a page that has it is erased wholly. */
export function markPage(j: Journal, page: number): void {
  j.flash.erase(FIRST_PAGE + page);
  writeMark(j, page, j.sequence + 1);
}

export function writeMark(j: Journal, page: number, sequence: number): void {
  writeSlot(j, page, 0, PAGE_MARK + encode4(sequence) + "0000000" + ROOT);
}

export function takePage(j: Journal, page: number): void {
  j.page = page;
  j.sequence = j.sequence + 1;
  j.slot = 1;
  j.ready = false;
  j.checkBack = j.checkBack + 1;
}

/** Erases the next page ahead of need. @returns false when that has been done already */
export function preparePage(j: Journal): boolean {
  if (j.ready) return false;
  markPage(j, pageAt(j, -1));
  j.ready = true;
  return true;
}

/** Adds an event. @param time minutes since 2020-01-01 if `dated`, else seconds since boot. @returns its number */
export function addEvent(j: Journal, time: number, dated: boolean, kind: number, user: number, by: number): number {
  if (j.slot >= j.slots) {
    preparePage(j);
    takePage(j, pageAt(j, -1));
  }
  const number = j.number;
  const payload = encode4(number) + (dated ? "d" : "s") + encode4(Math.min(time, 16777215)) + encode1(kind) + encode1(user) + encode1(by);
  j.link = linkTo(j, j.link, payload);
  writeSlot(j, j.page, j.slot, payload + j.link);
  j.slot = j.slot + 1;
  j.number = (number + 1) % 16777216;
  return number;
}

/** Newest first, until `take` says false. */
export function eachNewest(j: Journal, take: (entry: Entry) => boolean): void {
  eachFrom(j, 0, j.slot, take);
}

/** Newest first, from before slot `end` of the page that is `first` pages back. The page that gives way next is not read any more. */
function eachFrom(j: Journal, first: number, end: number, take: (entry: Entry) => boolean): void {
  let last = "";
  let lastBack = 0;
  let lastSlot = 0;
  let before = "";
  // A mark that has failed, or a page that is gone, stands between the last event and those that are older.
  let gap = false;
  for (let back = first; back < j.pages - 1; back++) {
    if (j.sequence <= back) {
      before = ROOT;
      break;
    }
    const page = pageAt(j, back);
    const sequence = pageSequence(j, page);
    const marked = sequence === j.sequence - back;
    // A page without a mark is known by its place, one with another's is not.
    const top = !marked && sequence >= 0 ? 1 : back === first ? end : j.slots;
    for (let slot = top - 1; slot > 0; slot--) {
      const body = readSlot(j, page, slot);
      if (body === "") continue;
      if (last !== "" && !take(entryOf(last, gap ? LOST : body.substring(Slot.Payload), lastBack, lastSlot))) return;
      last = body;
      lastBack = back;
      lastSlot = slot;
      gap = false;
    }
    gap = gap || !marked;
  }
  if (last !== "") take(entryOf(last, gap ? LOST : before, lastBack, lastSlot));
}

function entryOf(body: string, before: string, back: number, slot: number): Entry {
  return {
    number: decode4(body, 0), dated: body.charAt(4) === "d", time: decode4(body, 5),
    kind: decode1(body, 9), user: decode1(body, 10), by: decode1(body, 11),
    payload: body.substring(0, Slot.Payload), link: body.substring(Slot.Payload), before, back, slot,
  };
}

/** Is an event not linked to the one that stands before it: has one been cut out between, or either altered? */
export function isBroken(j: Journal, entry: Entry): boolean {
  return entry.before !== "" && linkTo(j, entry.before, entry.payload) !== entry.link;
}

/** Looks at the links of some events more, the newest first. @returns true: a break, of which no event tells yet */
export function checkLinks(j: Journal, count: number): boolean {
  let left = count;
  let broken = j.lost;
  j.checked = true;
  j.lost = false;
  // What is older is told of with it.
  if (broken) return true;
  eachFrom(j, j.checkBack, j.checkSlot, (entry) => {
    if (left === 0) {
      j.checked = false;
      j.checkBack = entry.back;
      j.checkSlot = entry.slot + 1;
      return false;
    }
    left--;
    broken = isBroken(j, entry);
    // What is older has been told of, or is now.
    return !broken && entry.kind !== Kind.JournalBroken;
  });
  return broken;
}

/** R1. Nothing can be added until it is opened again; the numbers begin anew. */
export function wipeJournal(j: Journal): void {
  for (let page = 0; page < j.pages; page++) j.flash.erase(FIRST_PAGE + page);
  j.number = 1;
}
