import { BoltPosition, Direction } from "../../roles";
import { Drv8833Options } from "./driver";
import { newRig, nSleep } from "./test/rig";

const Withdraw = Direction.Withdraw;
const Throw = Direction.Throw;

describe("a bolt between end switches", () => {
  test.each([[false, -1], [false, nSleep], [true, nSleep]])("both ways (PWM %s, nSLEEP %d)", (pwm, sleepPin) => {
    const rig = newRig({ pwm, driver: { sleepPin }, bridge: { awake: sleepPin < 0 } });
    rig.stopAtEnds();
    rig.bolt.drive(Withdraw);
    rig.test.pass(100);
    expect(rig.bolt.position()).toBe(BoltPosition.Between);
    rig.test.pass(1000);
    expect(rig.bolt.position()).toBe(BoltPosition.Withdrawn);
    rig.bolt.drive(Throw);
    rig.test.pass(1000);
    expect(rig.bolt.position()).toBe(BoltPosition.Thrown);
    expect(rig.bridge.drives.map((one) => one.direction)).toEqual([Withdraw, Throw]);
    expect(rig.lengths()).toEqual([800, 800]);
    expect(rig.test.level(nSleep)).toBe(0);
    expect(rig.said).toEqual([]);
  });

  test("nothing moves before the first wish (O8), and the first drive comes within 3 ms (U4)", () => {
    const rig = newRig();
    rig.test.pass(60000);
    expect(rig.bridge.drives).toEqual([]);
    expect(rig.bolt.busy()).toBe(false);
    rig.bolt.drive(Withdraw);
    rig.test.pass(3);
    expect(rig.bridge.running?.direction).toBe(Withdraw);
  });

  test("made ready, it drives at once and moves nothing before; at rest the bridge sleeps again", () => {
    const rig = newRig();
    rig.bolt.ready(true);
    rig.test.pass(3);
    expect([rig.test.level(nSleep), rig.bridge.drives.length, rig.bolt.busy()]).toEqual([1, 0, false]);
    rig.bolt.drive(Withdraw);
    expect(rig.bridge.running?.direction).toBe(Withdraw);
    rig.bolt.ready(false);
    expect(rig.bridge.running?.direction).toBe(Withdraw);
    rig.bolt.stop();
    expect(rig.test.level(nSleep)).toBe(0);
    rig.bolt.ready(true);
    rig.bolt.ready(false);
    rig.test.pass(100);
    expect(rig.test.level(nSleep)).toBe(0);
    expect(rig.bridge.drives.length).toBe(1);
  });

  test("asked to drive while it wakes, it waits for the bridge", () => {
    const rig = newRig();
    rig.bolt.ready(true);
    rig.test.pass(1);
    rig.bolt.drive(Throw);
    expect(rig.bridge.running).toBeNull();
    rig.test.pass(2);
    expect(rig.bridge.running?.direction).toBe(Throw);
  });

  test("the position is the switches', whatever was commanded (O6)", () => {
    const rig = newRig();
    rig.bridge.jammed = true;
    rig.bolt.drive(Withdraw);
    rig.test.pass(3000);
    expect(rig.bolt.position()).toBe(BoltPosition.Thrown);
  });

  test("stop, also in the moment of waking", () => {
    const rig = newRig();
    rig.bolt.drive(Withdraw);
    rig.test.pass(1);
    rig.bolt.stop();
    rig.test.pass(100);
    expect(rig.bridge.drives).toEqual([]);
    rig.bolt.stop();
    rig.bolt.drive(Withdraw);
    rig.test.pass(100);
    rig.bolt.stop();
    expect(rig.bridge.running).toBeNull();
    expect(rig.test.level(nSleep)).toBe(0);
  });

  test("turned round in mid-run; both inputs are never high", () => {
    const rig = newRig();
    rig.bolt.drive(Withdraw);
    rig.test.pass(300);
    rig.bolt.drive(Throw);
    rig.test.pass(100);
    expect(rig.bridge.running?.direction).toBe(Throw);
  });

  test("what is no direction does nothing", () => {
    const rig = newRig();
    rig.bolt.drive(0 as Direction);
    rig.bolt.drive(3 as Direction);
    rig.test.pass(100);
    expect(rig.bridge.drives).toEqual([]);
    expect(rig.test.level(nSleep)).toBe(0);
  });
});

