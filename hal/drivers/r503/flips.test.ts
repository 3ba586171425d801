/** Bits that turn over on the way, in every answer that has a part in believing a match or in giving a number to a finger. */
import { flipped, newRandom } from "../test/platform";
import { moduleKinds, Presence } from "./emulator-sensor";
import { addBytes, Command, newInbox, takeAnswer } from "./frames";
import { newRig, Rig, touch } from "./test/rig";

type Kind = keyof typeof moduleKinds;
type Pair = [number, number];

/** Finger 7 has template 3; the others have the numbers that differ from it in one bit. */
const crowd: [number, number][] = [[3, 7], [1, 8], [2, 9], [7, 10], [11, 11], [19, 12]];

/** The n-th answers to these commands are flipped while this finger is there. @returns what was matched */
function matchedWith(rig: Rig, presence: Presence, faults: { command: number; which: number; bits: number[] }[], ms = 1600): string[] {
  const counts = new Map<number, number>();
  rig.module.onTheLine = (frame, asked) => {
    const which = counts.get(asked) ?? 0;
    counts.set(asked, which + 1);
    const fault = faults.find((one) => one.command === asked && one.which === which);
    return fault === undefined ? frame : flipped(frame, fault.bits);
  };
  rig.module.put(presence);
  rig.run(ms);
  rig.module.off();
  rig.run(300);
  rig.module.onTheLine = (frame) => frame;
  return rig.hear().filter((line) => line.startsWith("matched"));
}

/** What the module answers to the n-th command of this kind while `act` runs. */
function answerTo(rig: Rig, command: number, which: number, act: () => void): string {
  let found = "";
  let count = 0;
  rig.module.onTheLine = (frame, asked) => {
    if (asked === command && count++ === which) found = frame;
    return frame;
  };
  act();
  rig.module.onTheLine = (frame) => frame;
  rig.hear();
  expect(found).not.toBe("");
  return found;
}

function taken(frame: string): string {
  const inbox = newInbox();
  addBytes(inbox, frame);
  return takeAnswer(inbox);
}

/** All pairs of bits that leave a whole answer with a right sum; all others are a damaged one. */
function quietPairs(frame: string): Pair[] {
  const pairs: Pair[] = [];
  for (let a = 0; a < frame.length * 8; a++) for (let b = a + 1; b < frame.length * 8; b++) if (taken(flipped(frame, [a, b])) !== "") pairs.push([a, b]);
  return pairs;
}

/** The chain from the finger to the match, by kind of module; the last one says which module it is. */
const CHAIN: [Kind, string, number, number][] = [
  ["r503", "ring", Command.GrowAura, 0], ["r503", "image", Command.GenImg, 0], ["r503", "features", Command.Img2Tz, 0],
  ["r503", "search", Command.Search, 0], ["r503", "second search", Command.Search, 1], ["r503", "notepad", Command.ReadNotepad, 0],
  ["r307", "image", Command.GenImg, 0], ["r307", "second search", Command.Search, 1], ["r307", "notepad", Command.ReadNotepad, 0],
  ["zw111", "ring", Command.SynRing, 0], ["zw111", "search", Command.Search, 0], ["zw111", "second search", Command.Search, 1], ["zw111", "notepad", Command.ReadNotepad, 0],
];

test.each(CHAIN)("%s: every single bit of the answer about %s: nobody else is matched", (kind, _name, command, which) => {
  const rig = newRig({ kind, memory: { templates: crowd } });
  const bits = answerTo(rig, command, which, () => { touch(rig, 7); }).length * 8;
  for (let bit = 0; bit < bits; bit++) {
    const faults = [{ command, which, bits: [bit] }];
    expect([bit, ...matchedWith(rig, 7, faults, 5000).filter((line) => line !== "matched 3")]).toEqual([bit]);
    expect([bit, ...matchedWith(rig, "unknown", faults, 5000)]).toEqual([bit]);
  }
});

test.each(CHAIN)("%s: every pair of bits of the answer about %s that its sum does not see", (kind, _name, command, which) => {
  const rig = newRig({ kind, memory: { templates: crowd } });
  const pairs = quietPairs(answerTo(rig, command, which, () => { touch(rig, 7); }));
  for (const bits of pairs) {
    const faults = [{ command, which, bits }];
    expect([bits, ...matchedWith(rig, 7, faults).filter((line) => line !== "matched 3")]).toEqual([bits]);
    if (command === Command.ReadNotepad) continue;
    // The features of the finger before are still in the module.
    expect([bits, ...matchedWith(rig, "bad", faults, 3000)]).toEqual([bits]);
    expect([bits, ...matchedWith(rig, "unknown", faults, 3000)]).toEqual([bits]);
  }
});

test.each([[7, 0], [7, 1], ["unknown", 0]] as const)("every pair of bits at all, finger %s, search %i: nobody else is matched", (presence, which) => {
  const rig = newRig({ memory: { templates: crowd } });
  const wrong = new Set<string>();
  for (let first = 0; first < 128; first++) {
    for (let second = first + 1; second < 128; second++) {
      for (const line of matchedWith(rig, presence, [{ command: Command.Search, which, bits: [first, second] }])) if (line !== "matched 3") wrong.add(`${first} ${second}: ${line}`);
    }
  }
  expect([...wrong]).toEqual([]);
});

