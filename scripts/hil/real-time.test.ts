import { World } from "../../hal/platform/sim/world";
import { RealTime } from "./real-time";

let wallMs: number;
let worldMs: number;
let time: RealTime;
let late: number[];

/** A world in which nothing is ever due. */
function begin(mostMs?: number): void {
  const world = { get nowMs() { return worldMs; }, advance: (ms: number) => { worldMs += ms; }, scheduler: { nextMs: () => Infinity } };
  time = new RealTime(world as unknown as World, (error) => { throw error; }, mostMs);
  time.onLate = (ms) => late.push(ms);
}

beforeEach(() => {
  wallMs = 1000;
  worldMs = 0;
  late = [];
  jest.useFakeTimers();
  jest.spyOn(performance, "now").mockImplementation(() => wallMs);
});

afterEach(() => {
  time.stop();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

test("a machine that comes to its turn is not late, and the world goes with the clock", () => {
  begin();
  for (let i = 0; i < 10; i++) {
    wallMs += 50;
    time.toNow();
  }
  expect([worldMs, late]).toEqual([500, []]);
});

test("a late turn is told once, and made up for", () => {
  begin();
  wallMs += 50 + 400;
  time.toNow();
  time.toNow();
  expect([worldMs, late]).toEqual([450, [400]]);
});

test("a world that may not leap stands still instead, and that is told", () => {
  begin(200);
  wallMs += 1200;
  time.toNow();
  expect([worldMs, late]).toEqual([200, [1150]]);
});
