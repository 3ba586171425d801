import { BoltPosition, Direction } from "../../roles";
import { newRandom, TestPlatform } from "../test/platform";
import { Drv8833Options, MotorBolt, newDrv8833 } from "./driver";
import { BridgeEmulator, BridgeOptions } from "./emulator";
import { newPart } from "./part";

const in1 = 18;
const in2 = 19;
const nSleep = 21;
const Withdraw = Direction.Withdraw;
const Throw = Direction.Throw;

/** `deadTimer`: of the timers that the driver makes, this one never fires. */
interface RigOptions { driver?: Partial<Drv8833Options>; bridge?: BridgeOptions; pwm?: boolean; sense?: boolean; deadTimer?: number }

function newRig(options: RigOptions = {}) {
  const test = new TestPlatform();
  const said: string[] = [];
  /** What a lock does when the switches change. */
  let arrived: (position: BoltPosition) => void = () => undefined;
  const bridge = new BridgeEmulator(test.scheduler, { ...options.bridge, reached: (position) => arrived(position) });
  test.onOutput = (pin, level) => {
    if (pin === nSleep) bridge.sleep(level);
    else bridge.input(pin === in1 ? 0 : 1, level);
  };
  const { timer } = test.platform;
  test.platform.timer = (onFire) => timer(test.timers === options.deadTimer ? () => undefined : onFire);
  const bolt: MotorBolt = newDrv8833(test.platform, {
    in1Pin: in1, in2Pin: in2, sleepPin: nSleep, pwm: options.pwm === true ? [bridge.pwm(0), bridge.pwm(1)] : [], mode: "bolt",
    battery: { withdrawMs: 5000, throwMs: 5000, permille: 1000 }, usb: { withdrawMs: 9000, throwMs: 9000, permille: 1000 },
    runs: 3, sense: options.sense === true ? bridge.sense : null, stallMv: 160, ...options.driver,
  }, () => bridge.position(), () => bridge.usb, {
    stalled: (direction) => { said.push(`stalled ${direction}`); },
    guarded: () => { said.push("guarded"); },
  });
  const stopAtEnds = (): void => { arrived = (position) => { if (position !== BoltPosition.Between) bolt.stop(); }; };
  /** How long each drive lasted, ms. */
  const lengths = (): number[] => bridge.drives.map((one) => (one.endMs ?? test.nowMs) - one.startMs);
  return { test, bridge, bolt, said, stopAtEnds, lengths };
}

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

