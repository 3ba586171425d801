import { Platform } from "../../hal/ports";
import { Lock } from "../core/state";
import { Ask, CodeKind, Event, Verdict } from "../core/events";
import {
  CodeRecord, Codes, Entry, Tagger, bestMatch, clearEntry, codeAddress, codeKind, codeLength, codeOwner, codeTag,
  enterDigit, newEntry, newTagger, codeRecord,
} from "../core/passcode/match";
import { isPasscode, isWeak } from "../core/passcode/rules";
import { codeValidity } from "../core/users/validity";

/** Bytes of a digest that are kept: 128 bits. */
export const DIGEST = 16;

/**
 * The keeper of secrets (C9): the device key, the digits being typed, and the index of codes.
 * Digits come in and answers go out; nothing else ever leaves it.
 */
export interface Vault {
  readonly platform: Platform;
  readonly lock: Lock;
  key: string;
  tagger: Tagger;
  /** Records of passcode/match.ts. */
  index: string;
  readonly entry: Entry;
  /** The first entry of a new code, kept to compare the second with (C6). */
  first: string;
  /** Reads the digest at an address of the store. */
  readonly readDigest: (this: void, address: number) => string;
  digit(digit: number): void;
  clear(level: number): void;
}

export function newVault(platform: Platform, lock: Lock, readDigest: (address: number) => string): Vault {
  const vault: Vault = {
    platform, lock, key: "", tagger: newTagger(0), index: "", entry: newEntry(), first: "", readDigest,
    digit: (digit) => { enterDigit(vault.entry, vault.tagger, digit, vault.index); },
    clear: (level) => {
      clearEntry(vault.entry);
      if (level > 1) vault.first = "";
    },
  };
  return vault;
}

/** @param key 32 bytes */
export function useKey(vault: Vault, key: string): void {
  vault.key = key;
  const made = vault.platform.sha256(key + "tag");
  vault.tagger = newTagger(made.charCodeAt(0) * 65536 + made.charCodeAt(1) * 256 + made.charCodeAt(2));
}

export function digest(vault: Vault, code: string): string {
  return vault.platform.sha256(vault.key + code).substring(0, DIGEST);
}

/** Compared by a second keyed digest, so that the time taken says nothing of where the first two differ. */
export function isSame(vault: Vault, a: string, b: string): boolean {
  return vault.platform.sha256(vault.key + a) === vault.platform.sha256(vault.key + b);
}

/** What the core asked; the answer is an event of its own. @returns the event's argument */
export function answer(vault: Vault, ask: Ask): number {
  if (ask === Ask.Match) return match(vault, vault.entry);
  return ask === Ask.Judge ? judgeEntry(vault) : compare(vault);
}

export function answerEvent(ask: Ask): Event {
  return ask === Ask.Match ? Event.CodeMatched : Event.CodeJudged;
}

function codesOf(vault: Vault): Codes {
  return {
    index: vault.index,
    // Both are digests under a secret key: where the first two bytes differ tells of no digit.
    isCode: (digits, start, length, at) => digest(vault, digits.substring(start, start + length)) === vault.readDigest(codeAddress(vault.index, at)),
    validity: (kind, owner) => codeValidity(vault.lock, kind, owner),
  };
}

/** U3. */
function match(vault: Vault, entry: Entry): number {
  return bestMatch(entry, codesOf(vault));
}

/** C6 to C8. A code by command stands in `first` already; one from the keypad moves there when it is good. */
function judgeEntry(vault: Vault): Verdict {
  const staged = vault.first.length > 0;
  const code = staged ? vault.first : vault.entry.digits;
  const verdict = judge(vault, code);
  if (!staged && verdict === Verdict.Good) vault.first = code;
  return verdict;
}

function judge(vault: Vault, code: string): Verdict {
  if (!isPasscode(code) || isWeak(code)) return Verdict.Weak;
  const entry = newEntry();
  for (let i = 0; i < code.length; i++) enterDigit(entry, vault.tagger, code.charCodeAt(i) - 48, vault.index);
  const codes = codesOf(vault);
  for (let i = 0; i < entry.found.length; i = i + 2) {
    const at = entry.found[i + 1];
    // C8 speaks of others: a code may be replaced by one like it.
    if (codeKind(vault.index, at) === vault.lock.codeKind && codeOwner(vault.index, at) === vault.lock.codeOwner) continue;
    const end = entry.found[i] + codeLength(vault.index, at);
    if (end <= code.length && codes.isCode(code, entry.found[i], codeLength(vault.index, at), at)) return Verdict.Taken;
  }
  return Verdict.Good;
}

function compare(vault: Vault): Verdict {
  return vault.entry.digits === vault.first ? Verdict.Good : Verdict.Differs;
}

/** A code has been kept at an address of the store; an older one of the same owner gives way. */
export function indexCode(vault: Vault, tag: number, length: number, kind: CodeKind, owner: number, address: number): void {
  const others = codesBut(vault.index, owner, kind);
  changeIndex(vault, others + codeRecord(tag, length, kind, owner, address));
}

/** The tag of the code in `first`. */
export function firstTag(vault: Vault): number {
  return codeTag(vault.tagger, vault.first);
}

/** Forgets codes of an owner. @param kind 0: passcode and duress passcode, as both are a user's */
export function dropCodes(vault: Vault, owner: number, kind: number): void {
  changeIndex(vault, codesBut(vault.index, owner, kind));
}

/** Does this owner have a code of this kind? */
export function hasCode(vault: Vault, kind: CodeKind, owner: number): boolean {
  for (let at = 0; at < vault.index.length; at = at + CodeRecord.Width) {
    if (codeKind(vault.index, at) === kind && codeOwner(vault.index, at) === owner) return true;
  }
  return false;
}

function codesBut(index: string, owner: number, kind: number): string {
  let kept = "";
  for (let at = 0; at < index.length; at = at + CodeRecord.Width) {
    const its = codeKind(index, at);
    const meant = kind === 0 ? its !== CodeKind.Temporary : its === kind;
    if (!meant || codeOwner(index, at) !== owner) kept = kept + index.substring(at, at + CodeRecord.Width);
  }
  return kept;
}

/** What an entry under way has found stands elsewhere now: it is looked through anew. */
export function changeIndex(vault: Vault, index: string): void {
  vault.index = index;
  const digits = vault.entry.digits;
  clearEntry(vault.entry);
  for (let i = 0; i < digits.length; i++) enterDigit(vault.entry, vault.tagger, digits.charCodeAt(i) - 48, index);
}
