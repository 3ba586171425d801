import { CodeKind, MODULES, Part } from "../core/events";
import { CodeRecord, codeKind, codeOwner } from "../core/passcode/match";
import { Lock } from "../core/state";
import { EMPTY_USER, isUser, userRecord, withUser } from "../core/users/table";
import { TemplateRecord, templateNumber, templateSensor, templateUser, templatesOf, withoutTemplate } from "../core/users/templates";
import { dropModule } from "../core/users/modules";
import { TempRecord, findTemp, withoutTemp } from "../core/users/temps";
import { decode1, decode4, encode1, encode4 } from "../core/users/text";
import { Generator } from "../runtime/random";
import { Vault, dropCodes, indexCode, useKey } from "../runtime/vault";
import { Limit } from "../limits";
import { loadCounters, loadSettings } from "./counters";

/** Kinds of records, one character each (FORMAT.md). */
export const KEY = "K";
export const SETTINGS = "S";
export const COUNTERS = "N";
export const PREFERENCES = "P";
export const USER = "U";
export const NO_USER = "u";
export const TEMPLATE = "T";
export const CODE = "C";
export const TEMP = "M";
export const NO_TEMP = "m";
/** A template that its module has not got. */
export const NO_TEMPLATE = "t";
/** A module's identity (A4). */
export const MODULE = "I";
/** A module is paired anew: its templates are gone from their users. */
export const NO_MODULE = "i";
/** A factory reset is under way. */
export const WIPING = "W";
/** What the generator begins with at the next start, and the number of the next event. */
export const SEED = "G";

/** What is kept that the core knows nothing of. */
export interface Preferences {
  trace: number;
  interactive: number;
  /** Keyed digest of the console's password, "" before one is set. */
  password: string;
  /** Makes the links of the journal, so that the device key may change without breaking them. */
  journalKey: string;
  /** A factory reset is under way. */
  wiping: number;
  /** What each module told when the lock was paired with it, by Part; "" before that. Secret. */
  identities: string[];
}

export function preferencesText(prefs: Preferences): string {
  return encode1(prefs.trace + 2 * prefs.interactive) + prefs.password;
}

export function moduleText(prefs: Preferences, module: Part): string {
  return encode1(module) + prefs.identities[module];
}

/** Bytes of the generator's state, of the device key and of the journal key. */
export const KEY_BYTES = 32;

/** What the generator begins with at the next start, and how far the journal has come: that shows where its newest events are gone. */
export function seedText(generator: Generator, nextEvent: number): string {
  return generator.kept + encode4(nextEvent);
}

/** The number of the next event, at least, as a record tells it; `known` where it tells nothing of it. */
export function nextEventOf(record: string, known: number): number {
  return record.charAt(0) === SEED && record.length > KEY_BYTES + 1 ? decode4(record, KEY_BYTES + 1) : known;
}

export function userText(lock: Lock, user: number): string {
  return encode1(user) + userRecord(lock.users, user);
}

/** A template brings its user's record with it: both are kept, or neither. */
export function templateText(lock: Lock, at: number): string {
  return lock.templates.substring(at, at + TemplateRecord.Width) + userRecord(lock.users, templateUser(lock.templates, at));
}

/** Kind, owner, length, tag, digest, and the record of the owner. */
export function codeText(lock: Lock, index: string, at: number, digest: string): string {
  return codeHead(index, at) + digest + ownerText(lock, codeKind(index, at), codeOwner(index, at));
}

function codeHead(index: string, at: number): string {
  return index.substring(at + CodeRecord.Kind, at + CodeRecord.Address) +
    index.substring(at + CodeRecord.Length, at + CodeRecord.Kind) + index.substring(at + 1, at + CodeRecord.Length);
}

/** The user, or the temporary passcode's record, that a code belongs to. */
export function ownerText(lock: Lock, kind: CodeKind, owner: number): string {
  if (kind !== CodeKind.Temporary) return userRecord(lock.users, owner);
  const at = findTemp(lock.temps, owner);
  return lock.temps.substring(at, at + TempRecord.Width);
}

/** About how many bytes of an area everything that holds takes: record by record as in FORMAT.md, each with its 6 of frame. */
export function contentBytes(lock: Lock, vault: Vault, prefs: Preferences): number {
  let users = 0;
  for (let user = 1; user <= Limit.maxUsers; user++) {
    if (isUser(lock.users, user)) users++;
  }
  let bytes = 283 + users * 20 + Math.floor(lock.templates.length / TemplateRecord.Width) * 23 + Math.floor(vault.index.length / CodeRecord.Width) * 42;
  for (let module = 0; module < MODULES; module++) bytes = bytes + prefs.identities[module].length + 7;
  return bytes;
}

