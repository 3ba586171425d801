import { storePreferences } from "../store/store";
import { Console, close, login as openWith, print, setPassword } from "./console";
import { findCommand } from "./table";

/** Commands about the console itself. */

export function trace(c: Console, args: string[]): string {
  if (args[0] !== "on" && args[0] !== "off") return "usage write `trace on` or `trace off`";
  c.runtime.trace.on = args[0] === "on";
  c.runtime.store.prefs.trace = c.runtime.trace.on ? 1 : 0;
  // Kept across restarts on a development image only.
  if (!c.guarded) storePreferences(c.runtime.store);
  return "";
}

export function interactive(c: Console, args: string[]): string {
  if (args[0] !== "on" && args[0] !== "off") return "usage write `interactive on` or `interactive off`";
  c.runtime.store.prefs.interactive = args[0] === "on" ? 1 : 0;
  if (!c.guarded) storePreferences(c.runtime.store);
  return "";
}

export function login(c: Console, args: string[]): string {
  return openWith(c, args[0]);
}

export function logout(c: Console): string {
  close(c);
  return "";
}

export function password(c: Console, args: string[]): string {
  return setPassword(c, args[0]);
}

/** Everything that can be said now; or one command, with its example. */
export function help(c: Console, args: string[]): string {
  if (args.length > 0) return helpFor(c, args);
  let widest = 0;
  for (let i = 0; i < c.commands.count; i++) {
    const row = c.commands.row(i);
    if (c.open || row.always) widest = Math.max(widest, row.usage.length);
  }
  for (let i = 0; i < c.commands.count; i++) {
    const row = c.commands.row(i);
    if (!c.open && !row.always) continue;
    let usage = row.usage;
    while (usage.length < widest) usage = usage + " ";
    print(c, usage + "  " + row.about);
  }
  if (!c.open) print(c, "The console is closed; after `login <password>` there is more.");
  return "";
}

function helpFor(c: Console, args: string[]): string {
  const row = findCommand(c.commands, args);
  if (row === undefined || (!c.open && !row.always)) {
    const group = args[0] + " ";
    let found = false;
    for (let i = 0; c.open && i < c.commands.count; i++) {
      const other = c.commands.row(i);
      if (other.usage.substring(0, group.length) !== group) continue;
      print(c, other.usage + "  " + other.about);
      found = true;
    }
    return found ? "" : "unknown no command `" + args[0] + "`; `help` lists all";
  }
  print(c, row.usage);
  print(c, row.about);
  print(c, "example: " + row.example);
  return "";
}
