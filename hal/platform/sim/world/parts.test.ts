/** The emulated parts as the drivers meet them, sensor modules apart. */
import { Board } from "../../../board";
import { Beep, Key, Lamp, LampState } from "../../../roles";
import { newWorld, standingOf, travelMs } from ".";
import { newDrivenLock, simBoard, startDriven } from "./test/driven-lock";

const keysOf = (...keys: number[]): number => keys.reduce((mask, key) => mask + 2 ** key, 0);

describe("bolt", () => {
  test("travels 800 ms from end to end; the switch it leaves opens first", () => {
    const { lock, world, heard } = startDriven();
    lock.drivers().bolt.drive(1);
    world.advance(402);
    expect(world.bolt.position()).toBe(400);
    world.advance(998);
    lock.drivers().bolt.stop();
    expect(heard()).toEqual(["23 thrown 0", "822 withdrawn 1"]);
    expect(world.bolt.drives).toEqual([{ direction: 1, startMs: 5002, endMs: 6400, doorOpenMs: null }]);
  });

  test("a jam stops the motor's work and not the handle's; the door opening in a run is noted", () => {
    const { lock, world, say, heard } = startDriven();
    say("bolt jam");
    lock.drivers().bolt.drive(2);
    world.advance(48);
    say("door open");
    lock.drivers().bolt.stop();
    expect(world.bolt.drives).toEqual([{ direction: 2, startMs: 5002, endMs: 5098, doorOpenMs: 5048 }]);
    heard();
    say("handle");
    world.advance(1000);
    expect(heard()).toEqual(["118 handle 1", "118 withdrawn 1", "118 thrown 0", "418 handle 0"]);
  });

  test("the mechanical key moves it both ways", () => {
    const { world, say } = startDriven();
    say("cylinder unlock");
    expect(world.bolt.position()).toBe(0);
    say("cylinder lock");
    expect(world.bolt.position()).toBe(travelMs);
  });

  test.each<[string, (write: (pin: number, level: number) => void) => void]>([
    ["driven while it sleeps", (write) => write(18, 1)],
    ["driven before it is awake", (write) => { write(23, 1); write(18, 1); }],
  ])("a bridge %s stops the world", (what, act) => {
    const { world } = startDriven();
    act((pin, level) => world.machine.writePin(pin, level));
    expect(() => world.advance(1)).toThrow(what);
  });

  test("so do both inputs at once, and a sleep in mid-drive", () => {
    for (const [pin, level] of [[19, 1], [23, 0]]) {
      const { world } = startDriven();
      world.machine.writePin(23, 1);
      world.advance(2);
      world.machine.writePin(18, 1);
      world.machine.writePin(pin, level);
      expect(() => world.advance(1)).toThrow("DRV8833");
    }
  });
});

describe("keypad", () => {
  test("touches reach the lock by the electrodes, and the lights are those with current", () => {
    const { lock, world, say, told } = startDriven();
    for (const line of ["key 5", "key cancel 300", "touch", "keys 40 ok"]) expect(say(line)).toEqual(["ok"]);
    expect(told()).toEqual([5, 10, 15, 4, 0, 11].flatMap((key) => [`touch ${key}`, `release ${key}`]));
    lock.drivers().keyLights.show(keysOf(Key.Digit0, Key.Ok, Key.Low));
    expect(world.keypad.lit).toBe(keysOf(Key.Digit0, Key.Ok, Key.Low));
    expect([Key.Digit0, Key.Ok, Key.Cancel].map((key) => world.keypad.isLit(key))).toEqual([true, true, false]);
    say("power off");
    expect(world.keypad.lit).toBe(0);
  });

  test("after power on the first key is felt", () => {
    const { say, told } = startDriven();
    for (const line of ["power off", "power on"]) say(line);
    told();
    say("key 7");
    expect(told().filter((line) => /touch|release/.test(line))).toEqual(["touch 7", "release 7"]);
  });

  test("silent chips come back, others in their place are set up", () => {
    const { lock, world, say, told } = startDriven();
    lock.drivers().keyLights.show(keysOf(1));
    for (const name of ["keys", "lights"]) say(`module ${name} silent`);
    say("key 5");
    lock.drivers().keyLights.check();
    world.advance(4000);
    for (const name of ["keys", "lights"]) say(`module ${name} back`);
    world.advance(60000);
    expect(told().sort()).toEqual(["keys silent 0", "keys silent 1", "lights silent 0", "lights silent 1"]);
    for (const name of ["keys", "lights"]) say(`module ${name} swap`);
    expect(world.keypad.lit).toBe(0);
    lock.drivers().keyLights.check();
    world.advance(5000);
    expect(world.keypad.lit).toBe(keysOf(1));
  });
});

test("the buttons bounce no more than the driver bears; a button held down stays down without power", () => {
  const { say, told } = startDriven();
  say("button set");
  say("button lock down");
  for (const line of ["tamper open", "power off", "power on"]) say(line);
  told();
  say("button lock up");
  expect(told()).toEqual(["lock 0"]);
});

