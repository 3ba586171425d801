import { decode4 } from "../core/users/text";
import { CLOSED, FREE, Journal, ROOT, address, eachNewest, markPage, pageAt, pageSequence, readSlot, takePage, writeMark, writeSlot } from "./journal";

/** Where the journal of a lock that starts goes on (E1), and what of it is gone. Byte layout: FORMAT.md. */

/** Numbers of events go round. */
const NUMBERS = 16777216;

/**
 * Finds the newest page, its first free slot and the number of the next event. What the state of the lock knows of
 * that number, at least, stands in `number` before.
 * @param key makes the links, 32 bytes
 */
export function openJournal(j: Journal, key: string): void {
  const least = j.number;
  j.key = key;
  j.ready = false;
  findNewest(j);
  if (j.sequence > 0) settle(j);
  else beginJournal(j);
  j.checked = false;
  j.checkBack = 0;
  j.checkSlot = j.slot;
  goOn(j, least);
}

function beginJournal(j: Journal): void {
  markPage(j, 0);
  takePage(j, 0);
}

function findNewest(j: Journal): void {
  // As if the page before the first had just been filled.
  j.sequence = 0;
  j.page = j.pages - 1;
  j.slot = j.slots;
  for (let page = 0; page < j.pages; page++) {
    const sequence = pageSequence(j, page);
    if (sequence <= j.sequence) continue;
    j.sequence = sequence;
    j.page = page;
  }
  if (j.sequence > 0) j.slot = firstFree(j, j.page);
  if (j.slot === 1) stepBack(j);
  for (let steps = 1; steps < j.pages && j.slot >= j.slots && isNewer(j, pageAt(j, -1)); steps++) {
    j.page = pageAt(j, -1);
    j.sequence = j.sequence + 1;
    j.slot = firstFree(j, j.page);
  }
}

/** The newest page has been made ready ahead: the one before it is still being written, with a mark or without. */
function stepBack(j: Journal): void {
  if (j.sequence === 1) return;
  const page = pageAt(j, 1);
  const sequence = pageSequence(j, page);
  const slot = firstFree(j, page);
  const known = sequence === j.sequence - 1 || (sequence < 0 && newestIn(j, page) >= 0);
  if (!known || slot >= j.slots) return;
  writeMark(j, j.page, j.sequence);
  j.page = page;
  j.sequence = j.sequence - 1;
  j.slot = slot;
  j.ready = true;
}

/** Has the page behind a full one lost its mark? Its events are newer than all others, those that an erase which was cut has left are not. */
function isNewer(j: Journal, page: number): boolean {
  const newest = pageSequence(j, page) < 0 ? newestIn(j, page) : -1;
  let known = 0;
  if (newest >= 0) {
    eachNewest(j, (entry) => {
      known = entry.number;
      return false;
    });
  }
  return newest >= 0 && isBehind(known, newest);
}

/** Number of the newest whole event in a page, -1 if there is none. */
function newestIn(j: Journal, page: number): number {
  for (let slot = firstFree(j, page) - 1; slot > 0; slot--) {
    const body = readSlot(j, page, slot);
    if (body !== "") return decode4(body, 0);
  }
  return -1;
}

function isBehind(number: number, other: number): boolean {
  const ahead = (other - number + NUMBERS) % NUMBERS;
  return ahead > 0 && ahead < NUMBERS / 2;
}

/** The next event follows the newest whole one. Where others stood behind that, it has a number that none of them can have had, and hangs on nothing. */
function goOn(j: Journal, least: number): void {
  j.number = 1;
  j.link = ROOT;
  let between = Math.min(j.sequence, j.pages - 1);
  eachNewest(j, (entry) => {
    j.number = entry.number + 1;
    j.link = entry.link;
    between = entry.back;
    return false;
  });
  let gone = 0;
  for (let back = 1; back < between; back++) if (pageSequence(j, pageAt(j, back)) !== j.sequence - back) gone++;
  j.number = (j.number + gone * (j.slots - 1)) % NUMBERS;
  j.lost = gone > 0 || isBehind(j.number, least);
  if (isBehind(j.number, least)) j.number = least;
  if (j.lost) j.link = "";
}

/**
 * Where a write was under way as the supply went, its bits may read now so, now so: what is whole
 * is written again over itself, and what is not, or looks free, is closed.
 */
function settle(j: Journal): void {
  confirm(j, j.page, 0);
  if (j.slot > 1) confirm(j, j.page, j.slot - 1);
  else if (j.sequence > 1) confirm(j, pageAt(j, 1), j.slots - 1);
  if (j.slot >= j.slots) return;
  j.flash.write(address(j, j.page, j.slot), CLOSED);
  j.slot = j.slot + 1;
}

function confirm(j: Journal, page: number, slot: number): void {
  const body = readSlot(j, page, slot);
  if (body === "") j.flash.write(address(j, page, slot), CLOSED);
  else writeSlot(j, page, slot, body);
}

/** Slots are used in order: a binary search finds the first that is not. */
function firstFree(j: Journal, page: number): number {
  let low = 1;
  let high = j.slots;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (j.flash.read(address(j, page, middle), 1) === FREE) high = middle;
    else low = middle + 1;
  }
  return low;
}
