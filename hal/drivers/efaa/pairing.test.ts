/** A4: a module that was swapped or reset is noticed before anything of it is believed. */
import { Entropy } from "../../platform/sim/world/entropy";
import { BuildName } from "./builds";
import { EfAaEmulator } from "./emulator";
import { enrolled, lookAt, Rig } from "./test/rig";

const builds: BuildName[] = ["sen0737", "senselock", "fm22x", "allwinner"];

/** A lock with a face, its module off. */
function settled(build: BuildName, always = false): Rig {
  const rig = new Rig({ build, driver: always ? { powerPin: -1 } : {} });
  enrolled(rig, ["face", 7]);
  rig.pass(10000);
  return rig;
}

/** A module of somebody else's lock, with the same identity under the same number. */
function foreign(rig: Rig, build: BuildName, serial: string): EfAaEmulator {
  const other = new Rig({ build, serial, scheduler: rig.scheduler, entropy: new Entropy("another lock") });
  enrolled(other, ["face", 7]);
  const memory = other.emulator.save();
  const emulator = rig.newEmulator({ build, serial });
  emulator.load({ ...memory, serial });
  return emulator;
}

describe.each(builds)("build %s", (build) => {
  test("the stored value is believed at the next start, and only it", () => {
    const rig = settled(build);
    const again = new Rig({ build, trusted: rig.identity, templates: 1 });
    again.emulator.load(rig.emulator.save());
    expect(again.pass(3000)).toEqual([]);
    expect(again.module.identity()).toBe(rig.identity);
    expect(lookAt(again, "face", 7)).toEqual(["face near", "face matched 1"]);
  });

  test("swapped while it was off", () => {
    const rig = settled(build);
    rig.swap(foreign(rig, build, "SN999999"));
    expect(lookAt(rig, "face", 7, 8000)).toEqual(["swapped true"]);
    rig.module.face.enrol();
    expect([...rig.take(), ...rig.pass(5000)]).toEqual(["face failed failed"]);
  });

  test("swapped while it was on, with its start unheard", () => {
    const rig = settled(build, true);
    const other = foreign(rig, build, "SN999999");
    rig.module.face.look(true);
    rig.pass(1000);
    rig.emulator.power(false);
    rig.emulator = other;
    other.power(true);
    rig.emulator.put("face", 7);
    const said = rig.pass(30000);
    expect(said).toContain("swapped true");
    expect(said.filter((one) => one.includes("matched"))).toEqual([]);
  });

  test("reset: its templates are gone", () => {
    const rig = settled(build);
    rig.emulator.load({ serial: rig.emulator.serial, templates: [] });
    expect(lookAt(rig, "face", 7, 8000)).toEqual(["swapped true"]);
  });

  test("the right one is back: believed again, and nothing was removed from either", () => {
    const rig = settled(build);
    const mine = rig.emulator;
    const other = foreign(rig, build, "SN999999");
    rig.swap(other);
    rig.module.face.remove(1);
    lookAt(rig, "face", 7, 8000);
    rig.pass(10000);
    expect(other.save().templates.length).toBe(1);
    rig.swap(mine);
    rig.module.face.look(true);
    expect(rig.pass(8000)).toContain("swapped false");
    expect(mine.save().templates).toEqual([]);
  });

  test("paired anew by an administrator: emptied, and then enrolled and believed", () => {
    const rig = settled(build);
    const before = rig.identity;
    const other = foreign(rig, build, "SN999999");
    rig.swap(other);
    lookAt(rig, "face", 7, 8000);
    rig.module.trust("");
    expect(rig.pass(8000)).toEqual(["swapped false"]);
    expect(rig.identity).not.toBe(before);
    expect(other.save().templates).toEqual([]);
    expect(enrolled(rig, ["face", 7])).toEqual({ "face 7": 1 });
    expect(lookAt(rig, "face", 7)).toEqual(["face near", "face matched 1"]);
  });

  test("a value that was damaged, or none: nothing is believed", () => {
    const rig = settled(build);
    for (const trusted of ["x", "0123456789abcdef-1", null]) {
      const again = new Rig({ build, trusted, templates: 1 });
      again.emulator.load(rig.emulator.save());
      const said = lookAt(again, "face", 7, 8000);
      expect(said.filter((one) => one !== "swapped true")).toEqual([]);
    }
  });
});

