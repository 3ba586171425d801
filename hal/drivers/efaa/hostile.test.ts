import { hostileStreams } from "./test/hostile";
import { newLink } from "./link";
import { DATA_MAX, FRAME_OVERHEAD } from "./frames";
import { Platform } from "../../ports";
import { enrolled, Rig } from "./test/rig";

const people = [1, 2, 3, 4, 5, 6, 7, 8];
const replyBytes = 44;

/** Looks at one of them with a disturbed answer. @returns the templates that were believed */
function believed(rig: Rig, sense: "face" | "palm", identity: number, mid: number, bits: number[]): string[] {
  rig.emulator.faults = [{ mid, kind: "flip", at: bits }];
  rig.emulator.put(sense, identity);
  rig.module[sense].look(true);
  const said = rig.pass(1100);
  rig.module[sense].look(false);
  rig.emulator.put(sense, null);
  rig.emulator.faults = [];
  said.push(...rig.pass(2600));
  return said.filter((one) => one.includes("matched"));
}

/** Pairs of bits that leave the check byte of a frame of this size right: the same bit of two bytes behind the header. */
function quietPairs(size: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 2; a < size; a++) for (let b = a + 1; b < size; b++) for (let bit = 0; bit < 8; bit++) pairs.push([a * 8 + bit, b * 8 + bit]);
  return pairs;
}

function crowd(build: string): Rig {
  const rig = new Rig({ build, driver: { powerPin: -1 } });
  enrolled(rig, ...people.map((one): ["face", number] => ["face", one]), ...people.map((one): ["palm", number] => ["palm", one]));
  return rig;
}

describe("flipped bits in the answer about a match", () => {
  test("one: nobody else is granted, and at most the right one", () => {
    const rig = crowd("sen0737");
    for (const mid of [0x12, 0x22]) {
      for (let bit = 0; bit < replyBytes * 8; bit++) {
        expect(believed(rig, "face", 5, mid, [bit]).every((one) => one === "face matched 5")).toBe(true);
        if (bit % 4 === 0) expect(believed(rig, "palm", 5, mid, [bit]).every((one) => one === "palm matched 505")).toBe(true);
      }
    }
  });

  test("one, in the answer to the look: no grant from it", () => {
    const rig = crowd("sen0737");
    for (let bit = 0; bit < replyBytes * 8; bit++) expect(believed(rig, "face", 5, 0x12, [bit])).toEqual([]);
  });

  test("two that the check byte does not see: never anybody else", () => {
    const rig = crowd("sen0737");
    let right = 0;
    for (const pair of quietPairs(replyBytes)) {
      const said = believed(rig, "face", 5, 0x12, pair);
      expect(said.every((one) => one === "face matched 5")).toBe(true);
      right += said.length;
    }
    expect(right).toBeGreaterThan(0);
  });

  test("two, where a build answers no questions about palms: never anybody else", () => {
    const rig = crowd("senselock");
    const first = rig.emulator.save().templates.filter((one) => one.sense === "palm").map((one) => one.id)[4];
    for (const pair of quietPairs(replyBytes)) {
      // The bytes that say who and what it is, with each other and with the rest.
      if (pair[0] >= 10 * 8) continue;
      expect(believed(rig, "palm", 5, 0x12, pair).every((one) => one === `palm matched ${first}`)).toBe(true);
    }
  });

  test("an answer that comes twice is no second look", () => {
    const rig = crowd("senselock");
    let first = "";
    const deliver = rig.deliver.bind(rig);
    rig.deliver = (bytes) => {
      if (first === "" && bytes.charCodeAt(5) === 0x12 && bytes.length === replyBytes) {
        first = bytes;
        rig.emulator.put("palm", null);
        rig.scheduler.after(100, () => deliver(bytes));
      }
      deliver(bytes);
    };
    rig.emulator.put("palm", 5);
    rig.module.palm.look(true);
    expect(rig.pass(8000).filter((one) => one.includes("matched"))).toEqual([]);
    expect(first).not.toBe("");
  });

  test("two in the second answer: never anybody else", () => {
    const rig = crowd("sen0737");
    for (const pair of quietPairs(replyBytes - 1)) {
      if (pair[0] >= 10 * 8) continue;
      expect(believed(rig, "face", 5, 0x22, pair).every((one) => one === "face matched 5")).toBe(true);
    }
  });

  test("any other two do not pass the check byte, or make a frame of another size", () => {
    const rig = new Rig({ driver: { powerPin: -1 } });
    enrolled(rig, ["face", 5]);
    let reply = "";
    const deliver = rig.deliver.bind(rig);
    rig.deliver = (bytes) => {
      if (bytes.length === replyBytes && bytes.charCodeAt(5) === 0x12) reply = bytes;
      deliver(bytes);
    };
    rig.emulator.put("face", 5);
    rig.module.face.look(true);
    rig.pass(2000);
    const good = [...reply].map((one) => one.charCodeAt(0));
    expect(good.length).toBe(replyBytes);
    let heard = 0;
    let hear: (bytes: string) => void = () => undefined;
    let now = 0;
    newLink({
      now: () => now, uart: (_port: number, _baud: number, onBytes: (bytes: string) => void) => { hear = onBytes; return { write: () => undefined }; },
    } as unknown as Platform, 1, (mid, data) => { if (mid === 0 && data.length === replyBytes - FRAME_OVERHEAD) heard++; });
    for (let a = 0; a < replyBytes * 8; a++) {
      for (let b = a + 1; b < replyBytes * 8; b++) {
        if ((a & 7) === (b & 7) && a >= 16) continue;
        const codes = [...good];
        codes[a >> 3] ^= 1 << (a & 7);
        codes[b >> 3] ^= 1 << (b & 7);
        now += 200;
        hear(String.fromCharCode(...codes));
      }
    }
    expect(heard).toBe(0);
  });
});

test("random streams: no grant, no exception, and it works afterwards", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes does not grow anything", () => {
  const rig = new Rig({ driver: { powerPin: -1 } });
  enrolled(rig, ["face", 7]);
  rig.module.face.look(true);
  for (let i = 0; i < 3000; i++) {
    rig.inject("\xef\xaa\x00" + String.fromCharCode(DATA_MAX >> 8, DATA_MAX & 255, i & 255, (i * 7) & 255).repeat(10));
    if (i % 100 === 0) rig.pass(1);
  }
  rig.pass(60000);
  rig.emulator.put("face", 7);
  expect(rig.pass(20000)).toContain("face matched 1");
});
