import { Lock } from "../state";
import { CodeKind } from "../events";
import { validFrom, validUntil } from "./table";
import { findTemp, tempFrom, tempUntil, tempUses } from "./temps";

export const enum Validity { Valid, Expired, ClockNotSet }

/** C10: a period from 0 until 0 is always valid; without a clock no other is. */
function periodAt(from: number, until: number, date: number): Validity {
  if (from === 0 && until === 0) return Validity.Valid;
  if (date < 0) return Validity.ClockNotSet;
  return date >= from && date < until ? Validity.Valid : Validity.Expired;
}

/** C10: is this user to be let in now? */
export function userValidity(s: Lock, user: number): Validity {
  return periodAt(validFrom(s.users, user), validUntil(s.users, user), s.date);
}

/** U6: is this temporary passcode to be taken now? */
function tempValidity(s: Lock, id: number): Validity {
  const at = findTemp(s.temps, id);
  if (at < 0 || tempUses(s.temps, at) === 1) return Validity.Expired;
  return periodAt(tempFrom(s.temps, at), tempUntil(s.temps, at), s.date);
}

export function codeValidity(s: Lock, kind: CodeKind, owner: number): Validity {
  return kind === CodeKind.Temporary ? tempValidity(s, owner) : userValidity(s, owner);
}
