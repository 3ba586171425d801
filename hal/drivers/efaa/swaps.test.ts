/** A4: a module that was exchanged, emptied or tampered with, at every moment: noticed before anything of it is believed. */
import { Entropy } from "../../platform/sim/world/entropy";
import { BuildName, buildNamed } from "./builds";
import { ModuleMemory } from "./emulator";
import { emulatedBuilds } from "./emulator-builds";
import { enrolled, Rig } from "./test/rig";

type Sense = "face" | "palm";
type Change = (mine: ModuleMemory) => ModuleMemory;

const owner = 7;
const thief = 666;
const newcomer = 9;
const serial = "SN999999";

/** Names that another lock gave. */
const theirs = (() => {
  const other = new Rig({ entropy: new Entropy("another lock") });
  enrolled(other, ["face", thief], ["palm", thief]);
  return { face: other.emulator.save().templates[0].name, palm: other.emulator.save().templates[1].name };
})();
const stolen: Change = (mine) => ({ serial, templates: mine.templates.map((one) => ({ ...one, identity: thief })) });
const foreign = (mine: ModuleMemory): ModuleMemory["templates"] => mine.templates.map((one) => ({ ...one, identity: thief, name: theirs[one.sense] }));

const hasSerial = (build: BuildName): boolean => buildNamed(build).serial >= 0;
const senseOf = (build: BuildName): Sense => build === "l015" ? "palm" : "face";
const builds = Object.keys(emulatedBuilds) as BuildName[];

/** What else is in its place, and whether the build can tell it for another module. */
const strangers: [string, Change, (build: BuildName) => boolean][] = [
  ["another lock's", (mine) => ({ serial, templates: foreign(mine) }), () => true],
  ["from the shop, with an administrator of its own", (mine) => ({ serial, templates: foreign(mine).map((one) => ({ ...one, name: "admin".padEnd(32, "\0") })) }), () => true],
  // The same serial number is the same module: templates that the lock did not name are strangers there, one by one.
  ["of the same serial number, with another lock's templates", (mine) => ({ serial: mine.serial, templates: foreign(mine) }), (build) => !hasSerial(build)],
  // Where no serial number is read, the names are all there is.
  ["with copied names, of another serial number", stolen, hasSerial],
];
const cases = builds.flatMap((build) => strangers.filter(([, , told]) => told(build)).map(([name, change]): [BuildName, string, Change] => [build, name, change]));

/** A lock with one template, its module running. */
function settled(build: BuildName, gated: boolean): Rig {
  const rig = new Rig({ build, driver: gated ? {} : { powerPin: -1 } });
  enrolled(rig, [senseOf(build), owner]);
  rig.pass(10000);
  return rig;
}

function exchange(rig: Rig, build: BuildName, memory: ModuleMemory, heard: boolean): void {
  const other = rig.newEmulator({ build, bootMs: heard ? 1200 : 0 });
  other.load(memory);
  rig.swap(other, heard);
}

const believed = (told: string[]): string[] => told.filter((one) => one.includes("matched") || one.includes("enrolled"));

/** Puts somebody there for a while. */
function presence(rig: Rig, build: BuildName, identity: number, ms = 9000): string[] {
  const sense = senseOf(build);
  rig.take();
  rig.module[sense].look(true);
  rig.emulator.put(sense, identity);
  const told = rig.pass(ms);
  rig.module[sense].look(false);
  rig.emulator.put(sense, null);
  return [...told, ...rig.pass(4000)];
}

