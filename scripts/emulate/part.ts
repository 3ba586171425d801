/** What the emulated parts have in common: what they stand on, and the words that move them. */

/** Real time for an emulator. */
export interface Times {
  readonly nowMs: number;
  after(ms: number, act: () => void): unknown;
}

export interface Stand {
  readonly times: Times;
  /** Bytes for the lock. */
  send(bytes: string): void;
  /** A line for who watches. */
  say(line: string): void;
}

export interface Word {
  usage: string;
  /** @returns false if the words after the first are not what the usage says. */
  act(args: string[]): boolean;
}

export interface Words { [word: string]: Word }

/** The modules of a run, of which one is in the lock; `swap` exchanges them. */
export interface Modules { present: number; all: unknown[] }

export interface EmulatedPart {
  readonly words: Words;
  /** Bytes from the lock. @throws on what no such module would be sent. */
  receive(bytes: string): void;
  /** Makes the emulator fit for use after it has thrown. */
  recover(): void;
  /** What survives without supply; only of a part that keeps templates. */
  save?(): Modules;
  /** Templates in the module that is in the lock. */
  templates?(): number;
}

export interface PartKind {
  title: string;
  baud: number;
  /** What else the part can be; the first is meant where none is named. */
  models: readonly string[];
  /** Is this what one module keeps? null: this part keeps nothing. */
  isMemory: ((value: object) => boolean) | null;
  /** @param kept as `save` returned it, null for a new one */
  start(stand: Stand, model: string, kept: Modules | null): EmulatedPart;
}

/** Answers that `lose`, `flip` and the like may be given. */
const answersMost = 1000;

/** A word with nothing behind it. */
export function plain(word: string, meaning: string, act: () => void): Word {
  return { usage: `${word}: ${meaning}`, act: (args) => args.length === 0 && done(act) };
}

/** A word with one of these behind it. */
export function choice(word: string, choices: { [name: string]: () => void }): Word {
  return {
    usage: `${word} <${Object.keys(choices).join("|")}>`,
    act: ([name, ...rest]) => name !== undefined && rest.length === 0 && Object.hasOwn(choices, name) && done(choices[name]),
  };
}

/** A word that makes the next answer fail, or as many as the number behind it says. */
export function failure(word: string, meaning: string, add: () => void): Word {
  return {
    usage: `${word} [answers]: ${meaning}`,
    act: (args) => {
      const count = args.length === 0 ? 1 : wholeNumber(args[0], 1, answersMost);
      if (count < 0 || args.length > 1) return false;
      for (let i = 0; i < count; i++) add();
      return true;
    },
  };
}

/** @returns -1 for what is not a whole number in the range. */
export function wholeNumber(word: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(word) ? Number(word) : -1;
  return value >= least && value <= most ? value : -1;
}

/** `<1-65535>|unknown|bad`. @returns null for anything else. */
export function presenceOf(word: string): number | "unknown" | "bad" | null {
  if (word === "unknown" || word === "bad") return word;
  const identity = wholeNumber(word, 1, 65535);
  return identity < 0 ? null : identity;
}

/** What goes wrong with an answer, as most emulators take it. */
export interface AnswerFault { kind: "lose" | "flip" | "double" | "nack" | "late"; at?: number[]; value?: number }

/** No answer is shorter: a fault within these bytes is a fault of every answer. */
const shortest = 8;
export const lateMs = 3000;

/** The failures of a line, for an emulator with a list of faults. */
export function lineFailures(add: (fault: AnswerFault) => void): Words {
  const below = (end: number): number => Math.floor(Math.random() * end);
  return {
    lose: failure("lose", "a byte of the next answer is lost", () => add({ kind: "lose", at: [below(shortest)] })),
    flip: failure("flip", "a bit of the next answer is wrong", () => add({ kind: "flip", at: [below(shortest * 8)] })),
    double: failure("double", "the next answer comes twice", () => add({ kind: "double" })),
  };
}

function done(act: () => void): true {
  act();
  return true;
}