describe("voice", () => {
  test("a prompt takes 1.5 s, its number is said behind it, a new one replaces it, a hushed one is not told of", () => {
    const { lock, world, told } = startDriven();
    const speech = lock.drivers().speech;
    const prompts: number[] = [];
    world.speaker.onPrompt = (prompt) => prompts.push(prompt);
    speech?.say(4, -1);
    world.advance(1000);
    speech?.say(5, 12);
    world.advance(1600);
    expect(told()).toEqual([]);
    world.advance(1000);
    expect([world.speaker.prompt, world.speaker.promptNumber, told()]).toEqual([5, 12, ["said"]]);
    speech?.say(6, -1);
    world.advance(100);
    expect(world.speaker.playing).toMatchObject({ folder: 1, file: 6, volume: 28 });
    speech?.hush();
    world.advance(2000);
    expect([told(), prompts, world.speaker.speaking]).toEqual([[], [4, 5, 6], false]);
  });

  test("beeps and the siren are told by their tones", () => {
    const { lock, world } = startDriven();
    const { beeper } = lock.drivers();
    const after = (): [number, number] => {
      world.advance(500);
      return [world.beeper.lastBeep, world.beeper.beeps];
    };
    expect([Beep.Key, Beep.Success, Beep.Failure, Beep.Failure].map((beep) => {
      beeper.beep(beep);
      return after();
    })).toEqual([[Beep.Key, 1], [Beep.Success, 2], [Beep.Failure, 3], [Beep.Failure, 4]]);
    expect(world.beeper.siren).toBe(false);
    beeper.siren(true);
    expect([after(), world.beeper.siren]).toEqual([[Beep.Failure, 4], true]);
    beeper.siren(false);
    expect(world.beeper.siren).toBe(false);
  });
});

test("lamps, battery and USB", () => {
  const { lock, world, say, told } = startDriven();
  lock.drivers().lamps.set(Lamp.Ir, LampState.On);
  expect([Lamp.Guide, Lamp.Ir, Lamp.Rear].map((lamp) => world.lamps.isLit(lamp))).toEqual([false, true, false]);
  say("battery 6800");
  lock.drivers().battery.measure();
  world.advance(100);
  say("usb on");
  world.advance(100);
  expect(told()).toEqual(["battery 21", "usb 1"]);
  say("power off");
  expect(world.lamps.isLit(Lamp.Ir)).toBe(false);
  say("power on");
  expect(told().filter((line) => /usb|battery/.test(line))).toEqual(["usb 1", "battery 21"]);
});

test("the clock goes on without the lock's supply; another one was never set", () => {
  const { lock, world, say, told } = startDriven();
  expect(lock.drivers().clock?.read()).toBe(-1);
  lock.drivers().clock?.set(3624479, 50);
  for (const line of ["power off", "wait 1h", "power on"]) say(line);
  expect(lock.drivers().clock?.read()).toBe(3624479 + 60);
  const again = newWorld({ board: simBoard, engine: newDrivenLock(simBoard).engine, standing: standingOf(world) });
  expect(again.clock?.text).toBe(world.clock?.text);
  say("module clock silent");
  expect(lock.drivers().clock?.read()).toBe(-1);
  for (const line of ["module clock back", "module clock swap"]) say(line);
  expect(lock.drivers().clock?.read()).toBe(-1);
  expect(told().slice(-2)).toEqual(["clock silent 1", "clock silent 0"]);
});

describe("a cheap board", () => {
  const { keys: _keys, keyLights: _lights, palmFace: _palmFace, bridge: _bridge, speech: _speech, ...rest } = simBoard.parts;
  const cheap: Board = {
    ...simBoard, name: "cheap",
    parts: {
      ...rest,
      keys: { driver: "matrix", rowPins: [4, 5, 16, 17], columnPins: [21, 22, 26], keys: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 11], scanMs: 10, settleScans: 2 },
      keyLights: { driver: "hc595", dataPin: 27, clockPin: 28, latchPin: 29, enablePin: 30, outputs: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], activeLevel: 0 },
      speech: { driver: "dfplayer", uart: 2, busyPin: 35 },
      lamps: { driver: "lamps", guidePin: -1, irPin: -1, rearPin: 2, activeLevel: 0 },
    },
  };

  test("matrix, shift registers, a voice on its own UART, lamps at low level", () => {
    const { lock, world, say, told } = startDriven(cheap);
    for (const line of ["key 5", "keys 90 ok", "key cancel"]) expect(say(line)).toEqual(["ok"]);
    expect(told()).toEqual([5, 9, 0, 11, 10].flatMap((key) => [`touch ${key}`, `release ${key}`]));
    expect(world.keypad.lit).toBe(0);
    lock.drivers().keyLights.show(keysOf(1, 11));
    expect(world.keypad.lit).toBe(keysOf(1, 11));
    expect(world.lamps.isLit(Lamp.Rear)).toBe(false);
    lock.drivers().lamps.set(Lamp.Rear, LampState.On);
    expect(world.lamps.isLit(Lamp.Rear)).toBe(true);
    lock.drivers().speech?.say(4, -1);
    world.advance(1700);
    expect(told()).toEqual(["said"]);
    say("power off");
    expect([world.keypad.lit, world.lamps.isLit(Lamp.Rear)]).toEqual([0, false]);
  });

  test("what it has not got is refused in a sentence", () => {
    const { say } = startDriven(cheap);
    expect(say("touch")).toEqual(["error no-key The keypad of board cheap has no place that is no key."]);
    expect(say("keys 5 bell")).toEqual(["error no-key The keypad of board cheap has no key bell."]);
    for (const line of ["palm 3", "face 3 pose up", "face off", "module palmface swap", "module keys silent", "match palmface 1"]) {
      expect(say(line)[0]).toMatch(/^error no-part Board cheap has no module for (palm|face|palmface|keys)\.$/);
    }
  });
});

test("what stands is kept: bolt, contacts, supply", () => {
  const { say, world } = startDriven();
  for (const line of ["door open", "tamper open", "cylinder unlock", "battery 5000", "usb on", "bolt jam"]) say(line);
  const again = newWorld({ board: simBoard, engine: newDrivenLock(simBoard).engine, standing: standingOf(world), flash: world.flash.bytes });
  expect(standingOf(again)).toEqual(standingOf(world));
  expect(standingOf(again)).toMatchObject({ boltMs: 0, doorOpen: true, tamperOpen: true, jammed: true, batteryMv: 5000, usb: true });
});
