/** What a lock tells of all that must survive, and what is in its flash: the same before a cut as after, or as one step later. */
import { NorFlash, World } from "../../hal/platform/sim/world";
import { ownerOf, tryStart } from "../rig/stored-lock";

/** The answers of a lock's console, part by part: each part is wholly as before a step or wholly as after it. */
export interface Told {
  /** Everybody with credentials, validity and duress code; users without a credential too. */
  users: string;
  /** Visitors' codes with the uses that are left. */
  temps: string;
  settings: string;
  /** `lockout off`, or how many seconds it takes in all. */
  lockout: string;
  /** `away` while armed; else `installing`, `initial` or `normal`. */
  mode: string;
  /** How many codes the store keeps. */
  codes: string;
}

/** The parts of the counters in flash that the console does not tell, and whose the story's codes are. */
export interface Kept {
  counters: string;
  /** Kind and owner of each code, as `ownerOf` gives them. */
  owners: readonly number[];
  /** A throw is under way (O8). */
  throwing: boolean;
}

/** No lock takes longer for an answer that needs no part. */
const promptMs = 50;

/**
 * Asks the running lock without letting time pass for anything else: what is due in this millisecond
 * is done, and lines that are no answer go where they went before.
 * @returns the answer without its closing `ok`, null when it was an error
 */
export function ask(world: World, line: string): string[] | null {
  const before = world.onLine;
  const answer: string[] = [];
  let end = "";
  world.onLine = (said) => {
    if (/^@\d+ /.test(said)) before(said);
    else if (said === "ok" || said.startsWith("error ")) end = said;
    else answer.push(said);
  };
  world.type(`${line}\n`);
  world.advance(promptMs, () => end !== "" || !world.machine.powered);
  world.onLine = before;
  return end === "ok" ? answer : null;
}

const userLine = /^user (\d+) /;

/** @returns null when the lock answers with an error: its console is closed, or it has no power. */
export function toldBy(world: World): Told | null {
  const users = ask(world, "users");
  const settings = ask(world, "settings");
  const status = ask(world, "status");
  const parts = ask(world, "parts");
  if (users === null || settings === null || status === null || parts === null) return null;
  const people = users.filter((line) => userLine.test(line));
  const details = people.map((line) => (ask(world, `user ${userLine.exec(line)?.[1]}`) ?? []).filter((one) => /^(valid|duress) /.test(one)).join(", "));
  const line = (lines: string[], word: string): string => lines.find((one) => one.startsWith(`${word} `)) ?? "";
  return {
    users: people.map((one, i) => `${one} ${details[i]}`).join("\n"),
    temps: users.filter((one) => one.startsWith("temp ")).join("\n"),
    // Echoed lines and prompts of an interactive console are none of them.
    settings: settings.filter((one) => /^[a-z-]+ \S+$/.test(one)).join("\n"),
    lockout: line(status, "lockout"),
    mode: line(status, "mode").replace("pairing", "normal"),
    codes: /codes=\d+/.exec(line(parts, "store"))?.[0] ?? "",
  };
}

/** Of the journal, newest first: number → what stands behind its time. */
export function eventsOf(world: World): { number: number; what: string }[] | null {
  const lines = ask(world, "events 16777215 4000");
  return lines === null ? null : lines.flatMap((line) => {
    const found = /^event (\d+) \S+ (.*)$/.exec(line);
    return found === null ? [] : [{ number: Number(found[1]), what: found[2] }];
  });
}

/** The lock says that its journal has been cut or altered. */
export function tellsBrokenJournal(world: World): boolean {
  return (ask(world, "events 16777215 4000") ?? []).some((line) => line.startsWith("broken ") || / journal-broken/.test(line));
}

/** What a start finds in this flash; null when it refuses it. The bytes given stay as they are. */
export function keptIn(bytes: Uint8Array, pageSize: number, codes: readonly string[]): Kept | null {
  const r = tryStart(new NorFlash(pageSize, bytes.length / pageSize, bytes));
  if (r === null) return null;
  const { failures, stage, lockedOutS, budget, quiet, armed, throwing } = r.lock;
  return {
    counters: JSON.stringify({ failures: failures.length, stage, lockedOutS, budget, quiet: quiet.length, armed, throwing }),
    owners: codes.map((code) => ownerOf(r, code)),
    throwing: throwing === 1,
  };
}

/** The codes that a story gives its lock, and one that is nobody's. */
export function codesIn(lines: readonly string[]): string[] {
  const given = lines.flatMap((line) => {
    const words = line.split(/\s+/);
    if (words[0] === "temp" && words[1] === "add") return [words[2]];
    if ((words[0] === "passcode" || words[0] === "duress") && words[1] === "set") return [words[3]];
    // At the keypad a new code is entered by itself, before ok.
    return words[0] === "keys" ? words.slice(1).filter((word) => /^\d{6,10}$/.test(word)) : [];
  });
  const codes = given.filter((code) => /^\d{6,10}$/.test(code ?? "") && !/^(\d)\1*$/.test(code) && code !== NOBODYS);
  return [...new Set(codes)];
}

/** Belongs to nobody in all scenarios. */
export const NOBODYS = "555000";
