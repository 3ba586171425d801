import { Key } from "../../roles";
import { newKeyLights } from "../keylights/flash";
import { newRig } from "../keylights/test/rig";
import { Hc595Options, newHc595 } from "./driver";
import { Hc595Emulator } from "./emulator";

const names = new Map<number, "data" | "clock" | "latch" | "enable">([[23, "data"], [18, "clock"], [19, "latch"], [5, "enable"]]);
const options: Hc595Options = {
  dataPin: 23, clockPin: 18, latchPin: 19, enablePin: 5, activeLevel: 1,
  outputs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
};

function setUp(change: Partial<Hc595Options> = {}) {
  const rig = newRig();
  const chip = new Hc595Emulator(0xA5C3);
  if (change.enablePin === -1) chip.enable = 0;
  const early: number[] = [];
  rig.onWrite = (pin, level) => {
    const name = names.get(pin);
    if (name === undefined) throw new Error(`pin ${pin} is nobody's`);
    chip.set(name, level);
    if (name === "enable") early.push(chip.outputs());
  };
  const lights = newHc595(rig.platform, { ...options, ...change });
  return { rig, chip, lights, early };
}

test("what the registers hold at power-up is never shown", () => {
  expect(setUp().early).toEqual([0]);
});

test("each key alone, and sets of keys", () => {
  const { chip, lights } = setUp();
  for (let key = 0; key <= Key.Low; key++) {
    lights.show(1 << key);
    expect(chip.outputs()).toBe(1 << key);
  }
  for (const keys of [32767, 0, 21845, 10922]) {
    lights.show(keys);
    expect(chip.outputs()).toBe(keys);
  }
});

test("lights that shine at low level, in another order, one key without", () => {
  const { chip, lights } = setUp({ activeLevel: 0, outputs: [15, -1, 3], enablePin: -1 });
  expect(chip.outputs()).toBe(65535);
  lights.show(7);
  expect(chip.outputs()).toBe(65535 - 32768 - 8);
});

test("an output that is disturbed is right again at the next show, though nothing changed", () => {
  const { chip, lights } = setUp();
  lights.show(9);
  for (let i = 0; i < 16; i++) { chip.set("clock", 1); chip.set("clock", 0); }
  chip.set("latch", 1);
  chip.set("latch", 0);
  expect(chip.outputs()).not.toBe(9);
  lights.show(9);
  expect(chip.outputs()).toBe(9);
});

test("flashing runs over it, and rests without wake-ups", () => {
  const { rig, chip, lights } = setUp();
  const keypad = newKeyLights(rig.platform, (keys) => lights.show(keys));
  keypad.light(9);
  keypad.flashTwice();
  rig.run(100);
  expect(chip.outputs()).toBe(0);
  rig.run(3600000);
  expect([chip.outputs(), rig.wakeUps]).toEqual([9, 4]);
});

test("the emulator is strict", () => {
  const { chip } = setUp();
  chip.set("clock", 1);
  expect(() => chip.set("latch", 1)).toThrow("after 1 bits");
});
