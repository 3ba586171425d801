import { Platform } from "../../hal/ports";
import { Limit } from "../limits";
import { CodeKind, Journal as Kind, MODULES, Put, Save } from "../core/events";
import { Out } from "../core/outputs";
import { CodeRecord, codeAddress, codeKind, codeOwner } from "../core/passcode/match";
import { Lock } from "../core/state";
import { Codes, Field, isUser, userField, userRecord, withField } from "../core/users/table";
import { TemplateRecord, withTemplate } from "../core/users/templates";
import { TempRecord, findTemp } from "../core/users/temps";
import { encode1, encode4 } from "../core/users/text";
import { Generator, draw, newGenerator, renew, seed } from "../runtime/random";
import { DIGEST, Vault, changeIndex, digest, firstTag, hasCode, useKey } from "../runtime/vault";
import { countersText, settingsText } from "./counters";
import { Journal, addEvent, checkLinks, newJournal, preparePage, wipeJournal } from "./journal";
import { openJournal } from "./journal-open";
import { Log, Opened, append, areaBytes, beginArea, commitArea, freeBytes, newLog, openLog, replay, settleLog, wipeAreas } from "./log";
import {
  CODE, COUNTERS, CodePayload, KEY, KEY_BYTES, MODULE, NO_MODULE, NO_TEMPLATE, NO_TEMP, NO_USER, PREFERENCES, Preferences, SEED, SETTINGS, TEMP, TEMPLATE, USER, WIPING,
  codeText, contentBytes, dropTemp, loadDeletion, loadNoModule, loadRecord, moduleText, nextEventOf, ownerText, preferencesText, seedText, templateText, userText,
} from "./records";

/**
 * What survives power: the one way of the runtime into flash. Each call is one record, so that
 * each change is wholly there or not at all (B5).
 */
export interface Store {
  readonly platform: Platform;
  readonly lock: Lock;
  readonly vault: Vault;
  readonly prefs: Preferences;
  readonly log: Log;
  readonly journal: Journal;
  readonly generator: Generator;
}

export function newStore(platform: Platform, lock: Lock, vault: Vault): Store {
  return {
    platform, lock, vault, prefs: { trace: 0, interactive: 1, password: "", journalKey: "", wiping: 0, identities: ["", ""] },
    log: newLog(platform), journal: newJournal(platform), generator: newGenerator(platform),
  };
}

/** The digest in the code record at an address: behind length and kind of the record. */
export function readDigest(platform: Platform, address: number): string {
  return platform.flash.read(address + 2 + CodePayload.Digest, DIGEST);
}

export const enum Found {
  /** What a lock has kept. */
  Kept,
  /** Nothing: a new lock, or one whose reset was cut near its end. The modules may still hold templates. */
  Nothing,
  /** A factory reset that was cut: it must be done again. */
  Wiping,
  /** A newer firmware wrote it: nothing may be touched. */
  Newer,
}

/** Loads everything. */
export function openStore(store: Store): Found {
  const opened = openLog(store.log);
  if (opened === Opened.Newer) return Found.Newer;
  let last = 0;
  if (opened === Opened.Good) {
    replay(store.log, (record, address) => {
      last = address;
      loadRecord(store.lock, store.vault, store.generator, store.prefs, record, address);
      store.journal.number = nextEventOf(record, store.journal.number);
    });
  }
  // Half of a wipe may be all that is left (R1).
  if (opened === Opened.Empty) wipeAreas(store.log);
  reconcile(store);
  // Something is written, and not even the key can be read: that is no new lock.
  if (opened === Opened.Good && store.vault.key === "") store.log.damaged = true;
  if (store.log.damaged) store.lock.storeFault = 1;
  seed(store.generator);
  openJournal(store.journal, store.prefs.journalKey);
  if (store.vault.key === "") newKey(store);
  else if (store.log.old) migrate(store);
  else if (store.log.torn || store.log.damaged) rewrite(store, "", "");
  else settle(store, last);
  if (opened === Opened.Empty) return Found.Nothing;
  return store.prefs.wiping === 1 ? Found.Wiping : Found.Kept;
}

/** Where flash has failed, a user may have lost its code, or a code its user: neither lets anybody in. */
function reconcile(store: Store): void {
  const lock = store.lock;
  changeIndex(store.vault, codesOfSomebody(lock, store.vault.index));
  for (let user = 1; user <= Limit.maxUsers; user++) {
    const kept = (hasCode(store.vault, CodeKind.Passcode, user) ? Codes.Passcode : 0) + (hasCode(store.vault, CodeKind.Duress, user) ? Codes.Duress : 0);
    if (userField(lock.users, user, Field.Codes) !== kept) lock.users = withField(lock.users, user, Field.Codes, kept);
  }
}

