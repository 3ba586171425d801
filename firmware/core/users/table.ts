import { Limit } from "../../limits";
import { Role, Sensor } from "../events";
import { decode1, decode4, encode1, encode4, overwrite } from "./text";

/**
 * The 50 slots (C1): one record a user, laid out as the fields below, in order.
 * A number without a user has the role None.
 */
export const enum Field {
  Role,
  /** How many faces, palms and fingerprints: Field.Faces + Sensor. */
  Faces,
  Palms,
  Fingers,
  /** 1 passcode, 2 duress passcode. */
  Codes,
  /** Minutes since 2020-01-01; four characters each. Both 0: always valid. */
  From,
  Until = 9,
  Width = 13,
}

export const enum Codes { Passcode = 1, Duress = 2 }

/** Quotas a user, by Sensor (C1). */
const QUOTA: number[] = [Limit.facesPerUser, Limit.palmsPerUser, Limit.fingerprintsPerUser];
/** Quotas of the lock, by Sensor (C1). */
const TOTAL: number[] = [Limit.maxFaces, Limit.maxPalms, Limit.maxFingerprints];

export const EMPTY_USER = "0000000000000";

/** Room for every number, none used. */
export function newUsers(): string {
  let users = "";
  for (let n = 1; n <= Limit.maxUsers; n++) users = users + EMPTY_USER;
  return users;
}

/** The record of user `n`, 1 to maxUsers. */
export function userRecord(users: string, n: number): string {
  return users.substring((n - 1) * Field.Width, n * Field.Width);
}

export function withUser(users: string, n: number, record: string): string {
  return overwrite(users, (n - 1) * Field.Width, record);
}

/** A field of one character; 0 for a number that cannot be. */
export function userField(users: string, n: number, field: number): number {
  if (n < 1 || n > Limit.maxUsers) return 0;
  return decode1(users, (n - 1) * Field.Width + field);
}

export function withField(users: string, n: number, field: number, value: number): string {
  return overwrite(users, (n - 1) * Field.Width + field, encode1(value));
}

export function isUser(users: string, n: number): boolean {
  return userField(users, n, Field.Role) !== Role.None;
}

export function validFrom(users: string, n: number): number {
  return decode4(users, (n - 1) * Field.Width + Field.From);
}

export function validUntil(users: string, n: number): number {
  return decode4(users, (n - 1) * Field.Width + Field.Until);
}

export function withPeriod(users: string, n: number, from: number, until: number): string {
  return overwrite(users, (n - 1) * Field.Width + Field.From, encode4(from) + encode4(until));
}

/** M4: the lowest free number, 0 when the lock is full. */
export function lowestFree(users: string): number {
  for (let n = 1; n <= Limit.maxUsers; n++) {
    if (!isUser(users, n)) return n;
  }
  return 0;
}

export function countUsers(users: string): number {
  let count = 0;
  for (let n = 1; n <= Limit.maxUsers; n++) {
    if (isUser(users, n)) count++;
  }
  return count;
}

/** A duress passcode alone is none that makes an administrator: it never opens the menu (U7). */
export function hasCredential(users: string, n: number): boolean {
  const at = (n - 1) * Field.Width;
  return users.substring(at + Field.Faces, at + Field.Codes) !== "000" || decode1(users, at + Field.Codes) % 2 === Codes.Passcode;
}

/** Administrators that can open the menu (S2, M6). */
export function countAdministrators(users: string): number {
  let count = 0;
  for (let n = 1; n <= Limit.maxUsers; n++) {
    if (userField(users, n, Field.Role) === Role.Admin && hasCredential(users, n)) count++;
  }
  return count;
}

/** C1: is there room for one more of this kind, for this user and in the lock? `n` may not exist yet. */
export function hasRoom(users: string, n: number, sensor: Sensor): boolean {
  if (userField(users, n, Field.Faces + sensor) >= QUOTA[sensor]) return false;
  let total = 0;
  for (let i = 1; i <= Limit.maxUsers; i++) total = total + userField(users, i, Field.Faces + sensor);
  return total < TOTAL[sensor];
}
