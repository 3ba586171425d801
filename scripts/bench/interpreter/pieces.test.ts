import { undisturbed } from "./pieces";

test("each piece counts by its least time, whichever run that was in", () => {
  expect(undisturbed([[10, 900, 30], [12, 20, 800], [700, 25, 33]])).toBe(10 + 20 + 30);
});

test("a run in other pieces did something else besides, and does not count", () => {
  expect(undisturbed([[10, 20], [1, 1, 1], [11, 19], [1]])).toBe(10 + 19);
});

test("runs of which no two do the same tell nothing", () => {
  expect(() => undisturbed([[1], [1, 2], [1, 2, 3]])).toThrow("nothing to compare");
});
