import { Platform } from "../../hal/ports";
import { TestPlatform } from "../../hal/drivers/test/platform";
import { watchHealth } from "./health";
import { Runtime } from "./runtime";

function newRig(): { test: TestPlatform; told: number[]; runtime: { running: boolean; halted: boolean } } {
  const test = new TestPlatform();
  const told: number[] = [];
  const runtime = {
    running: false, halted: false,
    platform: { ...test.platform, watchdog: { everyMs: 1000, allIsWell: () => { told.push(test.nowMs); } } } as Platform,
  };
  watchHealth(runtime as unknown as Runtime);
  return { test, told, runtime };
}

test("the watchdog is told at the start, and again and again", () => {
  const { test, told } = newRig();
  test.pass(3500);
  expect(told).toEqual([0, 1000, 2000, 3000]);
});

test("a step that was broken off is never over, and the watchdog hears nothing any more", () => {
  const { test, told, runtime } = newRig();
  test.pass(1500);
  runtime.running = true;
  test.pass(10000);
  expect(told).toEqual([0, 1000]);
});
