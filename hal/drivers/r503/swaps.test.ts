/** A4: a module that was exchanged, reset or tampered with, at every moment: noticed before anything of it is believed. */
import { EnrolError } from "../../roles";
import { ModuleMemory } from "./emulator-sensor";
import { newRig, Rig, RigOptions, touch } from "./test/rig";

type Kind = "r503" | "r307" | "zw111";
type Change = (mine: ModuleMemory) => Partial<ModuleMemory>;

const owner = 7;
const thief = 666;
const mark: [number, string][] = [[1, "ab".repeat(32)]];

/** Modules that are not the lock's: what is the same is what somebody could copy. */
const strangers: [string, Change, (kind: Kind) => boolean][] = [
  ["another lock's", () => ({ serial: "0123", notepad: mark, templates: [[0, thief]] }), () => true],
  ["new from the shop", () => ({ serial: "0123", templates: [[0, thief]] }), () => true],
  ["of the same serial number, with another mark", (mine) => ({ ...mine, notepad: mark, templates: [[0, thief]] }), () => true],
  ["the lock's own, reset", (mine) => ({ ...mine, notepad: [], templates: [[0, thief]] }), () => true],
  // A kind that tells no serial number is known by its mark alone.
  ["with the mark copied, of another serial number", (mine) => ({ ...mine, serial: "0123", templates: [[0, thief]] }), (kind) => kind !== "r307"],
];
const kinds: Kind[] = ["r503", "r307", "zw111"];
const cases = kinds.flatMap((kind) => strangers.filter(([, , told]) => told(kind)).map(([name, change]): [Kind, string, Change] => [kind, name, change]));

const setUp = (kind: Kind, more: RigOptions = {}): Rig => newRig({ kind, memory: { templates: [[0, owner]] }, ...more });
const gated = (kind: Kind): Rig => setUp(kind, { options: { powerPin: 5, wakePin: 4 } });

/** @returns what is wrong: a match, or a swap that was not told */
function unnoticed(rig: Rig, told: string[]): string[] {
  const wrong = told.filter((line) => line.startsWith("matched") || line.startsWith("enrolled"));
  const next = touch(rig, thief, 8000);
  wrong.push(...next.filter((line) => line.startsWith("matched")));
  if (!next.includes("swapped true")) wrong.push(`the next presence is told as ${next.join(", ")}`);
  return wrong;
}

describe.each(cases)("%s, exchanged for a module %s", (kind, _name, change) => {
  test("while it was off", () => {
    const rig = gated(kind);
    rig.run(20000);
    expect(rig.module.powered).toBe(false);
    rig.module.swap(change(rig.module.save()));
    expect(unnoticed(rig, rig.hear())).toEqual([]);
  });

  test.each([true, false])("between two presences; its start is heard: %s", (restarts) => {
    const rig = setUp(kind);
    expect(touch(rig, owner)).toEqual(["near", "matched 0", "gone"]);
    rig.module.swap(change(rig.module.save()), restarts);
    expect(unnoticed(rig, [])).toEqual([]);
  });

  test.each([true, false])("at every moment of a scan; its start is heard: %s", (restarts) => {
    for (let at = 0; at < 800; at += 20) {
      const rig = setUp(kind);
      rig.module.put(thief);
      rig.run(at);
      rig.module.swap(change(rig.module.save()), restarts);
      rig.run(8000);
      rig.module.off();
      rig.run(1000);
      expect([at, ...unnoticed(rig, rig.hear())]).toEqual([at]);
    }
  });

  test.each([true, false])("in the middle of an enrolment: nothing is enrolled into the stranger; its start is heard: %s", (restarts) => {
    for (let at = 100; at < 5000; at += 230) {
      const rig = setUp(kind, { options: { placements: 2 } });
      let before = "";
      rig.reader.enrol();
      rig.scheduler.after(at, () => {
        before = rig.told.join();
        rig.module.swap(change(rig.module.save()), restarts);
      });
      rig.run(300);
      for (let i = 0; i < 6; i++) {
        rig.module.put(9);
        rig.run(1500);
        rig.module.off();
        rig.run(500);
      }
      const told = rig.hear();
      if (!before.includes("enrolled 1")) expect([at, ...told]).toContain(`failed ${EnrolError.Failed}`);
      expect([at, ...unnoticed(rig, before.includes("enrolled 1") ? [] : told)]).toEqual([at]);
    }
  });

  test("the lock's own comes back: believed again", () => {
    const rig = gated(kind);
    const mine = rig.module.save();
    rig.run(20000);
    rig.module.swap(change(mine));
    expect(unnoticed(rig, rig.hear())).toEqual([]);
    rig.run(20000);
    rig.module.swap(mine);
    const told = touch(rig, owner, 5000);
    expect(told.filter((line) => line !== "swapped true")).toEqual(["near", "swapped false", "matched 0", "gone"]);
  });
});

