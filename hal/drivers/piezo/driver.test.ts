import { Beep } from "../../roles";
import { TestPlatform } from "../test/platform";
import { newPiezo } from "./driver";
import { PiezoEmulator } from "./emulator";

function newRig() {
  const test = new TestPlatform();
  const disc = new PiezoEmulator(test.scheduler);
  return { test, disc, piezo: newPiezo(test.platform, disc) };
}

/** Lets it sound to its end. @returns hertz × milliseconds, `-` for pauses */
function heard(rig: ReturnType<typeof newRig>, ms = 2000): string[] {
  rig.test.pass(ms);
  const tones = rig.disc.tones.splice(0);
  return tones.flatMap((one, i) => {
    const gap = i === 0 ? 0 : one.atMs - tones[i - 1].atMs - tones[i - 1].ms;
    return [...(gap > 0 ? [`-${gap}`] : []), `${one.hertz}x${one.ms}`];
  });
}

test.each([
  [Beep.Key, ["2700x30"]],
  [Beep.Success, ["2700x300"]],
  [Beep.Failure, ["2700x80", "-80", "2700x80", "-80", "2700x80"]],
])("beep %d (K3)", (beep, tones) => {
  const rig = newRig();
  rig.piezo.beep(beep);
  expect(rig.disc.sounding).not.toBeNull();
  expect(heard(rig)).toEqual(tones);
  expect(rig.disc.sounding).toBeNull();
});

test("the chime falls", () => {
  const rig = newRig();
  rig.piezo.chime();
  expect(heard(rig)).toEqual(["3200x250", "2700x500"]);
});

test("a beep sounds at once and ends the one before", () => {
  const rig = newRig();
  rig.piezo.beep(Beep.Failure);
  rig.test.pass(100);
  rig.piezo.beep(Beep.Key);
  expect(heard(rig)).toEqual(["2700x80", "-20", "2700x30"]);
});

test("what is no beep is no sound", () => {
  const rig = newRig();
  rig.piezo.beep(0 as Beep);
  rig.piezo.beep(9 as Beep);
  expect(heard(rig)).toEqual([]);
});

test("volume", () => {
  const rig = newRig();
  const loud = [0, 1, 2, 3, 7].map((level) => {
    rig.piezo.volume(level);
    rig.piezo.beep(Beep.Key);
    rig.test.pass(100);
    return rig.disc.tones.splice(0).map((one) => one.permille);
  });
  expect(loud).toEqual([[], [40], [150], [500], [500]]);
  rig.piezo.beep(Beep.Success);
  rig.piezo.volume(0);
  expect(rig.disc.sounding).toBeNull();
});

describe("siren (A1)", () => {
  test("it sweeps up and down until it is stopped, and is loud at any volume", () => {
    const rig = newRig();
    rig.piezo.volume(0);
    rig.piezo.siren(true);
    rig.test.pass(60000);
    const tones = rig.disc.tones.splice(0);
    expect(tones.length).toBe(60000 / 40);
    expect(Math.min(...tones.map((one) => one.hertz))).toBe(2000);
    expect(Math.max(...tones.map((one) => one.hertz))).toBe(4000);
    expect(tones.every((one) => one.permille === 500)).toBe(true);
    expect(tones.slice(1).every((one, i) => Math.abs(one.hertz - tones[i].hertz) === 250)).toBe(true);
    rig.piezo.siren(false);
    expect(rig.disc.sounding).toBeNull();
    rig.test.pass(5000);
    expect(rig.disc.sounding).toBeNull();
  });

  test("beeps and volume do not end it; switched on twice it does not begin anew", () => {
    const rig = newRig();
    rig.piezo.beep(Beep.Failure);
    rig.piezo.siren(true);
    rig.test.pass(400);
    for (const beep of [Beep.Key, Beep.Success, Beep.Failure]) rig.piezo.beep(beep);
    rig.piezo.chime();
    rig.piezo.volume(0);
    rig.piezo.siren(true);
    rig.test.pass(400);
    expect(rig.disc.sounding).not.toBeNull();
    const tones = rig.disc.tones.splice(0);
    expect(tones.slice(1).every((one) => one.ms === 40)).toBe(true);
    rig.piezo.siren(false);
    rig.piezo.siren(false);
    rig.piezo.volume(3);
    rig.piezo.beep(Beep.Key);
    rig.test.pass(100);
    expect(rig.disc.tones.at(-1)).toMatchObject({ hertz: 2700, ms: 30 });
  });
});

test("it makes its timer once and leaves the port alone at rest", () => {
  const rig = newRig();
  for (let i = 0; i < 100; i++) {
    rig.piezo.beep(Beep.Key);
    rig.test.pass(50);
  }
  expect(rig.test.timers).toBe(1);
  const { calls } = rig.disc;
  rig.test.pass(100000);
  expect(rig.disc.calls).toBe(calls);
});
