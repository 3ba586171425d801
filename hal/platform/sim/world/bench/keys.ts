import { Key } from "../../../../roles";
import type { Button, World } from "../world";
import { BenchAct, BenchWord, done, handMs, parseNumber, refuse } from "./word";

const keyHoldMs = 80;
/** Chosen: a pause between two keys as long as the touch, which no debouncing takes for one. */
const keyPauseMs = 80;
const buttonHoldMs = 200;
const longestHoldMs = 600000;

const keyNames: { [name: string]: Key } = { cancel: 10, ok: 11, away: 12, bell: 13 };

export const keyWords: { [word: string]: BenchWord } = {
  touch: { usage: "touch", act: (world, args) => args.length > 0 ? null : touchKeys(world, [Key.None]) },
  key: { usage: "key <0-9|ok|cancel|away|bell> [hold-ms]", act: key },
  keys: { usage: "keys <key or digits> …, for example keys 4711739154 ok", act: keys },
  button: { usage: "button <set|lock> [hold-ms], or button <set|lock> <down|up>", act: button },
};

/** @param noteMs until the answer, after the last release */
function touchKeys(world: World, pressed: Key[], holdMs = keyHoldMs, noteMs = handMs): BenchAct {
  const missing = pressed.find((one) => !world.keypad.has(one));
  if (missing !== undefined) return refuse("no-key", `The keypad of board ${world.board.name} has no ${nameOf(missing)}.`);
  let atMs = 0;
  for (const one of pressed) {
    world.scheduler.after(atMs, () => world.keypad.touch(one));
    world.scheduler.after(atMs + holdMs, () => world.keypad.release(one));
    atMs += holdMs + keyPauseMs;
  }
  return { answer: "ok", waitMs: atMs - keyPauseMs + noteMs };
}

function nameOf(key: Key): string {
  if (key === Key.None) return "place that is no key";
  return `key ${Object.keys(keyNames).find((name) => keyNames[name] === key) ?? key}`;
}

/** @returns the keys a word stands for: one name, or a run of digits; empty for any other word. */
function parseKeys(word: string): Key[] {
  if (/^\d+$/.test(word)) return [...word].map(Number);
  return Object.hasOwn(keyNames, word) ? [keyNames[word]] : [];
}

function key(world: World, args: string[]): BenchAct | null {
  const pressed = parseKeys(args[0] ?? "");
  const holdMs = args.length > 1 ? parseNumber(args[1], 1, longestHoldMs) : keyHoldMs;
  if (pressed.length !== 1 || holdMs < 0 || args.length > 2) return null;
  // Chosen: who says how long a touch is wants the next one as close as asked for.
  return args.length > 1 ? touchKeys(world, pressed, holdMs, 0) : touchKeys(world, pressed);
}

function keys(world: World, args: string[]): BenchAct | null {
  const pressed = args.map(parseKeys);
  if (pressed.length === 0 || pressed.some((some) => some.length === 0)) return null;
  return touchKeys(world, pressed.flat());
}

function button(world: World, args: string[]): BenchAct | null {
  const which = args[0] as Button;
  if ((which !== "set" && which !== "lock") || args.length > 2) return null;
  if (args[1] === "down" || args[1] === "up") return done(() => world.pressButton(which, args[1] === "down"), handMs);
  const holdMs = args.length > 1 ? parseNumber(args[1], 1, longestHoldMs) : buttonHoldMs;
  if (holdMs < 0) return null;
  world.pressButton(which, true);
  world.scheduler.after(holdMs, () => world.pressButton(which, false));
  return { answer: "ok", waitMs: holdMs + handMs };
}
