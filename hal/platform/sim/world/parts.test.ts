import { fakeBoard, FakeLock, newFakeLock } from "../../../../test/rig/fake-lock";
import { Key, Lamp, LampState } from "../../../roles";
import { newWorld, Session, standingOf, World } from ".";

const { pins } = fakeBoard;

function start(): { world: World; lock: FakeLock; say: (line: string) => string[] } {
  const lock = newFakeLock();
  const world = newWorld({ board: fakeBoard, engine: lock.engine, seed: "test" });
  const session = new Session(world);
  world.powerOn();
  world.advance(1000);
  lock.heard.length = 0;
  return { world, lock, say: (line) => session.perform(line) };
}

/** What the lock heard, its times counted from 1000. */
function heard(lock: FakeLock): string[] {
  return lock.heard.splice(0).map((line) => line.replace(/^\d+/, (ms) => String(Number(ms) - 1000)));
}

describe("bolt", () => {
  test("travels 800 ms from end to end; the switch it leaves opens first", () => {
    const { world, lock } = start();
    lock.chip().writePin(pins.motorWithdraw, 1);
    world.advance(400);
    expect(world.bolt.position()).toBe(400);
    world.advance(1000);
    lock.chip().writePin(pins.motorWithdraw, 0);
    expect(heard(lock)).toEqual([`1 pin ${pins.boltThrown} 0`, `800 pin ${pins.boltWithdrawn} 1`]);
    expect(world.bolt.drives).toEqual([{ direction: 1, startMs: 1000, endMs: 2400, doorOpenMs: null }]);
  });

  test("both motor pins brake", () => {
    const { world, lock } = start();
    lock.chip().writePin(pins.motorWithdraw, 1);
    world.advance(100);
    lock.chip().writePin(pins.motorThrow, 1);
    world.advance(100);
    expect(world.bolt.position()).toBe(700);
    lock.chip().writePin(pins.motorWithdraw, 0);
    world.advance(100);
    expect(world.bolt.position()).toBe(800);
    expect(world.bolt.drives.map((drive) => drive.direction)).toEqual([1, 2]);
  });

  test("a jam stops the motor's work and not the handle's; the door opening in a run is noted", () => {
    const { world, lock, say } = start();
    say("bolt jam");
    lock.chip().writePin(pins.motorThrow, 1);
    world.advance(50);
    say("door open");
    world.advance(50);
    lock.chip().writePin(pins.motorThrow, 0);
    expect(world.bolt.drives).toEqual([{ direction: 2, startMs: 1000, endMs: 1150, doorOpenMs: 1050 }]);
    heard(lock);
    say("handle");
    world.advance(1000);
    expect(heard(lock)).toEqual([
      `150 pin ${pins.handle} 1`, `150 pin ${pins.boltThrown} 0`, `150 pin ${pins.boltWithdrawn} 1`, `450 pin ${pins.handle} 0`,
    ]);
  });

  test("the mechanical key moves it both ways", () => {
    const { world, say } = start();
    say("cylinder unlock");
    expect(world.bolt.position()).toBe(0);
    say("cylinder lock");
    expect(world.bolt.position()).toBe(800);
  });
});

describe("finger", () => {
  test("a known, an unknown and an unreadable one; the next word lifts the one before, after its answer", () => {
    const { lock, say, world } = start();
    world.finger.templates.add(7);
    expect(say("finger 7")).toEqual(["ok"]);
    say("finger unknown");
    say("finger bad");
    world.advance(1000);
    say("finger off");
    expect(heard(lock)).toEqual([
      "0 finger near", "300 finger matched 0", "300 finger gone", "300 finger near", "600 finger unknown",
      "600 finger gone", "600 finger near", "900 finger unreadable", "1600 finger gone",
    ]);
  });

  test("it stays until it has its answer, so that a word is a placement", () => {
    const { lock, say } = start();
    lock.tellParts("finger enrol");
    for (let i = 0; i < 2; i++) {
      expect(say("finger 7")).toEqual(["ok"]);
      expect(say("finger off")).toEqual(["ok"]);
    }
    expect(heard(lock)).toEqual([
      "0 finger near", "300 finger placed 1", "300 finger gone", "300 finger near", "600 finger placed 2", "600 finger gone",
    ]);
  });

  test("an enrolment takes three placements of one finger, the lowest free template, and refuses a known finger", () => {
    const { lock, say, world } = start();
    for (const identity of [1, 2, 3]) world.finger.templates.add(identity);
    lock.tellParts("finger remove 1");
    lock.tellParts("finger enrol");
    for (const word of ["7", "bad", "7", "8", "7"]) say(`finger ${word}`);
    world.advance(400);
    say("finger off");
    lock.tellParts("finger enrol");
    say("finger 7");
    world.advance(400);
    expect(heard(lock).filter((line) => !/near|gone/.test(line))).toEqual([
      "300 finger placed 1", "600 finger again", "900 finger placed 2", "1200 finger again", "1500 finger enrolled 1",
      "1900 finger failed 1",
    ]);
    expect(world.finger.templates.entries()).toEqual([[0, 1], [1, 7], [2, 3]]);
  });

  test("a full module refuses at once; cancel and power off leave nothing behind", () => {
    const { lock, say, world } = start();
    lock.tellParts("finger enrol");
    say("finger 7");
    lock.tellParts("finger cancel");
    world.advance(500);
    lock.tellParts("finger enrol");
    say("finger 7");
    world.advance(500);
    world.powerOff();
    world.powerOn();
    expect(world.finger.templates.entries()).toEqual([]);
    for (let identity = 1; identity <= 50; identity++) world.finger.templates.add(identity);
    heard(lock);
    lock.tellParts("finger enrol");
    world.advance(0);
    expect(lock.heard.at(-1)).toContain("finger failed 2");
    lock.tellParts("finger clear");
    expect(world.finger.templates.entries()).toEqual([]);
  });

  test("a silent module says so, and nothing else until it answers again", () => {
    const { lock, say, world } = start();
    world.finger.silence(true);
    say("finger 7");
    lock.tellParts("finger enrol");
    world.advance(1000);
    world.finger.silence(false);
    world.advance(0);
    expect(heard(lock)).toEqual(["0 finger silent 1", "1000 finger silent 0"]);
  });
});

