import { Command, Role } from "../core/events";
import { Limit } from "../limits";
import { Phase } from "../core/state";
import { setClock } from "../runtime/clock";
import { Console, ask, print } from "./console";
import { findSetting, settingNames, settingRange, settingValue } from "./settings";
import { parseSeconds, parseTime } from "./time";
import { ROLES, SENSORS, find, parseNumber } from "./words";

/** Commands that change users, codes and settings. */

const NO_TIME = "usage a time is written as in `2026-01-31T08:05`, UTC, from 2020 to 2050";

export function addUser(c: Console, args: string[]): string {
  const role = find(ROLES, args[0]);
  if (role < Role.User) return "usage write `user add admin` or `user add user`";
  const error = ask(c, Command.AddUser, [role]);
  if (error === "") print(c, "user " + c.replyNumber.toString());
  return error;
}

/** The number of a user, -1 if it cannot be one. */
function userNumber(text: string): number {
  const n = parseNumber(text);
  return n >= 1 && n <= Limit.maxUsers ? n : -1;
}

/** Long digits may be a code in the wrong place: they are not printed. */
function noSuchUser(text: string): string {
  return "no-such-user no user has " + (text.length <= 3 ? "the number " + text : "that number") + "; `users` lists them";
}

export function deleteUser(c: Console, args: string[]): string {
  const n = userNumber(args[0]);
  return n < 0 ? noSuchUser(args[0]) : ask(c, Command.DeleteUser, [n]);
}

export function validity(c: Console, args: string[]): string {
  const n = userNumber(args[0]);
  if (n < 0) return noSuchUser(args[0]);
  if (args.length === 2) return args[1] === "always" ? ask(c, Command.Valid, [n, 0, 0]) : NO_TIME;
  const from = parseTime(args[1]);
  const until = parseTime(args[2]);
  if (from < 0 || until < 0) return NO_TIME;
  return until <= from ? "value the period ends before it begins" : ask(c, Command.Valid, [n, from, until]);
}

/** A code that is only staged in the vault; the core has it judged and kept. */
function stageCode(c: Console, command: Command, code: string, operands: number[]): string {
  // A code being made in the menu is there first: the core answers `busy`, and its first entry stays.
  if (c.runtime.lock.phase === Phase.NewPasscode) return ask(c, command, operands);
  c.runtime.vault.first = code;
  const error = ask(c, command, operands);
  c.runtime.vault.first = "";
  return error;
}

export function setPasscode(c: Console, args: string[]): string {
  const n = userNumber(args[0]);
  return n < 0 ? noSuchUser(args[0]) : stageCode(c, Command.Passcode, args[1], [n]);
}

export function setDuress(c: Console, args: string[]): string {
  const n = userNumber(args[0]);
  return n < 0 ? noSuchUser(args[0]) : stageCode(c, Command.Duress, args[1], [n]);
}

export function enrol(c: Console, args: string[]): string {
  const n = userNumber(args[0]);
  if (n < 0) return noSuchUser(args[0]);
  const sensor = find(SENSORS, args[1]);
  if (sensor < 0) return "usage write `enrol <n> face`, `palm` or `finger`";
  return ask(c, Command.Enrol, [n, sensor]);
}

export function addTemp(c: Console, args: string[]): string {
  const from = parseTime(args[1]);
  const until = parseTime(args[2]);
  if (from < 0 || until < 0) return NO_TIME;
  if (until <= from) return "value the period ends before it begins";
  const uses = args.length > 3 ? parseNumber(args[3]) : 0;
  if (uses < 0 || uses > Limit.maxTemporaryUses || (args.length > 3 && uses === 0)) {
    return "value uses are 1 to " + Limit.maxTemporaryUses.toString() + "; leave them out for no limit";
  }
  const error = stageCode(c, Command.TempAdd, args[0], [from, until, uses]);
  if (error === "") print(c, "temp " + c.replyNumber.toString());
  return error;
}

export function deleteTemp(c: Console, args: string[]): string {
  const id = parseNumber(args[0]);
  return id < 1 || id > Limit.maxTemporaryPasscodes ? "no-such-temp ids are 1 to " + Limit.maxTemporaryPasscodes.toString() + "; `users` lists them" : ask(c, Command.TempDelete, [id]);
}

export function set(c: Console, args: string[]): string {
  const setting = findSetting(args[0]);
  if (setting < 0) return "usage no setting `" + args[0] + "`; there are " + settingNames();
  const value = settingValue(setting, args[1]);
  if (value < 0) return "value `" + args[0] + "` takes " + settingRange(setting);
  return ask(c, Command.Set, [setting, value]);
}

export function clock(c: Console, args: string[]): string {
  const minutes = parseTime(args[0]);
  if (minutes < 0) return NO_TIME;
  const seconds = parseSeconds(args[0]);
  setClock(c.runtime.clock, minutes, seconds);
  if (c.runtime.roles.clock !== null) c.runtime.roles.clock.set(minutes, seconds);
  return ask(c, Command.Clock, []);
}

export function factoryReset(c: Console): string {
  return ask(c, Command.FactoryReset, []);
}
