/** O5, O8: whatever the lock does, or does not, the motor stops. */
import { BoltPosition, Direction } from "../../roles";
import { newRandom, TestPlatform } from "../test/platform";
import { BridgeEmulator } from "./emulator";
import { newPart } from "./part";
import { in1, in2, newRig, nSleep } from "./test/rig";

const Withdraw = Direction.Withdraw;
const Throw = Direction.Throw;

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

describe("as a board has it", () => {
  const lock = { limitMs: 4000, limitUsbMs: 7000, runs: 3 };

  test.each([["bolt", false, 4500], ["bolt", true, 7500], ["clutch", false, 300], ["clutch", true, 300]] as const)("%s, on USB: %s: off after %i ms though nobody stops it", (mode, usb, endsMs) => {
    const test = new TestPlatform();
    const bridge = new BridgeEmulator(test.scheduler, { awake: true });
    test.onOutput = (pin, level) => bridge.input(pin === in1 ? 0 : 1, level);
    let ended = 0;
    const bolt = newPart(test.platform, {
      driver: "drv8833", inputs: { kind: "plain", in1Pin: in1, in2Pin: in2 }, sleepPin: -1, sensePin: -1, stallMv: 0, mode, pulseMs: 300,
    }, { ...lock, position: () => bridge.position(), onInlet: () => usb }, { ended: () => { ended++; } });
    bridge.jammed = true;
    bolt.drive(Withdraw);
    test.pass(60000);
    expect(bridge.drives.map((one) => (one.endMs ?? Infinity) - one.startMs)).toEqual([endsMs]);
    expect([ended, bolt.busy()]).toEqual([mode === "bolt" ? 1 : 0, false]);
  });
});
