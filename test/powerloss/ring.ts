/** A journal by itself, on small pages that a few events fill. */
import { NorFlash } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { Platform } from "../../hal/ports";
import { Journal as Kind } from "../../firmware/core/events";
import { Entry, Journal, Slot, addEvent, checkLinks, eachNewest, isBroken, newJournal } from "../../firmware/store/journal";
import { openJournal } from "../../firmware/store/journal-open";
import { AREA_PAGES } from "../../firmware/store/log";
import { StrictFlash } from "../rig/strict-flash";

export const FIRST_PAGE = 2 * AREA_PAGES;
/** Bytes of a page, and how many events it takes: 12. */
export const SMALL = 260;
export const SLOTS = SMALL / Slot.Bytes - 1;
export const JOURNAL_PAGES = 5;
const KEY = sha256("the key of this journal");

export function newFlash(pageSize = SMALL, pages = FIRST_PAGE + JOURNAL_PAGES): StrictFlash {
  return new StrictFlash(pageSize, pages);
}

/** As after a start with this flash. @param least what the state of the lock knows of the next event's number */
export function start(flash: NorFlash, least = 1, key = KEY): Journal {
  const journal = newJournal({ flash, sha256 } as unknown as Platform);
  journal.number = least;
  openJournal(journal, key);
  return journal;
}

/** Newest first. */
export function entries(journal: Journal): Entry[] {
  const list: Entry[] = [];
  eachNewest(journal, (entry) => list.push(entry) > 0);
  return list;
}

export const numbers = (journal: Journal): number[] => entries(journal).map((entry) => entry.number);
export const downFrom = (newest: number, count: number): number[] => Array.from({ length: count }, (_, i) => newest - i);

/** What the list of events shows: the numbers, newest first, with ! before a break. */
export function shown(journal: Journal): string {
  return entries(journal).map((entry) => (isBroken(journal, entry) ? `${entry.number}!` : `${entry.number}`)).join(" ");
}

/** Adds events whose fields follow from their number. */
export function fill(journal: Journal, count: number): void {
  for (let i = 0; i < count; i++) {
    const n = journal.number;
    addEvent(journal, n * 7, n % 2 === 0, n % 36, n % 51, n % 13);
  }
}

/** Address of a slot on small pages. */
export const slotAt = (slot: number, page = 0): number => (FIRST_PAGE + page) * SMALL + slot * Slot.Bytes;

/** Starts three times, and writes an event for each break that is found. @returns how many were */
export function tellings(flash: NorFlash, least = 1): number {
  let told = 0;
  for (let i = 0; i < 3; i++) {
    const journal = start(flash, least);
    for (let count = 1; !journal.checked; count++) {
      if (!checkLinks(journal, count)) continue;
      told++;
      addEvent(journal, 0, false, Kind.JournalBroken, 0, 0);
    }
  }
  return told;
}