/** The index without codes whose owner is not there. */
function codesOfSomebody(lock: Lock, index: string): string {
  let kept = "";
  for (let at = 0; at < index.length; at = at + CodeRecord.Width) {
    const owner = codeOwner(index, at);
    const there = codeKind(index, at) === CodeKind.Temporary ? findTemp(lock.temps, owner) >= 0 : isUser(lock.users, owner);
    if (there) kept = kept + index.substring(at, at + CodeRecord.Width);
  }
  return kept;
}

/** What the supply may have left half done is made firm, and the generator's next state is kept before it is used. */
function settle(store: Store, last: number): void {
  settleLog(store.log, last);
  write(store, SEED, seedText(store.generator, store.journal.number));
}

/** The journal of an older version cannot be read: a new one begins, and says so, before the change of area makes this the version in force. */
function migrate(store: Store): void {
  addEvent(store.journal, 0, false, Kind.JournalBegun, 0, 0);
  rewrite(store, "", "");
}

/** C9: the keys are made here and leave never. */
function newKey(store: Store): void {
  store.prefs.journalKey = draw(store.generator, KEY_BYTES);
  store.journal.key = store.prefs.journalKey;
  useKey(store.vault, draw(store.generator, KEY_BYTES));
  rewrite(store, "", "");
}

/**
 * Everything that holds, into the other area, and with it the record that found no room in the
 * old one: the change of area is the change. @returns the address of that record
 */
function rewrite(store: Store, kind: string, text: string): number {
  const lock = store.lock;
  const log = store.log;
  const index = store.vault.index;
  beginArea(log);
  // Twice: without the key no code of the store can be told from another.
  append(log, KEY, store.vault.key + store.prefs.journalKey);
  append(log, KEY, store.vault.key + store.prefs.journalKey);
  renew(store.generator);
  append(log, SEED, seedText(store.generator, store.journal.number));
  // Twice: without the door direction a lock would ask for it as a new one does (S1).
  append(log, SETTINGS, settingsText(lock));
  append(log, SETTINGS, settingsText(lock));
  append(log, COUNTERS, countersText(lock));
  append(log, PREFERENCES, preferencesText(store.prefs));
  for (let module = 0; module < MODULES; module++) {
    if (store.prefs.identities[module] !== "") append(log, MODULE, moduleText(store.prefs, module));
  }
  for (let user = 1; user <= Limit.maxUsers; user++) {
    if (isUser(lock.users, user)) append(log, USER, userText(lock, user));
  }
  for (let at = 0; at < lock.templates.length; at = at + TemplateRecord.Width) append(log, TEMPLATE, templateText(lock, at));
  let moved = "";
  for (let at = 0; at < index.length; at = at + CodeRecord.Width) {
    const text = codeText(lock, index, at, readDigest(store.platform, codeAddress(index, at)));
    moved = moved + index.substring(at, at + CodeRecord.Address) + encode4(append(log, CODE, text));
  }
  changeIndex(store.vault, moved);
  const at = kind === "" ? -1 : append(log, kind, text);
  commitArea(log);
  return at;
}

/** Appends a record; where the area is full, into the next one. */
function write(store: Store, kind: string, text: string): number {
  const at = append(store.log, kind, text);
  return at >= 0 ? at : rewrite(store, kind, text);
}

/** Room that a person at the keypad does not use up in one go: 73 records of counters. */
const SPARE_BYTES = 1024;

/** Is an area nearly full, and would the next one have much more room? The fullest lock leaves 2 400 bytes of an area free. */
function isCramped(store: Store): boolean {
  const free = freeBytes(store.log);
  if (free >= SPARE_BYTES) return false;
  const room = areaBytes(store.log) - contentBytes(store.lock, store.vault, store.prefs);
  return free < Math.floor(room / 4);
}

export const enum Tidied {
  /** There was nothing to do. */
  Nothing,
  /** A piece of work; there may be more. */
  Some,
  /** The same, and the journal is broken where no event tells of it yet. */
  Broken,
}

/** Measured on the interpreter: 1.7 ms a link, and an ESP32 is slower. */
const LINKS_AT_ONCE = 8;