test("a serial number read wrongly once is no other module", () => {
  const rig = settled("senselock");
  // Two bits that keep the check byte right.
  rig.emulator.faults.push({ mid: 0x93, kind: "flip", at: [7 * 8, 9 * 8] });
  expect(lookAt(rig, "face", 7)).toEqual(["face near", "face matched 1"]);
});

test("a template under another name in a module of the right serial number is a stranger", () => {
  const rig = settled("senselock");
  rig.emulator.people.templates[0].name = "admin".padEnd(32, "\0");
  expect(lookAt(rig, "face", 7)).toEqual(["face near", "face unknown"]);
});

test("the same where no serial number is read: this is not our module any more", () => {
  const rig = settled("sen0737");
  rig.module.face.look(true);
  rig.pass(3000);
  rig.emulator.people.templates[0].name = "admin".padEnd(32, "\0");
  rig.take();
  expect(lookAt(rig, "face", 7)).toEqual(["face near", "swapped true", "face gone"]);
});

test("names are keyed: those of another lock, and of the other kind, are not believed", () => {
  const rig = settled("senselock");
  const other = new Rig({ build: "senselock", entropy: new Entropy("another lock") });
  enrolled(other, ["palm", 1], ["face", 9]);
  const names = other.emulator.save().templates.map((one) => one.name);
  enrolled(rig, ["palm", 4]);
  names.push(rig.emulator.save().templates[1].name);
  for (const name of names) {
    rig.emulator.people.templates[0].name = name;
    expect(lookAt(rig, "face", 7)).toEqual(["face near", "face unknown"]);
  }
});

describe("unasked (A4)", () => {
  const payload = (rig: Rig): string => "\x12\0\0\x01" + rig.emulator.save().templates[0].name + "\0\xc8";

  test("a match while nobody is looked for is tampering", () => {
    const rig = settled("sen0737", true);
    rig.emulator.say(0, payload(rig));
    expect(rig.pass(3000)).toEqual(["unasked"]);
    rig.emulator.say(0, "\x26\0\0\x05\x1f");
    expect(rig.pass(3000)).toEqual(["unasked"]);
  });

  test("other answers that nobody asked for are nothing", () => {
    const rig = settled("sen0737", true);
    for (const data of ["\x12\x08", "\x12\x0d", "\x10\0", "\x22\0\0\x01" + "x".repeat(33), "\x11\0\0", "\x12"]) rig.emulator.say(0, data);
    expect(rig.pass(3000)).toEqual([]);
  });

  test("an invented match in the middle of a look is not confirmed by the module", () => {
    const rig = settled("sen0737", true);
    rig.module.face.look(true);
    rig.pass(200);
    rig.emulator.say(0, "\x12\0\0\x01" + "LF".padEnd(32, "0") + "\0\xc8");
    expect(rig.pass(4000).filter((one) => one.includes("matched"))).toEqual([]);
  });

  test("the late answer of a look that was broken off is no tampering", () => {
    const rig = settled("sen0737", true);
    rig.emulator.put("face", 7);
    rig.emulator.faults.push({ mid: 0x12, kind: "late", value: 100 });
    rig.module.face.look(true);
    rig.pass(760);
    rig.module.face.look(false);
    const said = rig.pass(4000);
    expect(said.filter((one) => one === "unasked" || one.includes("matched"))).toEqual([]);
  });

  test("a match that comes twice is believed once, and is no tampering", () => {
    const rig = settled("sen0737");
    rig.emulator.faults.push({ mid: 0x12, kind: "double" });
    expect(lookAt(rig, "face", 7)).toEqual(["face near", "face matched 1"]);
  });
});
