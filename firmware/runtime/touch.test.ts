import { Key } from "../../hal/roles";
import { Platform } from "../../hal/ports";
import { newTouches, onRelease, onTouch } from "./touch";

/** A keypad in time: touches and releases at their millisecond, and what counted of them. */
function play(moves: [number, "down" | "up", number][], untilMs: number): string[] {
  let now = 0;
  let due = -1;
  let fire = (): void => undefined;
  const heard: string[] = [];
  const platform = {
    now: () => now,
    timer: (onFire: () => void) => {
      fire = onFire;
      return { start: (ms: number) => { due = now + ms; }, stop: () => { due = -1; } };
    },
  } as unknown as Platform;
  const touches = newTouches(platform, 3000, {
    touched: (key) => { heard.push(`touched ${key}`); },
    counted: (key) => { heard.push(`${key}`); },
    held: () => { heard.push("held"); },
    storm: () => { heard.push("storm"); },
  });
  for (; now <= untilMs; now++) {
    if (due === now) {
      due = -1;
      fire();
    }
    for (const [at, what, key] of moves) {
      if (at !== now) continue;
      if (what === "down") onTouch(touches, key);
      else onRelease(touches, key);
    }
  }
  return heard;
}

const counted = (heard: string[]): string[] => heard.filter((line) => !line.startsWith("touched"));

test("K7: a key counts when it is released", () => {
  expect(play([[0, "down", 4], [80, "up", 4]], 50)).toEqual(["touched 4"]);
  expect(play([[0, "down", 4], [80, "up", 4]], 80)).toEqual(["touched 4", "4"]);
});

test("K7: two keys touched within 30 ms are noise; past that it is fast typing", () => {
  expect(counted(play([[0, "down", 4], [29, "down", 5], [80, "up", 4], [90, "up", 5]], 200))).toEqual([]);
  expect(counted(play([[0, "down", 4], [30, "down", 5], [80, "up", 4], [90, "up", 5]], 200))).toEqual(["4", "5"]);
});

test("K7: overlapping keys count in the order of touch, whichever is released first", () => {
  expect(counted(play([[0, "down", 4], [50, "down", 5], [60, "up", 5], [90, "up", 4]], 200))).toEqual(["4", "5"]);
});

test("K7: noise is over with its keys, the next one counts", () => {
  expect(counted(play([[0, "down", 4], [10, "down", 5], [50, "up", 5], [60, "up", 4], [200, "down", 6], [280, "up", 6]], 400))).toEqual(["6"]);
});

test("K7: a key held past 10 s counts for nothing, and holds nobody up", () => {
  expect(counted(play([[0, "down", 4], [10500, "up", 4]], 11000))).toEqual([]);
  expect(counted(play([[0, "down", 4], [9999, "up", 4]], 11000))).toEqual(["4"]);
  expect(counted(play([[0, "down", 4], [5000, "down", 5], [5080, "up", 5], [12000, "up", 4]], 9000))).toEqual([]);
  expect(counted(play([[0, "down", 4], [5000, "down", 5], [5080, "up", 5], [12000, "up", 4]], 13000))).toEqual(["5"]);
});

test("K7: more than 20 touches in a second close the keypad for two", () => {
  const rain = (from: number, count: number, every: number): [number, "down" | "up", number][] =>
    Array.from({ length: count }, (_, i): [number, "down" | "up", number][] => [[from + i * every, "down", 7], [from + i * every + 20, "up", 7]]).flat();
  expect(counted(play(rain(0, 20, 49), 3000))).toEqual(Array(20).fill("7"));
  expect(counted(play(rain(0, 21, 49), 3000))).toEqual([...Array<string>(20).fill("7"), "storm"]);
  const closed = play([...rain(0, 21, 45), [2899, "down", 1], [2899.5, "up", 1]], 3000);
  expect(closed).not.toContain("touched 1");
  expect(counted(play([...rain(0, 21, 45), [2901, "down", 1], [2960, "up", 1]], 3200)).at(-1)).toBe("1");
});

test("Q1: `0` held is told once, and other keys are not", () => {
  expect(counted(play([[0, "down", 0], [4000, "up", 0]], 5000))).toEqual(["held", "0"]);
  expect(counted(play([[0, "down", 0], [2999, "up", 0]], 5000))).toEqual(["0"]);
  expect(counted(play([[0, "down", 5], [4000, "up", 5]], 5000))).toEqual(["5"]);
});

test("a touch that is no key wakes, and is no key", () => {
  expect(play([[0, "down", Key.None], [80, "up", Key.None]], 200)).toEqual([`touched ${Key.None}`]);
});
