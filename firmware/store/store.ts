import { Platform } from "../../hal/ports";
import { Limit } from "../limits";
import { CodeKind, MODULES, Put, Save } from "../core/events";
import { Out } from "../core/outputs";
import { CodeRecord, codeAddress, codeKind, codeOwner } from "../core/passcode/match";
import { Lock } from "../core/state";
import { Codes, Field, isUser, userField, withField } from "../core/users/table";
import { TemplateRecord } from "../core/users/templates";
import { TempRecord, findTemp } from "../core/users/temps";
import { encode1, encode4 } from "../core/users/text";
import { DIGEST, Vault, changeIndex, digest, firstTag, hasCode, useKey } from "../runtime/vault";
import { countersText, settingsText } from "./counters";
import { Journal, addEvent, newJournal, openJournal, wipeJournal } from "./journal";
import { Log, Opened, append, beginArea, commitArea, newLog, openLog, replay, wipeAreas } from "./log";
import {
  CODE, COUNTERS, CodePayload, KEY, MODULE, NO_MODULE, NO_TEMP, NO_USER, PREFERENCES, Preferences, SETTINGS, TEMP, TEMPLATE, USER, WIPING,
  codeText, dropTemp, loadDeletion, loadNoModule, loadRecord, moduleText, ownerText, preferencesText, templateText, userText,
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
}

export function newStore(platform: Platform, lock: Lock, vault: Vault): Store {
  return {
    platform, lock, vault, prefs: { trace: 0, interactive: 1, password: "", wiping: 0, identities: ["", ""] },
    log: newLog(platform), journal: newJournal(platform),
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
  if (opened === Opened.Good) {
    replay(store.log, (record, address) => { loadRecord(store.lock, store.vault, store.prefs, record, address); });
  }
  // Half of a wipe may be all that is left (R1).
  if (opened === Opened.Empty) wipeAreas(store.log);
  reconcile(store);
  // Something is written, and not even the key can be read: that is no new lock.
  if (opened === Opened.Good && store.vault.key === "") store.log.damaged = true;
  if (store.log.damaged) store.lock.storeFault = 1;
  if (store.vault.key === "") newKey(store);
  else if (store.log.torn || store.log.damaged) rewrite(store, "", "");
  openJournal(store.journal);
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

/** C9: the device key is made here and leaves never. */
function newKey(store: Store): void {
  useKey(store.vault, store.platform.sha256(store.platform.random(32) + store.platform.now().toString()));
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
  append(log, KEY, store.vault.key);
  append(log, KEY, store.vault.key);
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
  const text = encode1(kind) + encode1(owner) + encode1(vault.first.length) + encode4(firstTag(vault)) +
    digest(vault, vault.first) + ownerText(store.lock, kind, owner);
  const at = write(store, CODE, text);
  if (at >= 0) loadRecord(store.lock, vault, store.prefs, CODE + text, at);
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
}

/** @param save bits of Save */
export function storeSave(store: Store, save: number): void {
  if (save % 2 === 1) write(store, SETTINGS, settingsText(store.lock));
  if (save >= Save.Counters) write(store, COUNTERS, countersText(store.lock));
}

export function storePreferences(store: Store): void {
  write(store, PREFERENCES, preferencesText(store.prefs));
}