test.each(kinds)("%s: exchanged at every moment of pairing: whichever is paired with is empty, and the thief is nobody in it", (kind) => {
  for (const restarts of [true, false]) {
    for (let at = 0; at < 700; at += 5) {
      const rig = setUp(kind);
      rig.reader.trust("");
      rig.run(at);
      rig.module.swap({ serial: "0123", notepad: mark, templates: [[0, thief]] }, restarts);
      rig.run(10000);
      const paired = rig.hear().some((line) => line.startsWith("identified"));
      const holdsThief = rig.module.save().templates.length > 0;
      const next = touch(rig, thief, 8000);
      expect([restarts, at, ...next.filter((line) => line.startsWith("matched"))]).toEqual([restarts, at]);
      if (paired && holdsThief) expect([restarts, at, ...next]).toContain("swapped true");
    }
  }
});

describe.each(kinds)("%s, tampered with in place, its mark left", (kind) => {
  test("emptied: nobody is matched any more", () => {
    const rig = gated(kind);
    rig.run(20000);
    rig.module.swap({ ...rig.module.save(), templates: [] });
    expect(touch(rig, owner, 5000)).toEqual(["near", "unknown", "gone"]);
    expect(touch(rig, thief, 5000)).toEqual(["near", "unknown", "gone"]);
    expect(rig.reader.count()).toBe(0);
  });

  test("with a template more: it has a number that the lock gave to nobody", () => {
    const rig = gated(kind);
    rig.run(20000);
    rig.module.swap({ ...rig.module.save(), templates: [[0, owner], [1, thief]] });
    expect(touch(rig, thief, 5000)).toEqual(["near", "matched 1", "gone"]);
    expect(touch(rig, owner, 5000)).toEqual(["near", "matched 0", "gone"]);
  });
});

describe("wishes and leftovers while a stranger is there", () => {
  const stranger: Partial<ModuleMemory> = { serial: "0123", templates: [[3, thief], [4, thief + 1]] };

  test("nothing is removed from it; what was to go goes when the lock's own is back", () => {
    const rig = newRig({ memory: { templates: [[3, owner], [4, 8]] }, options: { powerPin: 5 } });
    rig.run(20000);
    const mine = rig.module.save();
    rig.module.swap(stranger);
    touch(rig, thief, 5000);
    rig.reader.remove(3);
    rig.run(60000);
    expect(rig.module.save().templates).toEqual(stranger.templates);
    // It waits without power, too.
    const heard = rig.module.heard.length;
    rig.run(600000);
    expect([rig.module.powered, rig.module.heard.length]).toEqual([false, heard]);
    rig.module.swap(mine);
    touch(rig, 8, 5000);
    rig.run(5000);
    expect(rig.module.save().templates).toEqual([[4, 8]]);
  });

  test("removeAll likewise", () => {
    const rig = newRig({ memory: { templates: [[3, owner]] } });
    const mine = rig.module.save();
    rig.module.swap(stranger);
    rig.run(2000);
    rig.reader.removeAll();
    rig.run(60000);
    expect(rig.module.save().templates).toEqual(stranger.templates);
    rig.module.swap(mine);
    rig.run(5000);
    expect(rig.module.save().templates).toEqual([]);
  });

  test("what was stored in a stranger by mistake does not cost the lock's own module the template of that number", () => {
    const rig = newRig({ memory: { templates: [[0, owner], [1, 8]] }, options: { placements: 2 } });
    const mine = rig.module.save();
    rig.module.swap({ serial: "0123", templates: [] }, false);
    rig.reader.enrol();
    rig.run(300);
    for (let i = 0; i < 2; i++) touch(rig, 9).forEach((line) => rig.told.push(line));
    rig.run(3000);
    expect(rig.module.save().templates).toEqual([[0, 9]]);
    expect(rig.hear()).toEqual(expect.arrayContaining(["swapped true", `failed ${EnrolError.Failed}`]));
    rig.module.swap(mine);
    rig.run(10000);
    expect(rig.module.save().templates).toEqual(mine.templates);
    expect(touch(rig, owner, 5000)).toContain("matched 0");
  });
});