describe("supply", () => {
  test("on USB the motor is slower, and its limit longer", () => {
    const rig = newRig();
    rig.stopAtEnds();
    expect([rig.bolt.limitMs(Withdraw), rig.bolt.limitMs(Throw)]).toEqual([5000, 5000]);
    rig.bridge.usb = true;
    expect(rig.bolt.limitMs(Withdraw)).toBe(9000);
    rig.bolt.drive(Withdraw);
    rig.test.pass(2000);
    expect(rig.lengths()[0]).toBeGreaterThan(1300);
    rig.bridge.jammed = true;
    rig.bolt.drive(Throw);
    rig.test.pass(20000);
    expect(rig.lengths()[1]).toBe(9500 - 2);
  });

  test("less than full speed", () => {
    const rig = newRig({ pwm: true, driver: { battery: { withdrawMs: 5000, throwMs: 5000, permille: 500 } } });
    rig.stopAtEnds();
    rig.bolt.drive(Withdraw);
    rig.test.pass(3000);
    expect(rig.lengths()[0]).toBe(1600);
  });

  test("busy while it runs and until the battery has recovered", () => {
    const rig = newRig();
    rig.bolt.drive(Withdraw);
    expect(rig.bolt.busy()).toBe(true);
    rig.test.pass(500);
    rig.bolt.stop();
    rig.test.pass(499);
    expect(rig.bolt.busy()).toBe(true);
    rig.test.pass(1);
    expect(rig.bolt.busy()).toBe(false);
  });
});

describe("a motor that stands", () => {
  test("is switched off after its start time, in 0.4 s", () => {
    const rig = newRig({ sense: true });
    rig.bridge.jammed = true;
    rig.bolt.drive(Throw);
    rig.test.pass(3000);
    expect(rig.said).toEqual([`stalled ${Throw}`]);
    expect(rig.lengths()[0]).toBeLessThan(420);
    expect(rig.test.level(nSleep)).toBe(0);
    rig.bridge.jammed = false;
    rig.bolt.drive(Withdraw);
    rig.test.pass(300);
    expect(rig.bridge.running?.direction).toBe(Withdraw);
  });

  test("a start, peaks and a run to the end are none", () => {
    const rig = newRig({ sense: true });
    rig.stopAtEnds();
    rig.bridge.noise = Array.from({ length: 60 }, (_, i) => (i % 10 === 9 ? 0 : 400));
    rig.bolt.drive(Withdraw);
    rig.test.pass(2000);
    expect(rig.bolt.position()).toBe(BoltPosition.Withdrawn);
    expect(rig.said).toEqual([]);
  });

  test("standing at the end because a switch is broken", () => {
    const rig = newRig({ sense: true });
    rig.bolt.drive(Withdraw);
    rig.test.pass(3000);
    expect(rig.said).toEqual([`stalled ${Withdraw}`]);
  });
});

describe("a clutch", () => {
  const pulses: Partial<Drv8833Options> = {
    mode: "clutch", battery: { withdrawMs: 300, throwMs: 250, permille: 1000 }, usb: { withdrawMs: 600, throwMs: 500, permille: 1000 },
  };

  test("is moved for its time, and that is no fault", () => {
    const rig = newRig({ driver: pulses, bridge: { travelMs: 200 } });
    rig.bolt.drive(Withdraw);
    rig.test.pass(1000);
    expect(rig.bolt.position()).toBe(BoltPosition.Withdrawn);
    rig.bolt.drive(Throw);
    rig.test.pass(1000);
    rig.bridge.usb = true;
    rig.bolt.drive(Withdraw);
    rig.test.pass(1000);
    expect(rig.lengths()).toEqual([300, 250, 600]);
    expect(rig.said).toEqual([]);
    expect(rig.test.level(nSleep)).toBe(0);
  });

  test("stops earlier if the lock says so", () => {
    const rig = newRig({ driver: pulses });
    rig.bolt.drive(Withdraw);
    rig.test.pass(100);
    rig.bolt.stop();
    rig.test.pass(1000);
    expect(rig.lengths()).toEqual([98]);
  });
});
