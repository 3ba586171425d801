import { Key } from "../../roles";
import { newRig } from "../keylights/test/rig";
import { MatrixOptions, newMatrix } from "./driver";
import { MatrixEmulator } from "./emulator";

const rowPins = [32, 33, 25, 26];
const columnPins = [13, 14, 27, 12];
/** Phone order with a fourth column; two contacts that are no key. */
const options: MatrixOptions = {
  rowPins, columnPins, scanMs: 10, settleScans: 2,
  keys: [1, 2, 3, Key.Away, 4, 5, 6, Key.Bell, 7, 8, 9, Key.None, Key.Cancel, 0, Key.Ok, Key.None],
};

function setUp(change: Partial<MatrixOptions> = {}, before: (pad: MatrixEmulator) => void = () => undefined) {
  const rig = newRig();
  const told: string[] = [];
  const own = { ...options, ...change };
  const pad = new MatrixEmulator(rig.scheduler, own.rowPins.length, own.columnPins.length);
  rig.onWrite = (pin, level) => pad.drive(own.columnPins.indexOf(pin), level);
  pad.onRow = (row, level) => rig.setPin(own.rowPins[row], level);
  before(pad);
  newMatrix(rig.platform, own, { touched: (key) => { told.push(`+${key}`); }, released: (key) => { told.push(`-${key}`); } });
  return { rig, pad, hear: () => told.splice(0).join(" ") };
}

test("an idle hour has no wake-up", () => {
  const { rig, hear } = setUp();
  rig.run(3600000);
  expect([rig.wakeUps, hear()]).toEqual([0, ""]);
});

test("every key, within 40 ms, and then it rests again", () => {
  const { rig, pad, hear } = setUp();
  options.keys.forEach((key, at) => {
    pad.press(Math.floor(at / 4), at % 4);
    rig.run(40);
    expect(hear()).toBe(`+${key}`);
    pad.release(Math.floor(at / 4), at % 4);
    rig.run(100);
    expect(hear()).toBe(`-${key}`);
  });
  const { wakeUps } = rig;
  rig.run(3600000);
  expect(rig.wakeUps).toBe(wakeUps);
});

test("a 4 × 3 pad", () => {
  const { rig, pad, hear } = setUp({ columnPins: [13, 14, 27], keys: [1, 2, 3, 4, 5, 6, 7, 8, 9, Key.Cancel, 0, Key.Ok] });
  pad.press(3, 2);
  rig.run(40);
  pad.release(3, 2);
  rig.run(40);
  expect(hear()).toBe("+11 -11");
});

test("bouncing contacts count once", () => {
  for (let bounceMs = 1; bounceMs < 20; bounceMs++) {
    const { rig, pad, hear } = setUp();
    pad.press(1, 1, bounceMs);
    rig.run(120);
    pad.release(1, 1, bounceMs);
    rig.run(120);
    expect(hear()).toBe("+5 -5");
  }
});

test("a contact that closes for a moment is none", () => {
  const { rig, pad, hear } = setUp();
  pad.press(1, 1);
  rig.run(15);
  pad.release(1, 1);
  rig.run(200);
  expect(hear()).toBe("");
});

test("two keys at once, and typing that overlaps, in any two places", () => {
  for (let one = 0; one < 16; one++) {
    for (let other = 0; other < 16; other++) {
      if (one === other) continue;
      const { rig, pad, hear } = setUp({ keys: Array.from({ length: 16 }, (_, at) => at) });
      pad.press(Math.floor(one / 4), one % 4);
      rig.run(60);
      pad.press(Math.floor(other / 4), other % 4);
      rig.run(60);
      pad.release(Math.floor(one / 4), one % 4);
      rig.run(60);
      pad.release(Math.floor(other / 4), other % 4);
      rig.run(60);
      expect(hear()).toBe(`+${one} +${other} -${one} -${other}`);
    }
  }
});

test("the third key of a rectangle is refused together with its ghost", () => {
  const { rig, pad, hear } = setUp();
  pad.press(0, 0);
  pad.press(0, 1);
  rig.run(60);
  expect(hear()).toBe("+1 +2");
  pad.press(1, 0);
  rig.run(60);
  expect(hear()).toBe("");
  // The keys that were told are still released one by one; now the third one is plain to see.
  pad.release(0, 0);
  rig.run(60);
  expect(hear()).toBe("-1 +4");
  pad.release(0, 1);
  pad.release(1, 0);
  rig.run(60);
  expect(hear()).toBe("-2 -4");
});

test("no key that nobody presses is ever told, whichever three are pressed", () => {
  for (let three = 0; three < 4096; three += 7) {
    const at = [three % 16, Math.floor(three / 16) % 16, Math.floor(three / 256)];
    const { rig, pad, hear } = setUp({ keys: Array.from({ length: 16 }, (_, key) => key) });
    for (const key of at) pad.press(Math.floor(key / 4), key % 4);
    rig.run(60);
    const told = hear();
    for (const word of told.split(" ").filter((one) => one !== "")) expect(at).toContain(Number(word.substring(1)));
    for (const key of at) pad.release(Math.floor(key / 4), key % 4);
    rig.run(60);
    expect(hear().split(" ").length).toBe(told.split(" ").length);
  }
});

test("a key that is down at the start is told", () => {
  const { rig, hear } = setUp({}, (pad) => { pad.press(2, 2); });
  rig.run(60);
  expect(hear()).toBe("+9");
});

test("a stuck key costs ten looks a second, others still work", () => {
  const { rig, pad, hear } = setUp();
  pad.press(0, 0);
  rig.run(20000);
  const { wakeUps } = rig;
  rig.run(10000);
  expect(rig.wakeUps - wakeUps).toBeLessThanOrEqual(101);
  pad.press(2, 1);
  rig.run(200);
  pad.release(2, 1);
  rig.run(200);
  pad.release(0, 0);
  rig.run(200);
  expect(hear()).toBe("+1 +8 -8 -1");
});

test("a storm on a row: 20 looks a second, nothing told, keys work, and then rest", () => {
  const { rig, pad, hear } = setUp();
  const storm = (ms: number): void => {
    for (let i = 0; i < ms; i++) {
      for (let edge = 0; edge < 10; edge++) rig.setPin(rowPins[0], edge % 2);
      rig.setPin(rowPins[0], pad.level(0));
      rig.run(1);
    }
  };
  storm(1000);
  const { wakeUps } = rig;
  storm(10000);
  expect(rig.wakeUps - wakeUps).toBeLessThanOrEqual(200);
  pad.press(2, 1);
  storm(200);
  pad.release(2, 1);
  storm(200);
  expect(hear()).toBe("+8 -8");
  rig.run(1000);
  const after = rig.wakeUps;
  rig.run(3600000);
  expect(rig.wakeUps).toBe(after);
});

test("without diodes the emulator sees the short circuit", () => {
  const { rig, pad } = setUp({}, (made) => { made.diodes = false; });
  pad.press(0, 0);
  pad.press(0, 1);
  expect(() => rig.run(60)).toThrow("row 0 shorts a high column to a low one");
});
