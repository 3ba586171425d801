/** A board's file that asks for what the chip has not got is refused when the part is opened, with the way out. */
import { newPlatform } from ".";
import { Platform } from "../../ports";
import { fakeBoard, newFakeLock } from "../../../test/rig/fake-lock";
import { newWorld } from "./world";

function start(): Platform {
  const lock = newFakeLock();
  newWorld({ board: fakeBoard, engine: lock.engine }).powerOn();
  return newPlatform(lock.chip(), fakeBoard.flash).platform;
}

test("the parts of a bus share its pins", () => {
  const platform = start();
  platform.i2c(0, 21, 22);
  platform.i2c(0, 21, 22);
  platform.i2c(1, 25, 26);
  expect(() => platform.i2c(0, 22, 21)).toThrow("I2C bus 0 is opened with the pins 21 and 22 and with 22 and 21");
  expect(() => platform.i2c(2, 1, 2)).toThrow("there is no I2C bus 2: give the part bus 0 or 1");
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
