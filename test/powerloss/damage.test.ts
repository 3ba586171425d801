/** A3, B5, S2: flash that fails is told, costs nothing but what stood there, and lets nobody in. A sample of `npm run powerloss -- --corrupt`. */
import { lockImage, readBoard } from "../../scripts/build/sources";
import { simEngine } from "../engines/sim";
import { allDamages } from "./damages";
import { longHistory, furnish, look, smallHistory } from "./damage";

const board = readBoard("sim");
const engine = simEngine(lockImage("sim"));

test.each([["a small store", smallHistory, 23], ["a store over all pages of an area", longHistory, 487]])("%s", (_name, history, every) => {
  const lock = furnish(history, engine, board);
  const damages = allDamages(lock, board, every);
  expect(damages.length).toBeGreaterThan(200);
  expect(damages.flatMap((damage) => look(lock, damage, engine, board).map((what) => `${damage.what}: ${what}`))).toEqual([]);
}, 60000);
