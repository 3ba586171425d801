import { Console } from "./console";
import { words } from "./words";

/** One command of the console, as the table has it. */
export interface CommandRow {
  /** One or two words, and the arguments: `<…>` must be given, `[…]` may be. */
  readonly usage: string;
  readonly about: string;
  readonly example: string;
  /** Answers while the console is closed. */
  readonly always: boolean;
  /** @returns "" or the words of an error line */
  readonly run: (this: void, c: Console, args: string[]) => string;
}

/** All commands. A row is not kept: it may be made anew for each question. */
export interface Commands {
  readonly count: number;
  row(i: number): CommandRow;
}

/** What the usage of a command says. */
export interface Shape {
  /** Words in the name. */
  words: number;
  /** Arguments, at least and at most. */
  least: number;
  most: number;
  /** The number of words before the first secret one; 0 if nothing is secret. */
  secret: number;
}

export function shapeOf(usage: string): Shape {
  const parts = words(usage);
  const shape: Shape = { words: 0, least: 0, most: 0, secret: 0 };
  for (let i = 0; i < parts.length; i++) {
    const first = parts[i].charAt(0);
    if (first !== "<" && first !== "[") {
      shape.words++;
      continue;
    }
    if (first === "<") shape.least++;
    if (parts[i] === "<code>" || parts[i] === "<password>") shape.secret = i;
    shape.most++;
  }
  return shape;
}

/** The name is this, and not only begins like it. */
function isNamed(usage: string, name: string): boolean {
  if (usage.substring(0, name.length) !== name) return false;
  const next = usage.substring(name.length, name.length + 2);
  return next === "" || next === " <" || next === " [";
}

/** The command that the line begins with: one of two words goes before one of one word. */
export function findCommand(commands: Commands, given: string[]): CommandRow | undefined {
  const one = given[0];
  const two = given.length > 1 ? one + " " + given[1] : one;
  let found: CommandRow | undefined = undefined;
  for (let i = 0; i < commands.count; i++) {
    const row = commands.row(i);
    if (isNamed(row.usage, two)) return row;
    if (isNamed(row.usage, one)) found = row;
  }
  return found;
}

/** What is typed behind these words is secret. */
export function isSecretAfter(commands: Commands, line: string): boolean {
  const given = words(line);
  if (given.length === 0) return false;
  const row = findCommand(commands, given);
  const secret = row === undefined ? 0 : shapeOf(row.usage).secret;
  return secret > 0 && given.length >= secret;
}

/** How many characters two words have in common, counted in order. */
function likeness(a: string, b: string): number {
  let at = 0;
  let same = 0;
  for (let i = 0; i < a.length; i++) {
    const found = b.indexOf(a.charAt(i), at);
    if (found < 0) continue;
    same = same + 2;
    at = found + 1;
  }
  return same - b.length - a.length;
}

/** The name that is most like a word, "" when none is much like it. */
export function nearest(commands: Commands, given: string): string {
  let best = "";
  // Chosen: at most every second character of the two may be another.
  let most = -Math.floor(given.length / 2) - 1;
  for (let i = 0; i < commands.count; i++) {
    const parts = words(commands.row(i).usage);
    const like = likeness(given, parts[0]);
    if (like <= most) continue;
    most = like;
    best = parts.slice(0, shapeOf(commands.row(i).usage).words).join(" ");
  }
  return best;
}
