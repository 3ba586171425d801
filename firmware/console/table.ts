import { Console } from "./console";
import { words } from "./words";

/** One command of the console. */
export interface CommandRow {
  /** One or two words. */
  name: string;
  /** Words in the name. */
  length: number;
  /** Arguments, at least and at most. */
  least: number;
  most: number;
  usage: string;
  about: string;
  example: string;
  /** The number of words before the first secret one; 0 if nothing is secret. */
  secret: number;
  /** Answers while the console is closed. */
  always: boolean;
  /** @returns "" or the words of an error line */
  run: (this: void, c: Console, args: string[]) => string;
}

/** The command that the line begins with. */
export function findCommand(rows: CommandRow[], given: string[]): CommandRow | undefined {
  if (given.length > 1) {
    const two = given[0] + " " + given[1];
    for (let i = 0; i < rows.length; i++) {
      if (rows[i].name === two) return rows[i];
    }
  }
  for (let i = 0; i < rows.length; i++) {
    if (rows[i].name === given[0]) return rows[i];
  }
  return undefined;
}

/** The position at which a line becomes secret, -1 if it does not. */
export function secretStart(rows: CommandRow[], line: string): number {
  const row = findCommand(rows, words(line));
  if (row === undefined || row.secret === 0) return -1;
  let word = 0;
  for (let i = 0; i < line.length; i++) {
    if (line.charAt(i) !== " " && (i === 0 || line.charAt(i - 1) === " ")) word++;
    if (word > row.secret) return i;
  }
  return -1;
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
export function nearest(rows: CommandRow[], given: string): string {
  let best = "";
  // Chosen: at most every second character of the two may be another.
  let most = -Math.floor(given.length / 2) - 1;
  for (let i = 0; i < rows.length; i++) {
    const first = rows[i].name.indexOf(" ");
    const name = first < 0 ? rows[i].name : rows[i].name.substring(0, first);
    const like = likeness(given, name);
    if (like <= most) continue;
    most = like;
    best = rows[i].name;
  }
  return best;
}
