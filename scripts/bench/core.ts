import { explore } from "../../test/explore/graph";
import { ATTEMPT_MOVES, BOLT_MOVES, MENU_MOVES, SET_MOVES, fewUsers, restingLock, settledLock } from "../../test/explore/moves";

/** Every state of the core, every event. */
export function benchCore(): [string, string][] {
  const began = process.hrtime.bigint();
  let states = 0;
  let steps = 0;
  for (const [start, moves] of [[settledLock(), BOLT_MOVES], [settledLock(), ATTEMPT_MOVES], [settledLock(), MENU_MOVES], [restingLock(), SET_MOVES]] as const) {
    const found = explore(start, moves.map((move) => ({ ...move, when: (s) => fewUsers(s) && (move.when?.(s) ?? true) })), 100000);
    states += found.states;
    steps += found.steps;
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return [["exploration of the core", `${seconds.toFixed(2)} s, ${states} states, ${steps} steps (goal: under 5 s)`]];
}