/**
 * What takes long is done ahead of need, so that it is never waited for between `ok` and the motor: the
 * next page of the journal is erased, the area changed before it is full. One piece of work a call; once
 * a start the links of the journal are looked at.
 */
export function storeTidy(store: Store): Tidied {
  if (preparePage(store.journal)) return Tidied.Some;
  if (isCramped(store)) {
    rewrite(store, "", "");
    return Tidied.Some;
  }
  if (store.journal.checked) return Tidied.Nothing;
  return checkLinks(store.journal, LINKS_AT_ONCE) ? Tidied.Broken : Tidied.Some;
}

/** The step's events (E1). @returns the number of the first */
export function storeNotes(store: Store, out: Out): number {
  const date = store.lock.date;
  let first = 0;
  for (let i = 0; i < out.notes; i++) {
    const time = date < 0 ? store.lock.nowS : date;
    const number = addEvent(store.journal, time, date >= 0, out.noteKind[i], out.noteUser[i], out.noteBy[i]);
    if (i === 0) first = number;
  }
  return first;
}

/** A user, a credential, a deletion or a factory reset. */
export function storePut(store: Store, out: Out): void {
  const lock = store.lock;
  const owner = out.putUser;
  if (out.put === Put.User) {
    write(store, USER, userText(lock, owner));
  } else if (out.put === Put.DropUser) {
    // First from the index: what a change of area copies must not hold what is being deleted.
    loadDeletion(lock, store.vault, owner);
    write(store, NO_USER, encode1(owner));
  } else if (out.put === Put.Template) {
    write(store, TEMPLATE, templateText(lock, lock.templates.length - TemplateRecord.Width));
  } else if (out.put === Put.Code) {
    putCode(store, out.putKind, owner);
  } else if (out.put === Put.Temp) {
    const at = findTemp(lock.temps, owner);
    write(store, TEMP, lock.temps.substring(at, at + TempRecord.Width));
  } else if (out.put === Put.DropTemp) {
    dropTemp(lock, store.vault, owner);
    write(store, NO_TEMP, encode1(owner));
  } else if (out.put === Put.Module) {
    write(store, MODULE, moduleText(store.prefs, out.putKind));
  } else if (out.put === Put.DropTemplate) {
    write(store, NO_TEMPLATE, withTemplate("", out.putKind, out.putTemplate, owner) + userRecord(lock.users, owner));
  } else if (out.put === Put.DropModule) {
    loadNoModule(lock, store.prefs, out.putKind);
    write(store, NO_MODULE, encode1(out.putKind));
  } else if (out.put === Put.Wipe) {
    wipe(store);
  }
}

/** The code in the vault, with its owner's record: both are kept, or neither. */
function putCode(store: Store, kind: CodeKind, owner: number): void {
  const vault = store.vault;
  const first = renewKey(store);
  const text = encode1(kind) + encode1(owner) + encode1(vault.first.length) + encode4(firstTag(vault)) +
    digest(vault, vault.first) + ownerText(store.lock, kind, owner);
  const at = first ? rewrite(store, CODE, text) : write(store, CODE, text);
  if (at >= 0) loadRecord(store.lock, vault, store.generator, store.prefs, CODE + text, at);
}

/**
 * C9: the key of a new lock was made before anything had happened that differs from lock to lock. While no digest
 * hangs on it, another is made, that the times of the keys pressed until now have gone into.
 */
function renewKey(store: Store): boolean {
  if (store.vault.index !== "" || store.prefs.password !== "") return false;
  useKey(store.vault, draw(store.generator, KEY_BYTES));
  return true;
}

/** R1: everything, the key and the console's password too. The mark has a start finish what a cut leaves. */
function wipe(store: Store): void {
  store.prefs.wiping = 1;
  write(store, WIPING, "1");
  wipeJournal(store.journal);
  wipeAreas(store.log);
  store.prefs.wiping = 0;
  changeIndex(store.vault, "");
  store.prefs.password = "";
  store.prefs.identities = ["", ""];
  newKey(store);
  openJournal(store.journal, store.prefs.journalKey);
}

/** @param save bits of Save */
export function storeSave(store: Store, save: number): void {
  if (save % 2 === 1) write(store, SETTINGS, settingsText(store.lock));
  if (save >= Save.Counters) write(store, COUNTERS, countersText(store.lock));
}

export function storePreferences(store: Store): void {
  write(store, PREFERENCES, preferencesText(store.prefs));
}
