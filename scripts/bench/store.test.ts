/** The store's goals, on a lock as full as can be. */
import { simEngine } from "../../test/engines/sim";
import { lockImage } from "../build/sources";
import { fullStore } from "./full-store";
import { wearOf, worstGrant } from "./wear";

const engine = simEngine(lockImage("sim"));
const full = fullStore(engine);

test("at 100 unlockings a day no page has borne its erases within 20 years", () => {
  expect(wearOf(engine, full, 300).years).toBeGreaterThan(20);
});

/** In so many the state changes its area more than once (48 of them fill it), and the journal its page. */
const grants = 120;

test("between `ok` and the motor nothing is erased", () => {
  expect(worstGrant(engine, full, grants).path.erases).toBe(0);
});
