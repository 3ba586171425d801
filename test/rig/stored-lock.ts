/** The firmware's core, runtime and store on flash, without parts and without a console. */
import { NorFlash } from "../../hal/platform/sim/world";
import { sha256 } from "../../hal/platform/sim/world/entropy";
import { Platform } from "../../hal/ports";
import { Ask, CodeKind, Command, Event, Part, Put, Role, Sensor, Setting } from "../../firmware/core/events";
import { CodeRecord, codeAddress } from "../../firmware/core/passcode/match";
import { newLock } from "../../firmware/core/state";
import { newUsers } from "../../firmware/core/users/table";
import { TemplateRecord } from "../../firmware/core/users/templates";
import { TempRecord, spendTemp } from "../../firmware/core/users/temps";
import { newBoardLimits } from "../../firmware/limits";
import { Roles, Runtime, newRuntime, post, run } from "../../firmware/runtime/runtime";
import { answer, newVault } from "../../firmware/runtime/vault";
import { eachNewest } from "../../firmware/store/journal";
import { Found, newStore, openStore, readDigest, storePut } from "../../firmware/store/store";
import { StrictFlash } from "./strict-flash";

export const PAGE = 4096;

export function newFlash(): StrictFlash {
  return new StrictFlash(PAGE, 16);
}

/** A chip that gives the same random bytes and the same time at each start. */
export function platformOf(flash: NorFlash): Platform {
  const timer = { start: () => undefined, stop: () => undefined };
  let randoms = 0;
  // The same at each start, as the chip's generator gives it: what differs is what the lock kept.
  const random = (count: number): string => sha256(`random ${randoms++}`).substring(0, count);
  return { flash, sha256, now: () => 0, timer: () => timer, random, afterCallbacks: () => undefined } as unknown as Platform;
}

/** Parts that take everything and do nothing. */
function deaf(): Roles {
  const part = new Proxy({}, { get: () => () => undefined });
  const roles = { keys: part, keyLamps: part, keypad: part, lights: part, voice: part, battery: part, bolt: part, palmFace: part, clock: null };
  return { ...roles, readers: [part, part, part], modules: [part, part] } as unknown as Roles;
}

/** @returns null when the store is a newer version's. */
export function tryStart(flash: NorFlash): Runtime | null {
  return tryStartOn(platformOf(flash));
}

function tryStartOn(platform: Platform): Runtime | null {
  const lock = newLock(newBoardLimits());
  lock.users = newUsers();
  const vault = newVault(platform, lock, (address) => readDigest(platform, address));
  const store = newStore(platform, lock, vault);
  const found = openStore(store);
  if (found === Found.Newer) return null;
  const r = newRuntime(platform, lock, { on: false, line: () => undefined }, vault, store, deaf(), [0, 0, 0]);
  // As firmware/main.ts does: a reset that was cut is carried out before anything else.
  if (found === Found.Wiping) tell(r, Event.Command, Command.FactoryReset);
  return r;
}

/** A fact, dealt with as after its callback. */
export function tell(r: Runtime, event: Event, arg: number): void {
  post(r, event, arg);
  run(r);
}

export function start(flash: NorFlash): Runtime {
  return startOn(platformOf(flash));
}

export function startOn(platform: Platform): Runtime {
  const r = tryStartOn(platform);
  if (r === null) throw new Error("the store was refused");
  return r;
}

export function command(r: Runtime, what: Command, ...operands: number[]): void {
  operands.forEach((operand, i) => { r.lock.operand[i] = operand; });
  tell(r, Event.Command, what);
}

/** A code by command, as the console gives one. */
export function giveCode(r: Runtime, what: Command, code: string, ...operands: number[]): void {
  r.vault.first = code;
  command(r, what, ...operands);
  r.vault.first = "";
}

export function enrol(r: Runtime, user: number, sensor: Sensor, template: number): void {
  command(r, Command.Enrol, user, sensor);
  tell(r, Event.Enrolled, sensor * 4096 + template);
}

/** A4: the module has told who it is. */
export function pairWith(r: Runtime, part: Part, identity: string): void {
  r.store.prefs.identities[part] = identity;
  tell(r, Event.Paired, part);
}