/** Digest's place in a code's payload, and what follows it. */
export const enum CodePayload { Kind, Owner, Length, Tag, Digest = 7, OwnerRecord = 23 }

/** Takes a record in, from flash at start or as it is written. @param address of the record */
export function loadRecord(lock: Lock, vault: Vault, generator: Generator, prefs: Preferences, record: string, address: number): void {
  const kind = record.charAt(0);
  const text = record.substring(1);
  if (kind === KEY) loadKeys(vault, prefs, text);
  else if (kind === SETTINGS) loadSettings(lock, text);
  else if (kind === COUNTERS) loadCounters(lock, text);
  else if (kind === PREFERENCES) loadPreferences(prefs, text);
  else if (kind === USER) lock.users = withUser(lock.users, decode1(text, 0), text.substring(1));
  else if (kind === NO_USER) loadDeletion(lock, vault, decode1(text, 0));
  else if (kind === TEMPLATE) loadTemplate(lock, text);
  else if (kind === CODE) loadCode(lock, vault, text, address);
  else if (kind === TEMP) loadTemp(lock, text);
  else if (kind === NO_TEMP) dropTemp(lock, vault, decode1(text, 0));
  else if (kind === NO_TEMPLATE) loadNoTemplate(lock, text);
  else if (kind === MODULE) prefs.identities[decode1(text, 0)] = text.substring(1);
  else if (kind === NO_MODULE) loadNoModule(lock, prefs, decode1(text, 0));
  else if (kind === WIPING) prefs.wiping = 1;
  else if (kind === SEED) generator.kept = text.substring(0, KEY_BYTES);
}

/** Version 1 had no journal key of its own. */
function loadKeys(vault: Vault, prefs: Preferences, text: string): void {
  useKey(vault, text.substring(0, KEY_BYTES));
  prefs.journalKey = text.length > KEY_BYTES ? text.substring(KEY_BYTES) : vault.platform.sha256(text + "journal");
}

/** The identity goes with the templates: until the module has been paired anew it is nobody's. */
export function loadNoModule(lock: Lock, prefs: Preferences, module: Part): void {
  dropModule(lock, module);
  prefs.identities[module] = "";
}

function loadPreferences(prefs: Preferences, text: string): void {
  const flags = decode1(text, 0);
  prefs.trace = flags % 2;
  prefs.interactive = Math.floor(flags / 2);
  prefs.password = text.substring(1);
}

/** M5: the user with everything that is his. */
export function loadDeletion(lock: Lock, vault: Vault, user: number): void {
  lock.users = withUser(lock.users, user, EMPTY_USER);
  lock.templates = templatesOf(lock.templates, user, false);
  dropCodes(vault, user, 0);
}

function loadTemplate(lock: Lock, text: string): void {
  const record = text.substring(0, TemplateRecord.Width);
  const at = lock.templates.indexOf(record.substring(0, TemplateRecord.Width - 1));
  const others = at < 0 ? lock.templates : lock.templates.substring(0, at) + lock.templates.substring(at + TemplateRecord.Width);
  lock.templates = others + record;
  lock.users = withUser(lock.users, decode1(record, TemplateRecord.Width - 1), text.substring(TemplateRecord.Width));
}

function loadNoTemplate(lock: Lock, text: string): void {
  lock.templates = withoutTemplate(lock.templates, templateSensor(text, 0), templateNumber(text, 0));
  lock.users = withUser(lock.users, templateUser(text, 0), text.substring(TemplateRecord.Width));
}

function loadCode(lock: Lock, vault: Vault, text: string, address: number): void {
  const kind = decode1(text, CodePayload.Kind);
  const owner = decode1(text, CodePayload.Owner);
  indexCode(vault, decode4(text, CodePayload.Tag), decode1(text, CodePayload.Length), kind, owner, address);
  const record = text.substring(CodePayload.OwnerRecord);
  if (kind === CodeKind.Temporary) loadTemp(lock, record);
  else lock.users = withUser(lock.users, owner, record);
}

function loadTemp(lock: Lock, record: string): void {
  lock.temps = withoutTemp(lock.temps, decode1(record, 0)) + record;
}

export function dropTemp(lock: Lock, vault: Vault, id: number): void {
  lock.temps = withoutTemp(lock.temps, id);
  dropCodes(vault, id, CodeKind.Temporary);
}