test("a flipped match reply itself is never believed: without a second answer nothing is matched", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  for (let bit = 0; bit < 128; bit++) {
    rig.module.onTheLine = (frame, asked) => (asked === Command.Search ? flipped(frame, [bit]) : frame);
    rig.module.put(7);
    rig.run(20000);
    rig.module.off();
    rig.module.onTheLine = (frame) => frame;
    rig.run(70000);
    expect([bit, ...rig.hear().filter((line) => line.startsWith("matched"))]).toEqual([bit]);
  }
});

describe("both searches", () => {
  test("the same pair of bits in both, as a broken line does it", () => {
    const rig = newRig({ memory: { templates: crowd } });
    const pairs = quietPairs(answerTo(rig, Command.Search, 0, () => { touch(rig, 7); }));
    expect(pairs.length).toBeGreaterThan(30);
    for (const bits of pairs) {
      const faults = [0, 1, 2, 3, 4, 5].map((which) => ({ command: Command.Search, which, bits }));
      expect([bits, ...matchedWith(rig, 7, faults).filter((line) => line !== "matched 3")]).toEqual([bits]);
    }
  });

  test("any quiet pair in the first, and any in the second", () => {
    const rig = newRig({ memory: { templates: crowd } });
    const command = Command.Search;
    let tried = 0;
    for (const first of quietPairs(answerTo(rig, command, 0, () => { touch(rig, 7); }))) {
      const fault = { command, which: 0, bits: first };
      let second = "";
      let count = 0;
      const receive = rig.module.onTheLine;
      rig.module.put(7);
      rig.module.onTheLine = (frame, asked) => {
        if (asked === command && count++ === 1) second = frame;
        return asked === command && count === 1 ? flipped(frame, first) : frame;
      };
      rig.run(1600);
      rig.module.off();
      rig.module.onTheLine = receive;
      rig.run(300);
      rig.hear();
      if (second === "") continue;
      for (const bits of quietPairs(second)) {
        tried++;
        expect([first, bits, ...matchedWith(rig, 7, [fault, { command, which: 1, bits }]).filter((line) => line !== "matched 3")]).toEqual([first, bits]);
      }
    }
    expect(tried).toBeGreaterThan(500);
  });

  test("one bit in the first, one in the second", () => {
    const rig = newRig({ memory: { templates: crowd } });
    const random = newRandom(9);
    for (let i = 0; i < 400; i++) {
      const faults = [0, 1].map((which) => ({ command: Command.Search, which, bits: [random(128)] }));
      expect(matchedWith(rig, 7, faults, 5000).filter((line) => line !== "matched 3")).toEqual([]);
    }
  });
});

test.each([["r503", 0x13], ["r503", 0x19], ["r503", 0x0F], ["r503", 0x3C], ["r503", 0x1D], ["zw111", 0x34]] as const)("%s: pairs of bits in what is read at the start, command %i", (kind, command) => {
  const rig = newRig({ kind, memory: { templates: crowd } });
  const restart = (): void => {
    rig.module.restart();
    rig.run(1500);
  };
  const frame = answerTo(rig, command, 0, restart);
  const pairs = quietPairs(frame);
  // The long ones have many that are alike.
  for (let i = 0; i < pairs.length; i += 1 + Math.floor(pairs.length / 400)) {
    let count = 0;
    rig.module.onTheLine = (bytes, asked) => (asked === command && count++ === 0 ? flipped(bytes, pairs[i]) : bytes);
    restart();
    rig.module.onTheLine = (bytes) => bytes;
    expect([pairs[i], ...rig.hear()]).toEqual([pairs[i]]);
    expect([pairs[i], ...matchedWith(rig, 7, []).filter((line) => line !== "matched 3")]).toEqual([pairs[i]]);
    expect([pairs[i], ...matchedWith(rig, "unknown", [])]).toEqual([pairs[i]]);
  }
});

test.each([0, 1, 2])("pairs of bits in the table of numbers, %i-th reading of an enrolment: nobody's template is overwritten", (which) => {
  const templates: [number, number][] = [[0, 1], [1, 2], [5, 3]];
  const start = (): Rig => newRig({ options: { placements: 2 }, memory: { templates } });
  const enrol = (rig: Rig): string[] => {
    rig.reader.enrol();
    rig.run(300);
    return [...touch(rig, 7), ...touch(rig, 7)].filter((line) => line.startsWith("enrolled"));
  };
  const first = start();
  for (const bits of quietPairs(answerTo(first, Command.ReadIndexTable, which, () => { enrol(first); }))) {
    const rig = start();
    let count = 0;
    rig.module.onTheLine = (frame, asked) => (asked === Command.ReadIndexTable && count++ === which ? flipped(frame, bits) : frame);
    const told = enrol(rig);
    rig.reader.cancel();
    rig.run(3000);
    const held = rig.module.save().templates;
    const added = held.filter(([template]) => !templates.some((one) => one[0] === template));
    expect([bits, held.filter((one) => !added.includes(one))]).toEqual([bits, templates]);
    expect([bits, ...told]).toEqual([bits, ...added.map(([template]) => `enrolled ${template}`)]);
  }
});
