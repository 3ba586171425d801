import { Clocks } from "./clocks";

const tolerance = (ms: number): number => 100 + ms / 100;

/** A line each second for a minute. @param lateMs of each line @param rate of the lock's clock */
function run(rate: number, lateMs: (second: number) => number): string | null {
  const clocks = new Clocks();
  clocks.line(0, 5000);
  clocks.restart();
  for (let s = 0; s <= 60; s++) clocks.line(s * 1000 + lateMs(s), Math.floor(s * 1000 * rate));
  return clocks.fault(tolerance);
}

test("clocks that go alike, whatever lines are late", () => {
  expect(run(1, (s) => s % 7 === 0 ? 3 : 900)).toBeNull();
  expect(run(1.009, () => 0)).toBeNull();
});

test("one that goes wrong is found, late lines or not", () => {
  expect(run(0.95, (s) => s % 7 === 0 ? 3 : 900)).toMatch(/^in 60\.\d s the lock's went 1\d\d\d ms too little$/);
  expect(run(1.05, () => 20)).toMatch(/^in 60\.0 s the lock's went \d+ ms too much$/);
});

test("without lines, or with one, there is nothing to hold against each other", () => {
  const clocks = new Clocks();
  expect(clocks.fault(tolerance)).toBeNull();
  clocks.line(1000, 5);
  expect(clocks.fault(tolerance)).toBeNull();
});
