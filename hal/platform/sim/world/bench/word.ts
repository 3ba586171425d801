import type { World } from "../world";

/** What became of a bench word. */
export interface BenchAct {
  /** `ok`, or `error <word> <sentence>`. */
  answer: string;
  /** The answer comes after this long … */
  waitMs: number;
  /** … or as soon as this is true. */
  ready?: () => boolean;
}

export interface BenchWord {
  usage: string;
  /** @returns null if the words after the first are not what the usage says. */
  act(world: World, args: string[]): BenchAct | null;
}

/** Chosen: a hand's pause after it has moved a switch or left a key, in which the lock takes note. */
export const handMs = 50;

export function done(act: () => void, waitMs = 0): BenchAct {
  act();
  return { answer: "ok", waitMs };
}

export function refuse(word: string, sentence: string): BenchAct {
  return { answer: `error ${word} ${sentence}`, waitMs: 0 };
}

/** The one word behind is one of these. */
export function choose(args: string[], choices: { [word: string]: () => void }, waitMs = 0): BenchAct | null {
  if (args.length !== 1 || !Object.hasOwn(choices, args[0])) return null;
  return done(choices[args[0]], waitMs);
}

/** @returns -1 for what is not a whole number in the range. */
export function parseNumber(word: string | undefined, least: number, most: number): number {
  const value = word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : -1;
  return value >= least && value <= most ? value : -1;
}