describe.each(cases)("%s, exchanged for a module %s", (build, _name, change) => {
  test("while it was off", () => {
    const rig = settled(build, true);
    exchange(rig, build, change(rig.emulator.save()), true);
    const told = presence(rig, build, thief);
    expect(believed(told)).toEqual([]);
    expect(told).toContain("swapped true");
  });

  test.each([true, false])("between two presences; its start is heard: %s", (heard) => {
    const rig = settled(build, false);
    expect(believed(presence(rig, build, owner))).toHaveLength(1);
    exchange(rig, build, change(rig.emulator.save()), heard);
    const told = [...rig.pass(5000), ...presence(rig, build, thief)];
    expect(believed(told)).toEqual([]);
    expect(told).toContain("swapped true");
  });

  test.each([true, false])("at every moment of a look; its start is heard: %s", (heard) => {
    for (let at = 0; at < 1000; at += 50) {
      const rig = settled(build, false);
      const sense = senseOf(build);
      rig.emulator.put(sense, thief);
      rig.module[sense].look(true);
      const before = rig.pass(at);
      exchange(rig, build, change(rig.emulator.save()), heard);
      const told = [...before, ...rig.pass(9000)];
      rig.emulator.put(sense, null);
      told.push(...rig.pass(4000), ...presence(rig, build, thief));
      expect([at, ...believed(told)]).toEqual([at]);
      expect([at, ...told]).toContain("swapped true");
    }
  });

  test("in the middle of an enrolment, its start heard: it fails", () => {
    for (let at = 0; at < 5000; at += 333) {
      const rig = settled(build, false);
      const sense = senseOf(build);
      rig.emulator.put(sense, newcomer);
      rig.module[sense].enrol();
      const before = rig.pass(at);
      exchange(rig, build, change(rig.emulator.save()), true);
      const after = rig.pass(20000);
      if (believed(before).length === 0) expect([at, ...after]).toContain(`${sense} failed failed`);
      expect([at, ...believed(after)]).toEqual([at]);
      expect([at, ...after]).toContain("swapped true");
    }
  });

  test("the lock's own comes back: believed again", () => {
    const rig = settled(build, true);
    const mine = rig.emulator;
    exchange(rig, build, change(mine.save()), true);
    expect(presence(rig, build, thief)).toContain("swapped true");
    rig.pass(20000);
    rig.swap(mine);
    const told = presence(rig, build, owner);
    expect(told).toContain("swapped false");
    expect(believed(told)).toHaveLength(1);
  });
});

describe.each(builds)("build %s", (build) => {
  const sense = senseOf(build);

  test.each([true, false])("exchanged at every moment of pairing (start heard: %s): the thief is nobody in it", (heard) => {
    for (let at = 0; at < 900; at += 30) {
      const rig = settled(build, false);
      rig.module.trust("");
      rig.pass(at);
      exchange(rig, build, { serial, templates: foreign(rig.emulator.save().templates.length > 0 ? rig.emulator.save() : { serial, templates: [{ id: emulatedBuilds[build].firstFace || emulatedBuilds[build].firstPalm, sense, identity: thief, name: "" }] }) }, heard);
      rig.pass(8000);
      expect([at, ...believed(presence(rig, build, thief))]).toEqual([at]);
    }
  });

  test("in the middle of an enrolment, its start unheard: whatever is told, the thief is nobody", () => {
    for (let at = 0; at < 5000; at += 333) {
      const rig = settled(build, false);
      rig.emulator.put(sense, newcomer);
      rig.module[sense].enrol();
      rig.pass(at);
      exchange(rig, build, { serial, templates: foreign(rig.emulator.save()) }, false);
      rig.pass(20000);
      rig.emulator.put(sense, null);
      rig.pass(4000);
      const told = presence(rig, build, thief);
      expect([at, ...believed(told)]).toEqual([at]);
    }
  });

  test.each([true, false])("emptied (while off: %s): told, and nobody is matched", (gated) => {
    const rig = settled(build, gated);
    rig.emulator.load({ serial: rig.emulator.serial, templates: [] });
    const told = presence(rig, build, owner);
    expect(believed(told)).toEqual([]);
    // One that answers like a full one shows it at its next start.
    expect(told).toContain(gated || emulatedBuilds[build].answersEmpty ? "swapped true" : `${sense} unknown`);
  });

  test.each([true, false])("with a template more (while off: %s): the lock did not name it, so it is nobody's", (gated) => {
    const rig = settled(build, gated);
    const mine = rig.emulator.save();
    rig.emulator.load({ serial: mine.serial, templates: [...mine.templates, ...foreign(mine).map((one) => ({ ...one, id: one.id + 1 }))] });
    const told = presence(rig, build, thief);
    expect(believed(told)).toEqual([]);
    expect(told.some((one) => one === "swapped true" || one === `${sense} unknown`)).toBe(true);
  });

  test("of the same serial number, with another lock's templates: nobody is matched", () => {
    const rig = settled(build, true);
    rig.emulator.load({ serial: rig.emulator.serial, templates: foreign(rig.emulator.save()) });
    expect(believed(presence(rig, build, thief))).toEqual([]);
  });
});
