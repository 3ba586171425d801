/** Flash that fails while it rests: pages of noise and single bits, and what a lock may make of them. */
import { createHash } from "node:crypto";
import { Board } from "../../hal/board";
import { Engine } from "../../hal/platform/sim/chip";
import { AREA_PAGES } from "../../firmware/store/log";
import { newWorld, NorFlash, Session, Standing, standingOf } from "../../hal/platform/sim/world";
import { eventsOf, Kept, keptIn, NOBODYS, tellsBrokenJournal, Told, toldBy } from "./known";
import { tryStart } from "../rig/stored-lock";
import { enter } from "./restart";

/** A lock with a history: what it tells, and which line of its history wrote which byte. */
export interface Furnished {
  flash: Uint8Array;
  standing: Standing;
  told: Told;
  kept: Kept;
  /** From number to kind and user. */
  events: Map<number, string>;
  /** Number of the next event, at least, as the counters tell it. */
  counted: number;
  codes: string[];
  lines: string[];
  /** Index of the line that wrote the byte last, -1: nothing stands there, -2: written by the first start. */
  writers: Int16Array;
}

const people = [
  "user add admin", "passcode set 1 604827", "user add user", "passcode set 2 739154", "duress set 2 592806",
  "temp add 384170 2026-01-01T10:00 2026-01-01T12:00 3", "user valid 2 2026-01-01T00:00 2026-02-01T00:00",
  "user add admin", "passcode set 3 817264",
];
const codes = ["604827", "739154", "592806", "384170", "817264"];
/** Comes to stand in the three pages of an area, with people in each. */
const filler = [...Array(60).keys()].map((i) => `set countdown ${5 + i}`);

/** Nothing but the people and some settings; some 500 bytes. */
export const smallHistory = ["set direction right", "set countdown off", ...people, "set volume 0"];
export const longHistory = [
  "set direction right", ...people, ...filler, "user add user", "passcode set 4 259413", ...filler.slice(1), ...filler.slice(2), ...filler,
  "user add user", "passcode set 5 361842", ...filler, ...filler.slice(1), "user add user", "passcode set 6 481593", "set volume 1",
];

export function furnish(history: readonly string[], engine: Engine, board: Board): Furnished {
  const world = newWorld({ board, engine, seed: "damage" });
  const session = new Session(world);
  const writers = new Int16Array(board.flash.pageSize * board.flash.pages).fill(-1);
  let line = -2;
  world.flash.onOperation = ({ kind, address, length }) => { writers.fill(kind === "erase" ? -1 : line, address, address + length); };
  world.powerOn();
  world.advance(4000);
  const lines = ["interactive off", "trace on", ...history];
  lines.forEach((one, i) => {
    line = i;
    const end = session.perform(one).at(-1);
    if (end !== "ok") throw new Error(`"${one}": ${end}`);
  });
  const told = toldBy(world);
  const events = eventsOf(world);
  const all = [...new Set([...codes, ...history.flatMap((one) => /^passcode set \d+ (\d+)$/.exec(one)?.[1] ?? [])])];
  const kept = keptIn(world.flash.bytes, board.flash.pageSize, all);
  if (told === null || events === null || kept === null) throw new Error("the lock does not tell what it has");
  return {
    flash: Uint8Array.from(world.flash.bytes), standing: standingOf(world), told, kept, codes: all, lines, writers,
    events: new Map(events.map(({ number, what }) => [number, what])), counted: countedIn(world.flash.bytes, board),
  };
}

/** What a lock knows of its events that has lost them all. */
function countedIn(flash: Uint8Array, { flash: { pageSize, pages } }: Board): number {
  const bytes = Uint8Array.from(flash).fill(0xff, 2 * AREA_PAGES * pageSize);
  return tryStart(new NorFlash(pageSize, pages, bytes))?.store.journal.number ?? NaN;
}

/** Bytes of the flash that have failed. */
export interface Damage { what: string; address: number; bytes: Uint8Array }

export function noise(page: number, seed: number, pageSize: number): Damage {
  const blocks = [...Array(pageSize / 32).keys()].map((block) => createHash("sha256").update(`${seed} ${page} ${block}`).digest());
  return { what: `page ${page} full of noise, seed ${seed}`, address: page * pageSize, bytes: Buffer.concat(blocks) };
}

export function flip(flash: Uint8Array, address: number, bit: number): Damage {
  return { what: `bit ${bit} of byte ${address}`, address, bytes: Uint8Array.of(flash[address] ^ (1 << bit)) };
}

/** The parts of the state that a line of the history has to do with, as `parts` names them. */
function partsOf(line: string): string[] {
  const [word, what, number] = line.split(" ");
  if (word === "set") return ["settings"];
  if (word === "temp") return ["temps"];
  if (word === "user" && what === "add") return ["someone"];
  return number === undefined ? [] : [`user ${number}`];
}

/** The state part by part: settings, temps, each user by its number. */
function parts(told: Told): Map<string, string> {
  const found = new Map([["settings", told.settings], ["temps", told.temps]]);
  for (const line of told.users.split("\n")) found.set(line.split(" ", 2).join(" "), line);
  return found;
}

