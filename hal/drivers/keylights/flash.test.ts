import { Key } from "../../roles";
import { newKeyLights } from "./flash";
import { newRig } from "./test/rig";

/** Key bits of roles.ts. */
const low = 16384;
const digits = 1023;

function setUp() {
  const rig = newRig();
  const shown: string[] = [];
  const lights = newKeyLights(rig.platform, (keys) => { shown.push(`${rig.scheduler.nowMs} ${keys}`); });
  return { rig, lights, hear: () => shown.splice(0) };
}

test("steady keys are shown once, without a timer", () => {
  const { rig, lights, hear } = setUp();
  lights.light(digits + low);
  rig.run(3600000);
  expect(hear()).toEqual([`0 ${digits + low}`]);
  expect(rig.wakeUps).toBe(0);
});

test("M4: the three digits flash slowly once, one after the other, then the lit keys are back", () => {
  const { rig, lights, hear } = setUp();
  lights.light(30);
  lights.flashNumber(7);
  rig.run(60000);
  expect(hear()).toEqual(["0 30", "0 0", "300 1", "1000 0", "1300 1", "2000 0", "2300 128", "3000 30"]);
  expect(rig.wakeUps).toBe(6);
});

test.each([[0, [1, 1, 1]], [50, [1, 32, 1]], [123, [2, 4, 8]], [999, [512, 512, 512]]])("number %i", (number, keys) => {
  const { rig, lights, hear } = setUp();
  lights.flashNumber(number);
  rig.run(3000);
  expect(hear().map((line) => Number(line.split(" ")[1])).filter((lit) => lit > 0)).toEqual(keys);
});

test("K6: the low light stays while a number flashes", () => {
  const { rig, lights, hear } = setUp();
  lights.light(2 + low);
  lights.flashNumber(100);
  rig.run(400);
  expect(hear()).toEqual([`0 ${2 + low}`, `0 ${low}`, `300 ${2 + low}`]);
});

test("P1: one key flashes until the lit keys are set again", () => {
  const { rig, lights, hear } = setUp();
  lights.light(1024);
  lights.flashKey(Key.Digit0);
  rig.run(1600);
  expect(hear()).toEqual(["0 1024", "0 1025", "500 1024", "1000 1025", "1500 1024"]);
  lights.light(0);
  rig.run(60000);
  expect(hear()).toEqual(["1600 0"]);
});

test("a key that is lit flashes too, and one that has no light does nothing", () => {
  const { rig, lights, hear } = setUp();
  lights.light(3);
  lights.flashKey(Key.Digit0 + 1);
  rig.run(600);
  expect(hear()).toEqual(["0 3", "0 3", "500 1"]);
  lights.flashKey(Key.None);
  rig.run(2000);
  expect(hear()).toEqual(["600 3"]);
});

test("Q1: every lit key flashes twice", () => {
  const { rig, lights, hear } = setUp();
  lights.light(9);
  lights.flashTwice();
  rig.run(5000);
  expect(hear()).toEqual(["0 9", "0 0", "150 9", "300 0", "450 9", "600 9"]);
});

test("a flashing key goes on after the others flashed twice", () => {
  const { rig, lights, hear } = setUp();
  lights.flashKey(Key.Digit0);
  lights.flashTwice();
  rig.run(1200);
  expect(hear().slice(-2)).toEqual(["600 1", "1100 0"]);
});

test("K3: a key ends a number and a double flash, not a flashing key", () => {
  const { rig, lights, hear } = setUp();
  lights.light(6);
  lights.flashNumber(1);
  rig.run(500);
  lights.settle();
  rig.run(5000);
  expect(hear().pop()).toBe("500 6");
  lights.flashTwice();
  lights.settle();
  rig.run(5000);
  expect(hear().pop()).toBe("5500 6");
  lights.flashKey(Key.Digit0);
  hear();
  lights.settle();
  rig.run(1000);
  expect(hear()).toEqual(["11000 6", "11500 7"]);
});

test("new lit keys end any flashing", () => {
  const { rig, lights, hear } = setUp();
  lights.flashNumber(12);
  rig.run(400);
  lights.light(5);
  hear();
  rig.run(10000);
  expect(hear()).toEqual([]);
});
