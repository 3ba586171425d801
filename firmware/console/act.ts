import { Command, MODULES, Part } from "../core/events";
import { isLit } from "../core/lit";
import { BoltPosition } from "../../hal/roles";
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

/** Every part, a line each; `failed` names what to look at. */
export function selftest(c: Console): string {
  const r = c.runtime;
  const s = r.lock;
  print(c, "hash " + (isHashRight(c) ? "ok" : "failed SHA-256 of the platform is wrong"));
  print(c, "store " + (s.storeFault === 1 ? "failed flash has lost records; see `users`, then reset or replace the lock" : "ok"));
  print(c, "bolt " + (r.roles.bolt.position() === s.bolt ? "ok " + word(BOLTS, s.bolt) : "failed its switches say something else than before; check both"));
  if (s.bolt === BoltPosition.Between) print(c, "bolt failed neither end switch is closed; check their wires");
  print(c, "battery " + (s.battery < 0 ? "failed it was never measured; check the divider" : "ok " + s.battery.toString()));
  for (let i = 0; i < Part.Count; i++) {
    if (r.parts[i].driver === "") continue;
    print(c, word(PARTS, i) + (r.parts[i].silent ? " failed it does not answer; check its supply and its wires" : isLit(s.swapped, i) ? " failed it is not the module the lock was paired with; `pair " + word(PARTS, i) + "` pairs it anew" : " ok"));
  }
  r.roles.keypad.flashTwice();
  r.roles.voice.beep(2);
  print(c, "keypad look: every lit key flashes twice");
  print(c, "speaker listen: one long beep");
  return "";
}

/** The example of FIPS 180-4: SHA-256 of "abc" is ba78…15ad. */
function isHashRight(c: Console): boolean {
  const hash = c.runtime.platform.sha256("abc");
  return hash.length === 32 && hash.charCodeAt(0) === 0xba && hash.charCodeAt(1) === 0x78 && hash.charCodeAt(31) === 0xad;
}
