import { Limit } from "../../limits";
import { CodeKind } from "../events";
import { Validity } from "../users/validity";
import { decode1, decode4, encode1, encode4 } from "../users/text";

/**
 * U3, the anti-peeping match: which stored passcode stands somewhere in the digits of an entry?
 *
 * Codes are known by keyed digests only (C9), so a digest for every window of every length would
 * be 65 hashes for 20 digits. Instead a cheap keyed tag rolls over the entry, six digits wide,
 * one step a key; a code is looked at only where the tag of its first six digits is met, and then
 * its digest decides. The cost grows with the digits typed, not with the users.
 */

/** Prime below 2^15.5: a product of two remainders stays below 2^31 on every engine. */
const PRIME = 46337;
const WINDOW = Limit.passcodeMinDigits;

/** A code in the index: mark, tag, length, kind, owner, where the store keeps its digest. */
export const enum CodeRecord { Length = 5, Kind, Owner, Address, Width = 12 }
const MARK = "~";

export interface Tagger {
  readonly base: number;
  /** What a digit that leaves the window takes with it, by digit. */
  readonly leaving: number[];
}

/** @param secret any number of 0 to 2^24 - 1, made from the device key. */
export function newTagger(secret: number): Tagger {
  const base = 2 + (secret % (PRIME - 3));
  let power = 1;
  for (let i = 0; i < WINDOW; i++) power = (power * base) % PRIME;
  const leaving: number[] = [];
  // Digits count as 1 to 10, so that leading zeros matter.
  for (let digit = 0; digit < 10; digit++) leaving.push((PRIME - ((digit + 1) * power) % PRIME) % PRIME);
  return { base, leaving };
}

/** An entry being typed. `found` holds pairs: start of the window, position of the code in the index. */
export interface Entry {
  digits: string;
  tag: number;
  readonly found: number[];
}

export function newEntry(): Entry {
  return { digits: "", tag: 0, found: [] };
}

export function clearEntry(entry: Entry): void {
  entry.digits = "";
  entry.tag = 0;
  while (entry.found.length > 0) entry.found.pop();
}

/** One more digit; notes each code of the index whose first six digits may end here. */
export function enterDigit(entry: Entry, tagger: Tagger, digit: number, index: string): void {
  const length = entry.digits.length;
  let tag = entry.tag * tagger.base + digit + 1;
  if (length >= WINDOW) tag = tag + tagger.leaving[entry.digits.charCodeAt(length - WINDOW) - 48];
  entry.tag = tag % PRIME;
  entry.digits = entry.digits + String.fromCharCode(48 + digit);
  if (length + 1 < WINDOW) return;
  const wanted = MARK + encode4(entry.tag);
  let at = index.indexOf(wanted);
  while (at >= 0) {
    entry.found.push(length + 1 - WINDOW);
    entry.found.push(at);
    at = index.indexOf(wanted, at + 1);
  }
}

/** The index record of a code. @param address where its digest is kept, 0 to 2^24 - 1. */
export function codeRecord(tag: number, length: number, kind: CodeKind, owner: number, address: number): string {
  return MARK + encode4(tag) + encode1(length) + encode1(kind) + encode1(owner) + encode4(address);
}

/** The tag of a code's first six digits. */
export function codeTag(tagger: Tagger, code: string): number {
  const entry = newEntry();
  for (let i = 0; i < WINDOW; i++) enterDigit(entry, tagger, code.charCodeAt(i) - 48, "");
  return entry.tag;
}

export function codeLength(index: string, at: number): number {
  return decode1(index, at + CodeRecord.Length);
}

export function codeKind(index: string, at: number): CodeKind {
  return decode1(index, at + CodeRecord.Kind);
}

export function codeOwner(index: string, at: number): number {
  return decode1(index, at + CodeRecord.Owner);
}

export function codeAddress(index: string, at: number): number {
  return decode4(index, at + CodeRecord.Address);
}

/**
 * The best code found, packed for Event.CodeMatched; 0 is none.
 * @param alone the entry is the code and nothing else
 */
export function matchAnswer(validity: Validity, kind: CodeKind, owner: number, alone: boolean): number {
  return (((alone ? 4 : 0) + validity) * 4 + kind) * 64 + owner;
}

/** What the match needs from the keeper of digests. */
export interface Codes {
  readonly index: string;
  /** Do `length` digits from `start` have the digest of the code at `at`? */
  isCode(digits: string, start: number, length: number, at: number): boolean;
  validity(kind: CodeKind, owner: number): Validity;
}

/**
 * U3: of the codes that stand in the entry and are valid now the longest wins, then the earliest.
 * If only codes that are not valid now stand in it, the answer says so (C10, U6).
 */
export function bestMatch(entry: Entry, codes: Codes): number {
  let answer = 0;
  let best = 0;
  for (let i = 0; i < entry.found.length; i = i + 2) {
    const start = entry.found[i];
    const at = entry.found[i + 1];
    const length = codeLength(codes.index, at);
    if (start + length > entry.digits.length || !codes.isCode(entry.digits, start, length, at)) continue;
    const kind = codeKind(codes.index, at);
    const owner = codeOwner(codes.index, at);
    const validity = codes.validity(kind, owner);
    // A valid code beats every other; then length; the earlier one was found first.
    const rank = length + (validity === Validity.Valid ? Limit.entryMaxDigits : 0);
    if (rank > best) {
      best = rank;
      answer = matchAnswer(validity, kind, owner, length === entry.digits.length);
    }
  }
  return answer;
}
