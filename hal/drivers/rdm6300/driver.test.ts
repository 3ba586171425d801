import { bytesOf, flipped, hexOf } from "../test/platform";
import { frame } from "./emulator";
import { idOf } from "./frames";
import { hostileStreams, Rig } from "./test/rig";

const EXAMPLES: [number, number, string, string][] = [
  [0x01, 0x00ab12cd, "02 30 31 30 30 41 42 31 32 43 44 37 35 03", "0100AB12CD"],
  [0x62, 0x00e3086c, "02 36 32 30 30 45 33 30 38 36 43 45 35 03", "6200E3086C"],
];

describe("frames", () => {
  test.each(EXAMPLES)("version %d, tag %d", (version, tag, hex, id) => {
    expect(hexOf(frame(version, tag))).toBe(hex);
    expect(idOf(bytesOf(hex), 0)).toBe(id);
  });

  test("no flipped bit passes", () => {
    for (const [, , hex] of EXAMPLES) for (let bit = 8; bit < 112; bit++) expect(idOf(flipped(bytesOf(hex), [bit]), 0)).toBe("");
  });
});

describe("reading", () => {
  test.each([undefined, 1, 5])("a tag is told once, and when it has gone (pieces of %s)", (piece) => {
    const rig = new Rig(piece);
    expect(rig.show(0x00ab12cd)).toEqual(["card 0100AB12CD", "gone"]);
    expect(rig.show(0xffffffff, 30000)).toEqual(["card 01FFFFFFFF", "gone"]);
  });

  test("several frames and noise in one piece", () => {
    const rig = new Rig();
    rig.inject("\x02\x02" + frame(1, 7) + "\x03\xff" + frame(1, 7) + "\x0201");
    expect(rig.pass(10)).toEqual(["card 0100000007"]);
  });

  test("one tag after the other without a pause", () => {
    const rig = new Rig();
    rig.emulator.put(7);
    rig.pass(500);
    rig.emulator.put(8);
    expect(rig.pass(500)).toEqual(["gone", "card 0100000008"]);
  });

  test("only while it is wanted", () => {
    const rig = new Rig();
    rig.emulator.put(7);
    rig.pass(500);
    rig.reader.look(false);
    expect(rig.pass(1000)).toEqual(["gone"]);
    rig.reader.look(true);
    expect(rig.pass(1000)).toEqual(["card 0100000007"]);
  });

  test("one frame is not enough", () => {
    const rig = new Rig();
    rig.inject(frame(1, 7));
    rig.pass(1000);
    rig.inject(frame(1, 7));
    expect(rig.pass(1000)).toEqual([]);
  });
});

describe("faults", () => {
  test.each([
    ["a lost byte", { kind: "lose", at: [5] }],
    ["a flipped bit", { kind: "flip", at: [45] }],
    ["twice", { kind: "double" }],
    ["left out", { kind: "nack" }],
  ] as const)("%s: the tag is neither lost nor told twice", (_name, fault) => {
    const rig = new Rig();
    const one = { ...fault, at: "at" in fault ? [...fault.at] : undefined };
    rig.emulator.faults = [one, null, null, one, one, null, one];
    expect(rig.show(7, 1000)).toEqual(["card 0100000007", "gone"]);
  });

  test("two flipped bits that the XOR does not see: never another tag", () => {
    for (let a = 8; a < 104; a++) {
      for (let b = a + 16; b < 104; b += 16) {
        const rig = new Rig();
        rig.emulator.faults = [null, { kind: "flip", at: [a, b] }];
        expect(rig.show(0x00ab12cd)).toEqual(["card 0100AB12CD", "gone"]);
      }
    }
  });
});

test("random streams: no tag, no exception, and it reads afterwards", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes does not grow anything", () => {
  const rig = new Rig();
  for (let i = 0; i < 5000; i++) {
    rig.inject("\x02".repeat(64));
    if (i % 100 === 0) rig.pass(1);
  }
  rig.pass(1000);
  expect(rig.show(7)).toEqual(["card 0100000007", "gone"]);
});