describe("guard (O5, O8)", () => {
  test("a run that nobody ends", () => {
    const rig = newRig();
    rig.bridge.jammed = true;
    rig.bolt.drive(Withdraw);
    rig.test.pass(20000);
    expect(rig.lengths()).toEqual([5500 - 2]);
    expect(rig.said).toEqual(["guarded"]);
    expect(rig.test.level(nSleep)).toBe(0);
  });

  /** In the order in which they are made: one for waking, one for a run, one for a movement. */
  test.each([
    ["the one for the run", 1, false, 3 * (5000 + 700) + 500], ["the one for the movement", 2, false, 5500],
    ["the one for the run", 1, true, 3 * (9000 + 700) + 500], ["the one for the movement", 2, true, 9500],
  ])("%s never fires, nor do the lock's: the other one ends it (USB: %s %s)", (_name, deadTimer, usb, endsMs) => {
    const rig = newRig({ deadTimer });
    rig.bridge.jammed = true;
    rig.bridge.usb = usb;
    for (let i = 0; i < 60; i++) {
      rig.bolt.drive(Withdraw);
      rig.test.pass(1000);
      if (rig.said.length > 0) break;
    }
    expect(rig.lengths()).toEqual([endsMs - 2]);
    expect(rig.said).toEqual(["guarded"]);
    expect(rig.test.level(nSleep)).toBe(0);
  });

  test("a plug that comes or goes in mid-run does not lengthen it", () => {
    for (const usb of [true, false]) {
      const rig = newRig();
      rig.bridge.jammed = true;
      rig.bridge.usb = usb;
      rig.bolt.drive(Withdraw);
      rig.test.pass(3000);
      rig.bridge.usb = !usb;
      rig.test.pass(20000);
      expect(rig.lengths()).toEqual([(usb ? 9500 : 5500) - 2]);
    }
  });

  test("driving on does not lengthen it", () => {
    const rig = newRig();
    rig.bridge.jammed = true;
    for (let i = 0; i < 30; i++) {
      rig.bolt.drive(Withdraw);
      rig.test.pass(400);
    }
    expect(rig.lengths()).toEqual([5498]);
  });

  test("after it the motor rests for 10 s, then it works again", () => {
    const rig = newRig();
    rig.stopAtEnds();
    rig.bridge.jammed = true;
    rig.bolt.drive(Withdraw);
    rig.test.pass(6000);
    rig.bridge.jammed = false;
    for (let i = 0; i < 9; i++) {
      rig.bolt.stop();
      rig.bolt.drive(Withdraw);
      rig.test.pass(1000);
    }
    expect(rig.bridge.drives.length).toBe(1);
    rig.test.pass(1000);
    rig.bolt.drive(Withdraw);
    rig.test.pass(2000);
    expect(rig.bolt.position()).toBe(BoltPosition.Withdrawn);
    expect(rig.said).toEqual(["guarded"]);
  });

  test("the lock's whole programme against a jammed bolt fits in", () => {
    const rig = newRig();
    rig.bridge.jammed = true;
    for (let i = 0; i < 3; i++) {
      rig.bolt.stop();
      rig.bolt.drive(Withdraw);
      rig.test.pass(5000);
      rig.bolt.stop();
      if (i === 2) break;
      rig.bolt.drive(Throw);
      rig.test.pass(200);
    }
    expect(rig.said).toEqual([]);
    expect(rig.bridge.drives.length).toBe(5);
  });

  test.each([1, 20, 150])("a lock gone mad that drives to and fro every %d ms", (everyMs) => {
    const rig = newRig();
    let on = 0;
    for (let ms = 0; ms < 60000; ms += everyMs) {
      if (ms % (2 * everyMs) === 0) rig.bolt.stop();
      rig.bolt.drive(ms % (4 * everyMs) < 2 * everyMs ? Withdraw : Throw);
      rig.test.pass(everyMs);
      if (rig.test.level(nSleep) === 1) on += everyMs;
    }
    expect(rig.said.length).toBeGreaterThan(1);
    expect(on).toBeLessThan(60000 * 0.75);
  });

  test("seeded wishes of every kind: never longer than the guard in one direction", () => {
    const random = newRandom(7);
    for (let round = 0; round < 50; round++) {
      const rig = newRig();
      rig.bridge.jammed = random(2) === 0;
      for (let i = 0; i < 60; i++) {
        const wish = random(4);
        if (wish < 2) rig.bolt.drive(wish === 0 ? Withdraw : Throw);
        else if (wish === 2) rig.bolt.stop();
        rig.test.pass(1 + random(3000));
      }
      expect(Math.max(0, ...rig.lengths())).toBeLessThanOrEqual(5500);
      expect(rig.test.timers).toBe(4);
    }
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

describe("as a board has it", () => {
  const lock = { limitMs: 4000, limitUsbMs: 7000, runs: 3 };

  test.each([["bolt", false, 4500], ["bolt", true, 7500], ["clutch", false, 300], ["clutch", true, 300]] as const)("%s, on USB: %s: off after %i ms though nobody stops it", (mode, usb, endsMs) => {
    const test = new TestPlatform();
    const bridge = new BridgeEmulator(test.scheduler, { awake: true });
    test.onOutput = (pin, level) => bridge.input(pin === in1 ? 0 : 1, level);
    let ended = 0;
    const bolt = newPart(test.platform, {
      driver: "drv8833", inputs: { kind: "plain", in1Pin: in1, in2Pin: in2 }, sleepPin: -1, sensePin: -1, stallMv: 0, mode, pulseMs: 298,
    }, { ...lock, position: () => bridge.position(), onInlet: () => usb }, { ended: () => { ended++; } });
    bridge.jammed = true;
    bolt.drive(Withdraw);
    test.pass(60000);
    expect(bridge.drives.map((one) => (one.endMs ?? Infinity) - one.startMs)).toEqual([endsMs]);
    expect([ended, bolt.busy()]).toEqual([mode === "bolt" ? 1 : 0, false]);
  });
});