test("palm: by its own proximity, one placement", () => {
  const { lock, say, world } = start();
  lock.tellParts("palm enrol");
  say("palm 3");
  world.advance(500);
  say("palm 3");
  world.advance(500);
  say("palm off");
  expect(heard(lock)).toEqual(["0 palm near", "400 palm enrolled 0", "500 palm gone", "500 palm near", "900 palm matched 0", "1000 palm gone"]);
});

describe("face", () => {
  test("is told at once, recognised only while looked for, once a presence", () => {
    const { lock, say, world } = start();
    world.face.templates.add(4);
    say("face 4");
    world.advance(1000);
    lock.tellParts("face look 1");
    world.advance(2000);
    say("face unknown");
    world.advance(1000);
    lock.tellParts("face look 0");
    say("face off");
    expect(heard(lock)).toEqual(["0 face near", "1500 face matched 0", "3000 face gone", "3000 face near", "3500 face unknown", "4000 face gone"]);
  });

  test("nobody in 10 s of looking", () => {
    const { lock, world } = start();
    lock.tellParts("face look 1");
    world.advance(30000);
    expect(heard(lock)).toEqual(["10000 face gone"]);
  });

  test("poses count in their order only", () => {
    const { lock, say, world } = start();
    lock.tellParts("face enrol");
    for (const pose of ["straight", "down", "up", "down", "left", "right"]) say(`face 4 pose ${pose}`);
    world.advance(600);
    expect(heard(lock)).toEqual([
      "0 face near", "500 face placed 1", "1000 face again", "1500 face placed 2", "2000 face placed 3",
      "2500 face placed 4", "3000 face enrolled 0",
    ]);
  });

  test("a face with no pose goes through all of them", () => {
    const { lock, say, world } = start();
    lock.tellParts("face enrol");
    say("face 4");
    world.advance(9000);
    expect(heard(lock).map((line) => line.slice(0, 20))).toEqual([
      "0 face near", "500 face placed 1", "1000 face placed 2", "1500 face placed 3", "2000 face placed 4", "2500 face enrolled 0",
    ]);
  });
});

test("voice: a prompt takes 1.5 s, a new one replaces it, a hushed one is not told of", () => {
  const { lock, world } = start();
  lock.tellParts("say 4 -1");
  world.advance(1000);
  lock.tellParts("say 5 12");
  world.advance(2000);
  lock.tellParts("say 6 -1");
  lock.tellParts("hush");
  world.advance(2000);
  expect(heard(lock)).toEqual(["2500 said"]);
  expect([world.speaker.prompt, world.speaker.promptNumber, world.speaker.speaking]).toEqual([6, -1, false]);
});

test("keypad, lamps, battery and USB", () => {
  const { lock, say, world } = start();
  lock.tellParts("lit 2049");
  lock.tellParts("flash 11");
  lock.tellParts("lamp 1 3");
  say("battery 4800");
  lock.tellParts("battery");
  world.advance(100);
  say("usb on");
  expect([Key.Digit0, Key.Ok, Key.Cancel].map((key) => world.keypad.isLit(key))).toEqual([true, true, false]);
  expect(world.keypad.flashing).toBe(Key.Ok);
  lock.tellParts("lit 2049");
  expect(world.keypad.flashing).toBe(-1);
  expect(world.lamps.state(Lamp.Ir)).toBe(LampState.Flash);
  expect(heard(lock)).toEqual(["20 battery 4800", "100 usb 1"]);
  say("power off");
  expect(world.keypad.lit).toBe(0);
  say("power on");
  world.advance(100);
  expect(lock.heard.slice(-2)).toEqual(["0 usb 1", "0 battery 4800"]);
});

test("what stands is kept: templates, bolt, contacts, supply", () => {
  const { say, world } = start();
  world.palm.templates.add(9);
  for (const line of ["door open", "tamper open", "cylinder unlock", "battery 5000", "usb on", "bolt jam"]) say(line);
  const again = newWorld({ board: fakeBoard, engine: newFakeLock().engine, standing: standingOf(world), flash: world.flash.bytes });
  expect(standingOf(again)).toEqual(standingOf(world));
  expect(standingOf(again)).toMatchObject({ boltMs: 0, doorOpen: true, jammed: true, templates: { palm: [[0, 9]] } });
});
