import { benchWords } from "../../hal/platform/sim/world";

const firstSteps = [
  ["key ok", "the lock asks for its door direction; ok begins"],
  ["key 1", "right-opening (2 = left-opening)"],
  ["touch", "wakes the keypad: cancel and ok light up"],
  ["key ok", "makes the first administrator, 001"],
  ["keys 604827 ok", "a passcode for it, 6 to 10 digits"],
  ["keys 604827 ok", "the same once more; the main menu lights up"],
  ["key cancel", "leaves the menu; keys 604827 ok then unlocks"],
];

const laterSteps = [
  ["keys 604827 ok", "unlocks, if that is your passcode"],
  ["door open", "and door close; then key ok throws the bolt"],
  ["button set", "then a passcode of an administrator: the menu"],
  ["finger 7", "finger number 7 on the reader"],
  ["status", "a command of the lock itself; help lists them"],
];

/** What the lock's own `help` cannot tell. */
export const benchHint = `Bench words move the world: ${Object.keys(benchWords).join(" ")}.`;

/** The first lines of the simulator: what to type. Few enough to be seen whole below the picture of a small terminal. @param stays the end of the input does not end it */
export function hints(state: string, fresh: boolean, stays: boolean): string[] {
  const lines = [`Simulated lock. Its state is kept in ${state}; --fresh begins with a new lock.`];
  if (fresh) lines.push("This is its first start. Type these, one a line:", ...table(firstSteps));
  else lines.push("Try this:", ...table(laterSteps));
  lines.push(benchHint, `Every other line goes to the lock's console. ${stays ? "Ctrl-C ends it; the end of the input does not." : "Ctrl-C or end of input ends."}`, "");
  return lines;
}

function table(rows: string[][]): string[] {
  return rows.map(([type, what]) => `  ${type.padEnd(16)}${what}`);
}
