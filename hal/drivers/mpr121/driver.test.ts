import { Key } from "../../roles";
import { newRig } from "../keylights/test/rig";
import { Mpr121Options, newMpr121 } from "./driver";
import { Mpr121Emulator } from "./emulator";

const irqPin = 27;
const first = 0x5A;
const second = 0x5B;

/** All 14 keys and one pad that is no key. */
const options: Mpr121Options = {
  chips: [
    { address: first, keys: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, Key.Cancel, Key.Ok] },
    { address: second, keys: [Key.Away, Key.Bell, Key.None] },
  ],
  irqPin, touchThreshold: 12, releaseThreshold: 6, samplePeriod: 3,
};

function setUp(change: (chips: Mpr121Emulator[]) => void = () => undefined) {
  const rig = newRig();
  const told: string[] = [];
  const chips = [new Mpr121Emulator(rig.scheduler), new Mpr121Emulator(rig.scheduler)];
  rig.devices.set(first, chips[0]);
  rig.devices.set(second, chips[1]);
  let stuck = false;
  const level = (): void => rig.setPin(irqPin, stuck ? 0 : Math.min(chips[0].irqLevel, chips[1].irqLevel));
  for (const chip of chips) chip.onIrq = level;
  change(chips);
  const keys = newMpr121(rig.platform, rig.i2c, options, {
    touched: (key) => { told.push(`+${key}`); },
    released: (key) => { told.push(`-${key}`); },
    silent: (silent) => { told.push(`silent ${silent}`); },
  });
  const hear = (): string => told.splice(0).join(" ");
  const hold = (on: boolean): void => { stuck = on; level(); };
  return { rig, chips, keys, hear, hold };
}

function started(change?: (chips: Mpr121Emulator[]) => void) {
  const all = setUp(change);
  all.rig.run(1000);
  return all;
}

test("it starts without a word, and an idle hour has no wake-up and no transaction", () => {
  const { rig, keys, hear } = started();
  const { wakeUps, transactions } = rig;
  rig.run(3600000);
  expect([rig.wakeUps, rig.transactions]).toEqual([wakeUps, transactions]);
  expect(hear()).toBe("");
  expect([keys.broken(), keys.faults(), keys.overCurrents()]).toEqual([0, 0, 0]);
});

test("every key is told when touched and when released, and then it rests again", () => {
  const { rig, chips, hear } = started();
  for (let key = 0; key < 15; key++) {
    const name = key === 14 ? Key.None : key;
    const chip = chips[key < 12 ? 0 : 1];
    chip.touch(key % 12);
    rig.run(80);
    expect(hear()).toBe(`+${name}`);
    chip.release(key % 12);
    rig.run(80);
    expect(hear()).toBe(`-${name}`);
  }
  const { wakeUps } = rig;
  rig.run(3600000);
  expect(rig.wakeUps).toBe(wakeUps);
});

test("a touch is told within 50 ms at 8 ms a sample", () => {
  const { rig, chips, hear } = started();
  chips[0].touch(5);
  rig.run(50);
  expect(hear()).toBe("+5");
});

test("several electrodes at once, over both chips", () => {
  const { rig, chips, hear } = started();
  for (const electrode of [1, 2, 11]) chips[0].touch(electrode);
  chips[1].touch(0);
  rig.run(80);
  expect(hear()).toBe("+1 +2 +11 +12");
  chips[0].release(2);
  chips[0].touch(3);
  rig.run(80);
  expect(hear()).toBe("-2 +3");
});

test("a key that is held is read ever less often, and its release is told at once", () => {
  const { rig, chips, hear } = started();
  chips[0].touch(0);
  rig.run(60000);
  const { wakeUps } = rig;
  rig.run(60000);
  expect(rig.wakeUps - wakeUps).toBeLessThanOrEqual(61);
  chips[0].release(0);
  rig.run(90);
  expect(hear()).toBe("+0 -0");
});

test("a lost edge makes no key stick", () => {
  const { rig, chips, hear } = started();
  chips[0].touch(7);
  rig.run(80);
  chips[0].onIrq = () => undefined;
  chips[0].release(7);
  rig.run(1100);
  expect(hear()).toBe("+7 -7");
});

test("a storm on the line: 20 readings a second, nothing told, keys still work, and then rest", () => {
  const { rig, chips, hear, hold } = started();
  const before = rig.wakeUps;
  for (let ms = 0; ms < 10000; ms++) {
    for (let i = 0; i < 10; i++) hold(i % 2 === 0);
    if (ms === 5000) chips[0].touch(4);
    rig.run(1);
  }
  expect(rig.wakeUps - before).toBeLessThan(250);
  expect(hear()).toBe("+4");
  chips[0].release(4);
  rig.run(1100);
  expect(hear()).toBe("-4");
  const { wakeUps } = rig;
  rig.run(3600000);
  expect(rig.wakeUps).toBe(wakeUps);
});

test("a line that stays low: the keys work, read once a second", () => {
  const { rig, chips, hear, hold } = started();
  hold(true);
  rig.run(10000);
  const { wakeUps } = rig;
  rig.run(10000);
  expect(rig.wakeUps - wakeUps).toBeLessThanOrEqual(11);
  chips[0].touch(4);
  rig.run(1100);
  chips[0].release(4);
  rig.run(1100);
  expect(hear()).toBe("+4 -4");
});

test("fingers that lie on it at the start are taken for the baseline", () => {
  const { rig, chips, hear } = started((made) => { made[0].touch(3); });
  expect(hear()).toBe("");
  chips[0].release(3);
  rig.run(80);
  chips[0].touch(3);
  rig.run(80);
  expect(hear()).toBe("+3");
});

test("a shorted electrode is told as broken, the others work", () => {
  const { rig, chips, keys, hear } = started((made) => { made[0].defective = 1 << 9; made[1].defective = 2; });
  expect(keys.broken()).toBe((1 << 9) + (1 << Key.Bell));
  chips[0].touch(9);
  chips[0].touch(8);
  rig.run(80);
  expect(hear()).toBe("+8");
});
