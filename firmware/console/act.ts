import { Command, MODULES, Part } from "../core/events";
import { isLit } from "../core/lit";
import { Beep, BoltPosition } from "../../hal/roles";
import { Console, ask, print } from "./console";
import { BOLTS, PARTS, find, word } from "./words";

/** Commands that make the lock do something now. */

export function lock(c: Console): string {
  return ask(c, Command.Lock, []);
}

export function unlock(c: Console): string {
  return ask(c, Command.Unlock, []);
}

export function endLockout(c: Console): string {
  return ask(c, Command.LockoutEnd, []);
}

export function stopAlarm(c: Console): string {
  return ask(c, Command.AlarmStop, []);
}

/** P1, or A4 for a module. */
export function pair(c: Console, args: string[]): string {
  if (args.length === 0) return ask(c, Command.Pair, []);
  const module = find(PARTS, args[0]);
  if (module < 0 || module >= MODULES) return "usage write `pair`, `pair palm-face` or `pair finger`";
  return ask(c, Command.PairModule, [module]);
}

export function away(c: Console, args: string[]): string {
  if (args[0] !== "on" && args[0] !== "off") return "usage write `away on` or `away off`";
  return ask(c, Command.Away, [args[0] === "on" ? 1 : 0]);
}

/** The answer goes out before the restart. */
export function reboot(c: Console): string {
  c.runtime.platform.restart();
  return "";
}

/** Every part is asked or driven, and has a line; behind `failed` stand the wires to check. */
export function selftest(c: Console): string {
  const r = c.runtime;
  r.roles.keys.check();
  r.roles.keyLamps.check();
  if (r.roles.clock !== null) r.roles.clock.read();
  tell(c, "hash", "ok", isHashRight(c) ? "" : "SHA-256 of the platform is wrong", "");
  tell(c, "store", "ok", r.lock.storeFault === 1 ? "flash has lost records; see `users`, then reset or replace the lock" : "", "");
  testBolt(c);
  tell(c, "battery", "ok " + r.lock.battery.toString(), r.lock.battery < 0 ? "it was never measured; check its divider" : "", "battery");
  r.roles.battery.measure();
  const drivers = c.board.drivers();
  for (let i = 0; i < Part.Count; i++) {
    if (drivers[i] !== "") tell(c, word(PARTS, i), "ok", partFault(c, i), word(PART_ROLES, i));
  }
  r.roles.keypad.flashTwice();
  r.roles.voice.beep(Beep.Success);
  print(c, "keypad look: every lit key flashes twice");
  showWires(c, "keyLights ");
  print(c, "speaker listen: one long beep");
  showWires(c, "beeper ");
  return "";
}

/** What the board's lines call the parts, in the order of PARTS. */
const PART_ROLES = "palmFace finger keys keyLights speech clock";

/** @param fault "" = none @param role whose wires to check, "" = there are none */
function tell(c: Console, what: string, ok: string, fault: string, role: string): void {
  print(c, what + " " + (fault === "" ? ok : "failed " + fault));
  if (fault !== "" && role !== "") showWires(c, role + " ");
}

/** Its switches are read again: one of them is closed unless the bolt stopped on its way. The motor is not driven: that takes a grant. */
function testBolt(c: Console): void {
  const told = c.runtime.lock.bolt;
  const changed = c.runtime.roles.bolt.position() !== told;
  const between = told === BoltPosition.Between;
  tell(c, "bolt", "ok " + word(BOLTS, told), changed ? "its switches say something else than before; check both" : between ? "neither end switch is closed; check both, and whether it jams" : "", "contacts");
  if (between) showWires(c, "bolt ");
}

function partFault(c: Console, part: number): string {
  if (isLit(c.runtime.silent, part)) return "it does not answer; check its supply and its wires";
  return isLit(c.runtime.lock.swapped, part) ? "it is not the module the lock was paired with; `pair " + word(PARTS, part) + "` pairs it anew" : "";
}

/** The board's lines that begin so, or hold it if it begins with a blank, and those of the port and the bus behind them. */
function showWires(c: Console, key: string): void {
  const lines = c.board.lines();
  for (let i = 0; i < lines.length; i++) {
    // Espruino's indexOf takes the end of a text for a match of a word that begins like it: no word begins with a line feed.
    const line = lines[i] + " \n";
    if (line.substring(0, key.length) !== key && (key.charAt(0) !== " " || line.indexOf(key) < 0)) continue;
    print(c, "check " + lines[i]);
    const uart = valueOf(line, " uart=");
    const bus = valueOf(line, " bus=");
    if (uart !== "") showWires(c, " port=" + uart + " ");
    if (bus !== "" && key.substring(0, 4) !== "i2c ") showWires(c, "i2c bus=" + bus + " ");
  }
}

/** @returns what stands behind `name` up to the next blank, "" without it */
function valueOf(line: string, name: string): string {
  const at = line.indexOf(name);
  return at < 0 ? "" : line.substring(at + name.length, line.indexOf(" ", at + name.length));
}

/** The example of FIPS 180-4: SHA-256 of "abc" is ba78…15ad. */
function isHashRight(c: Console): boolean {
  const hash = c.runtime.platform.sha256("abc");
  return hash.length === 32 && hash.charCodeAt(0) === 0xba && hash.charCodeAt(1) === 0x78 && hash.charCodeAt(31) === 0xad;
}
