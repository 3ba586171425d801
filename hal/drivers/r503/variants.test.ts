/** What boards and modules of the family do differently: wake line, supply, the byte 55, boot time, ring. */
import { newRig, RigOptions, touch } from "./test/rig";

const memory = { templates: [[3, 7], [4, 8]] as [number, number][] };

/** Dialect, polarity of the wake line, switched supply, byte 55. */
const boards: ["r503" | "zw111", 0 | 1, boolean, boolean][] = [];
for (const kind of ["r503", "zw111"] as const) {
  for (const polarity of [0, 1] as const) for (const gated of [false, true]) for (const ready of [true, false]) boards.push([kind, polarity, gated, ready]);
}

describe.each(boards)("%s, touched = %i, supply switched: %s, says 55: %s", (kind, wakeActiveLevel, gated, ready) => {
  const setup: RigOptions = { kind, memory, options: { wakeActiveLevel, powerPin: gated ? 5 : -1 }, module: { wakeActiveLevel, ready } };

  test("asleep between touches, awake at each", () => {
    const rig = newRig(setup);
    for (let i = 0; i < 3; i++) {
      rig.run(20000);
      expect(rig.module.powered).toBe(!gated);
      const heard = rig.module.heard.length;
      rig.run(60000);
      expect(rig.module.heard.length).toBe(heard);
      expect(touch(rig, i === 1 ? 8 : 7, 2000)).toEqual(["near", `matched ${i === 1 ? 4 : 3}`, "gone"]);
    }
    expect(touch(rig, "unknown", 2000)).toEqual(["near", "unknown", "gone"]);
  });

  test("a finger that rests there from the start", () => {
    const rig = newRig({ ...setup, paired: false });
    rig.module.put("unknown");
    rig.reader.trust("");
    rig.run(5000);
    expect(rig.hear()).toEqual(["near", `identified ${rig.reader.identity()}`, "unknown"]);
    rig.module.off();
    rig.run(500);
    expect(rig.hear()).toEqual(["gone"]);
  });
});

/** Milliseconds of boot; `bootMs` of the board is 200. */
test.each([[0, true], [199, false], [260, true], [700, false], [1500, true], [1690, false]])("a module that boots in %i ms (says 55: %s) does its work, and nothing else is told", (bootMs, ready) => {
  const rig = newRig({ memory, options: { powerPin: 5 }, module: { bootMs, ready } });
  rig.run(20000);
  rig.hear();
  expect(touch(rig, 7, 6000)).toEqual(["near", "matched 3", "gone"]);
});

test("one that boots more slowly than anybody waits is silent, and no more than that", () => {
  const rig = newRig({ options: { powerPin: 5 }, module: { bootMs: 60000 }, silent: true });
  rig.module.silent = false;
  rig.run(300000);
  expect(rig.hear()).toEqual(["silent true"]);
});

describe("ring", () => {
  /** What the ring was told while a finger is recognised, another one refused, and one enrolled. */
  function shown(kind: "r503" | "r307" | "zw111"): string[] {
    const rig = newRig({ kind, memory, options: { placements: 2 } });
    rig.run(10000);
    const from = rig.module.heard.length;
    touch(rig, 7);
    rig.run(5000);
    touch(rig, "unknown");
    rig.run(5000);
    rig.reader.enrol();
    rig.run(500);
    rig.module.put(9);
    rig.run(1500);
    touch(rig, 9);
    rig.module.off();
    rig.run(300);
    touch(rig, 9);
    rig.run(5000);
    expect(rig.module.save().templates).toContainEqual([0, 9]);
    return rig.module.heard.slice(from).filter(([command, ...parameters]) => (command === 0x35 || command === 0x3C) && parameters.length === 4).map((command) => command.join(" "));
  }
  const dark = 0, looking = 1, yes = 2, no = 3, place = 4, lift = 5;
  const story = [looking, yes, dark, looking, no, dark, place, lift, place, yes, dark];

  test("GROW: Aura", () => {
    const aura = ["53 4 0 1 0", "53 3 0 2 0", "53 3 0 4 0", "53 2 25 1 3", "53 1 100 2 0", "53 3 0 5 0"];
    expect(shown("r503")).toEqual(story.map((ring) => aura[ring]));
  });

  test("Synochip: BLN", () => {
    const bln = ["60 4 0 0 0", "60 3 1 1 0", "60 3 2 2 0", "60 2 4 4 3", "60 1 1 1 0", "60 3 6 6 0"];
    expect(shown("zw111")).toEqual(story.map((ring) => bln[ring]));
  });

  test("none: not a word about it", () => {
    expect(shown("r307")).toEqual([]);
  });

  test("a module that refuses its ring is no worse for it", () => {
    const rig = newRig({ memory });
    rig.module.onTheLine = (frame, command) => (command === 0x35 ? Buffer.from("ef01ffffffff070003fc0106", "hex").toString("latin1") : frame);
    expect(touch(rig, 7)).toEqual(["near", "matched 3", "gone"]);
  });
});
