import { Lamp, LampState } from "../../roles";
import { TestPlatform } from "../test/platform";
import { newPart } from "./part";

function newRig(activeLevel: 0 | 1 = 1) {
  const test = new TestPlatform();
  const lights = newPart(test.platform, { driver: "lamps", guidePin: 4, irPin: -1, rearPin: 5, activeLevel });
  const shine = (): boolean[] => [4, 5].map((pin) => test.level(pin) === activeLevel);
  return { test, lights, shine };
}

test.each([1, 0] as const)("dark at the start, on and off (active level %d)", (activeLevel) => {
  const { lights, shine } = newRig(activeLevel);
  expect(shine()).toEqual([false, false]);
  lights.set(Lamp.Guide, LampState.On);
  expect(shine()).toEqual([true, false]);
  lights.set(Lamp.Guide, LampState.Off);
  expect(shine()).toEqual([false, false]);
});

test("P1: flashing begins lit, changes each half second, and leaves the others alone", () => {
  const { test, lights, shine } = newRig();
  lights.set(Lamp.Guide, LampState.On);
  lights.set(Lamp.Rear, LampState.Flash);
  const seen: boolean[] = [];
  for (let i = 0; i < 4; i++) {
    seen.push(shine()[1]);
    expect(shine()[0]).toBe(true);
    test.pass(500);
  }
  expect(seen).toEqual([true, false, true, false]);
  lights.set(Lamp.Rear, LampState.Off);
  test.pass(5000);
  expect(shine()).toEqual([true, false]);
});

test("flashing that ends and begins again within its half second keeps its pace, with one timer", () => {
  const { test, lights, shine } = newRig();
  lights.set(Lamp.Rear, LampState.Flash);
  test.pass(200);
  lights.set(Lamp.Rear, LampState.Off);
  lights.set(Lamp.Rear, LampState.Flash);
  test.pass(300);
  expect(shine()[1]).toBe(false);
  test.pass(500);
  expect([shine()[1], test.timers]).toEqual([true, 1]);
});

test("a lamp that is not there is no error", () => {
  const { test, lights, shine } = newRig();
  lights.set(Lamp.Ir, LampState.Flash);
  test.pass(2000);
  expect(shine()).toEqual([false, false]);
});
