import { explore } from "../../test/explore/graph";
import { ALARM_MOVES, ATTEMPT_MOVES, BOLT_MOVES, MENU_MOVES, POWER_MOVES, SET_MOVES, fewUsers, restingLock, settledLock } from "../../test/explore/moves";

/** Every state of the core, every event. */
export function benchCore(): [string, string][] {
  const began = process.hrtime.bigint();
  let states = 0;
  let steps = 0;
  const settled = [BOLT_MOVES, ATTEMPT_MOVES, MENU_MOVES, POWER_MOVES, ALARM_MOVES].map((moves) => [settledLock(), moves] as const);
  for (const [start, moves] of [...settled, [restingLock(), SET_MOVES] as const]) {
    const found = explore(start, moves, 100000, fewUsers);
    states += found.states;
    steps += found.steps;
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return [["exploration of the core", `${seconds.toFixed(2)} s, ${states} states, ${steps} steps (goal: under 5 s)`]];
}