/** What the lines whose bytes have failed had to do with. */
function touched({ lines, writers }: Furnished, { address, bytes }: Damage): Set<string> {
  const by = new Set(writers.subarray(address, address + bytes.length));
  const found = new Set<string>();
  let added = 0;
  lines.forEach((line, i) => {
    if (line.startsWith("user add")) added++;
    if (by.has(i)) partsOf(line).forEach((part) => found.add(part === "someone" ? `user ${added}` : part));
  });
  return found;
}

/** Starts the lock with the damage. @returns what must not be, a sentence each */
export function look(lock: Furnished, damage: Damage, engine: Engine, board: Board): string[] {
  const flash = Uint8Array.from(lock.flash);
  flash.set(damage.bytes, damage.address);
  const session = new Session(newWorld({ board, engine, seed: "restart", flash, standing: lock.standing }));
  const { world } = session;
  try {
    world.powerOn();
    const told = toldBy(world);
    const events = eventsOf(world);
    if (told === null || events === null) return ["the lock does not answer"];
    const fault = session.trace.concat(session.transcript).some((line) => / store-fault/.test(line)) || events.some(({ what }) => what === "store-fault");
    const wrong = fault ? checkWhole(lock, damage, told) : checkUnaffected(lock, told, keptIn(flash, board.flash.pageSize, lock.codes));
    const found = new Map(events.map(({ number, what }) => [number, what]));
    return [...wrong, ...checkJournal(lock, damage, found, fault || tellsBrokenJournal(world)), ...checkShut(lock, session)];
  } catch (error) {
    return [`it threw: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Nothing was told: then nothing may be lost. */
function checkUnaffected(lock: Furnished, told: Told, kept: Kept | null): string[] {
  const wrong = (Object.keys(told) as (keyof Told)[]).filter((part) => told[part] !== lock.told[part]).map((part) => `${part} is "${told[part]}", untold`);
  if (kept?.counters !== lock.kept.counters) wrong.push(`the counters are ${kept?.counters}, untold`);
  if (kept?.owners.join() !== lock.kept.owners.join()) wrong.push("a code is lost, untold");
  return wrong;
}

/** E1. @param found the events that are left, and those of this start */
function checkJournal(lock: Furnished, { bytes }: Damage, found: Map<number, string>, told: boolean): string[] {
  const lost = [...lock.events].filter(([number, what]) => found.get(number) !== what).map(([number]) => number);
  if (lost.length === 0 || bytes.length === 1 && mayGoUnseen(lock, lost)) return [];
  const wrong = told ? [] : [`${lost.length} events are lost or altered, untold`];
  const again = lost.filter((number) => found.has(number));
  if (again.length > 0) wrong.push(`the numbers ${again.join(", ")} come twice`);
  return bytes.length === 1 && lost.length > 1 ? [...wrong, `${lost.length} events are lost with one bit`] : wrong;
}

/** What cannot be known (FORMAT.md): nothing is linked to the newest event, and no counters have been kept since. */
function mayGoUnseen({ events, counted }: Furnished, lost: readonly number[]): boolean {
  const newest = Math.max(...events.keys());
  return lost.length === 1 && lost[0] === newest && newest >= counted;
}

/** Damage was told: what was written elsewhere is whole. */
function checkWhole(lock: Furnished, damage: Damage, told: Told): string[] {
  const may = touched(lock, damage);
  const now = parts(told);
  return [...parts(lock.told)].filter(([part, value]) => !may.has(part) && now.get(part) !== value)
    .map(([part, value]) => `${part} was "${value}" and is "${now.get(part) ?? "gone"}", and was written elsewhere`);
}

/** What somebody at the door would do to become its first administrator. */
const STRANGERS = "517093";
const setUp = ["touch", "key ok", "key 1", "wait 3s", "touch", "key ok", `keys ${STRANGERS} ok`, `keys ${STRANGERS} ok`, "wait 3s"];

/** It never opens for it (S2): not for a code that is nobody's, not for a stranger who sets it up, not by itself; not after one more start either. */
function checkShut(lock: Furnished, session: Session): string[] {
  const { world } = session;
  const wrong: string[] = [];
  for (const line of ["interactive off", "trace on", "wait 4s"]) session.perform(line);
  const grants = (code: string): boolean => enter(session, code).some((line) => line.startsWith("grant"));
  for (const start of ["", " after one more start"]) {
    if (world.bolt.drives.length > 0) wrong.push(`the motor moved${start}`);
    const mode = toldBy(world)?.mode ?? "";
    if (/installing|initial/.test(mode)) {
      for (const line of setUp) session.perform(line);
      const users = toldBy(world)?.users ?? "";
      if (grants(STRANGERS) || / admin passcode=1/.test(users) && !/ admin passcode=1/.test(lock.told.users)) wrong.push(`a stranger became its administrator${start}`);
    } else if (grants(NOBODYS)) {
      wrong.push(`a code that is nobody's is let in${start}`);
    }
    if (start === "") for (const line of ["power off", "power on", "interactive off", "trace on", "wait 4s"]) session.perform(line);
  }
  return wrong;
}