/** One use of a visitor's code, as the core wishes it. */
export function spend(r: Runtime, id: number): void {
  r.lock.temps = spendTemp(r.lock.temps, id);
  Object.assign(r.out, { put: Put.Temp, putUser: id });
  storePut(r.store, r.out);
  r.out.put = 0;
}

/** Whose code this is: kind * 64 + owner, whatever its validity; 0 is nobody's. */
export function ownerOf(r: Runtime, code: string): number {
  r.vault.clear(1);
  for (const digit of code) r.vault.digit(Number(digit));
  const found = answer(r.vault, Ask.Match) % 256;
  r.vault.clear(1);
  return found;
}

export const passcodeOf = (user: number): number => CodeKind.Passcode * 64 + user;
export const duressOf = (user: number): number => CodeKind.Duress * 64 + user;
export const visitorsCode = (id: number): number => CodeKind.Temporary * 64 + id;

/** The records of a table kept as text, ordered. */
export function records(text: string, width: number): string[] {
  return (text.match(new RegExp(`[^]{1,${width}}`, "g")) ?? []).sort();
}

/** The digests that the store keeps, in the order of the index. */
export function digests({ vault }: Runtime): string[] {
  const found: string[] = [];
  for (let at = 0; at < vault.index.length; at += CodeRecord.Width) found.push(vault.readDigest(codeAddress(vault.index, at)));
  return found;
}

const hex = (bytes: string): string => Buffer.from(bytes, "latin1").toString("hex");

/** All that must survive but the events, in a form that does not depend on where it stands in flash. */
export function stateOf(r: Runtime): object {
  const { lock, vault, store } = r;
  const kept = digests(r);
  const codes = kept.map((digest, i) => vault.index.substring(i * CodeRecord.Width, i * CodeRecord.Width + CodeRecord.Address) + " " + hex(digest));
  return {
    settings: [...lock.settings], users: records(lock.users, 13), templates: records(lock.templates, TemplateRecord.Width),
    temps: records(lock.temps, TempRecord.Width), codes: codes.sort(), key: hex(vault.key), prefs: { ...store.prefs, journalKey: hex(store.prefs.journalKey), identities: [...store.prefs.identities] },
    failures: lock.failures.length, stage: lock.stage, lockedOutS: lock.lockedOutS, budget: lock.budget, quiet: lock.quiet.length,
    armed: lock.armed, throwing: lock.throwing, low: lock.low,
  };
}

export function eventCount(r: Runtime): number {
  let count = 0;
  eachNewest(r.store.journal, () => ++count > 0);
  return count;
}

/** Passcodes of the users 1 to 4, and the duress passcode of user 2. */
export const CODES = ["604827", "739154", "461093", "95173206", "2840617395"];
/** Codes of two visitors: three uses, and no limit. */
export const VISITORS = ["528170", "384170"];

/** Two administrators, two users, each kind of credential, visitors' codes. */
export function furnish(r: Runtime): void {
  for (const role of [Role.Admin, Role.User, Role.Admin, Role.User]) command(r, Command.AddUser, role);
  CODES.slice(0, 4).forEach((code, i) => { giveCode(r, Command.Passcode, code, i + 1); });
  giveCode(r, Command.Duress, CODES[4], 2);
  pairWith(r, Part.PalmFace, "4be1".repeat(16));
  pairWith(r, Part.Finger, "70c2".repeat(8));
  enrol(r, 2, Sensor.Finger, 7);
  enrol(r, 2, Sensor.Face, 0);
  enrol(r, 4, Sensor.Palm, 63);
  giveCode(r, Command.TempAdd, VISITORS[0], 100, 200, 3);
  giveCode(r, Command.TempAdd, VISITORS[1], 300, 400, 0);
  command(r, Command.Valid, 4, 1000, 2000);
  command(r, Command.Set, Setting.Direction, 1);
}

export function furnished(): StrictFlash {
  const flash = newFlash();
  furnish(start(flash));
  return flash;
}

/** Settings are written until the area changes. */
export function wearOut(r: Runtime): void {
  const { sequence } = r.store.log;
  while (r.store.log.sequence === sequence) command(r, Command.Set, Setting.Volume, r.store.log.next % 4);
}
