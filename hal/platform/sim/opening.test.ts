/** A board's file that asks for what the chip has not got is refused when the part is opened, with the way out. */
import { newPlatform } from ".";
import { Platform } from "../../ports";
import { fakeBoard, newFakeLock } from "../../../test/rig/fake-lock";
import { newWorld } from "./world";

function start(): Platform {
  const lock = newFakeLock();
  newWorld({ board: fakeBoard, engine: lock.engine }).powerOn();
  return newPlatform(lock.chip(), fakeBoard).platform;
}

test("a bus is opened by each of its parts, and only one that the board has", () => {
  const platform = start();
  platform.i2c(0);
  platform.i2c(0);
  const buses = fakeBoard.i2c.length;
  expect(() => platform.i2c(buses)).toThrow(`there is no I2C bus ${buses}: the board has ${buses}, listed under "i2c" in its file`);
});

test("voltages are measured on pins 32 to 39", () => {
  const platform = start();
  expect(platform.adc(32).read() + platform.adc(39).read()).toBe(0);
  for (const pin of [31, 40]) expect(() => platform.adc(pin)).toThrow("a pin from 32 to 39");
});

test("three pins below 34, but not 25 or 26, can be driven by PWM", () => {
  const platform = start();
  for (const pin of [25, 26, 34, 39]) expect(() => platform.pwm(pin)).toThrow("but not 25 or 26");
  platform.pwm(33);
  expect(() => platform.pwm(33)).toThrow("pin 33 is opened twice");
  platform.pwm(2);
  platform.pwm(18);
  expect(() => platform.pwm(19)).toThrow("a board has at most 3");
});
