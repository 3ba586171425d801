import { Setting } from "../core/events";
import { isLit } from "../core/lit";
import { PHASES } from "../core/phases";
import { Phase } from "../core/state";
import { CodeRecord } from "../core/passcode/match";
import { Codes, Field, isUser, userField, validFrom, validUntil } from "../core/users/table";
import { TempRecord, tempFrom, tempId, tempUntil, tempUses } from "../core/users/temps";
import { Limit } from "../limits";
import { Entry, eachNewest, isBroken } from "../store/journal";
import { Console, print } from "./console";
import { settingText } from "./settings";
import { timeText } from "./time";
import { placeName } from "./update";
import { detailText, userText } from "./trace";
import { BOLTS, JOURNAL, PARTS, ROLES, TOLD, parseNumber, word } from "./words";

/** Commands that look and change nothing. */

export function status(c: Console): string {
  const s = c.runtime.lock;
  print(c, "lock " + word(TOLD, s.told));
  print(c, "door " + (s.doorOpen === 1 ? "open" : "closed"));
  print(c, "bolt " + word(BOLTS, s.bolt));
  print(c, "battery " + (s.battery < 0 ? "unknown" : s.battery.toString()));
  print(c, "lockout " + (s.lockedOutS === 0 ? "off" : s.lockedOutS.toString()));
  print(c, "mode " + mode(c));
  print(c, "keypad " + PHASES[s.phase].name);
  print(c, "uptime " + c.runtime.clock.seconds.toString());
  print(c, "clock " + (s.date < 0 ? "unset" : timeText(s.date)));
  const memory = c.runtime.platform.memory();
  print(c, "memory " + (memory < 0 ? "unknown" : memory.toString()));
  if (c.runtime.queue.lost > 0) print(c, "lost " + c.runtime.queue.lost.toString());
  return "";
}

function mode(c: Console): string {
  const s = c.runtime.lock;
  if (s.settings[Setting.Direction] === 0) return "installing";
  if (s.initial === 1) return "initial";
  if (s.armed === 1) return "away";
  return s.phase === Phase.Pairing ? "pairing" : "normal";
}

function userLine(c: Console, n: number): string {
  const users = c.runtime.lock.users;
  const codes = userField(users, n, Field.Codes);
  return "user " + n.toString() + " " + word(ROLES, userField(users, n, Field.Role)) +
    " passcode=" + (codes % 2).toString() +
    " faces=" + userField(users, n, Field.Faces).toString() +
    " palms=" + userField(users, n, Field.Palms).toString() +
    " fingers=" + userField(users, n, Field.Fingers).toString();
}

export function listUsers(c: Console): string {
  for (let n = 1; n <= Limit.maxUsers; n++) {
    if (isUser(c.runtime.lock.users, n)) print(c, userLine(c, n));
  }
  const temps = c.runtime.lock.temps;
  for (let at = 0; at < temps.length; at = at + TempRecord.Width) {
    const uses = tempUses(temps, at);
    print(c, "temp " + tempId(temps, at).toString() + " " + timeText(tempFrom(temps, at)) + " " + timeText(tempUntil(temps, at)) +
      (uses === 0 ? "" : " uses=" + (uses - 1).toString()));
  }
  return "";
}

export function showUser(c: Console, args: string[]): string {
  const n = parseNumber(args[0]);
  const users = c.runtime.lock.users;
  if (!isUser(users, n)) return "no-such-user no user has the number " + args[0] + "; `users` lists them";
  print(c, userLine(c, n));
  const until = validUntil(users, n);
  print(c, until === 0 ? "valid always" : "valid " + timeText(validFrom(users, n)) + " " + timeText(until));
  if (userField(users, n, Field.Codes) >= Codes.Duress) print(c, "duress set");
  return "";
}

function eventLine(entry: Entry): string {
  return "event " + entry.number.toString() + " " + (entry.dated ? timeText(entry.time) : entry.time.toString()) + " " +
    word(JOURNAL, entry.kind) + userText(entry.user) + detailText(entry.kind, entry.by);
}

/** E3: newest first, from a number on. */
export function events(c: Console, args: string[]): string {
  const from = args.length > 0 ? parseNumber(args[0]) : 16777215;
  let left = args.length > 1 ? parseNumber(args[1]) : 20;
  if (from < 0 || left < 0) return "usage write `events [from] [count]` with numbers, as in `events 120 10`";
  eachNewest(c.runtime.store.journal, (entry) => {
    if (left === 0) return false;
    if (entry.number > from) return true;
    print(c, eventLine(entry));
    if (isBroken(c.runtime.store.journal, entry)) print(c, "broken before event " + entry.number.toString());
    left--;
    return true;
  });
  return "";
}

export function listSettings(c: Console): string {
  const settings = c.runtime.lock.settings;
  for (let i = 0; i < settings.length; i++) print(c, settingText(i, settings[i]));
  return "";
}

export function version(c: Console): string {
  const platform = c.runtime.platform;
  print(c, "version " + c.version);
  if (platform.base !== "") print(c, "base=" + platform.base);
  if (platform.places !== null) print(c, "place=" + placeName(platform.places.running) + (platform.places.isOnTrial() ? " trial" : ""));
  return "";
}

export function board(c: Console): string {
  const lines = c.board.lines();
  for (let i = 0; i < lines.length; i++) print(c, lines[i]);
  return "";
}

function state(c: Console, part: number): string {
  if (isLit(c.runtime.silent, part)) return "silent";
  return isLit(c.runtime.lock.swapped, part) ? "swapped" : "ok";
}

export function parts(c: Console): string {
  const drivers = c.board.drivers();
  for (let i = 0; i < drivers.length; i++) {
    if (drivers[i] === "") continue;
    print(c, word(PARTS, i) + " " + drivers[i] + " " + state(c, i) + " errors=" + c.runtime.faults[i].toString());
  }
  print(c, "store log " + (c.runtime.lock.storeFault === 1 ? "damaged" : "ok") + " codes=" + Math.floor(c.runtime.vault.index.length / CodeRecord.Width).toString());
  return "";
}
