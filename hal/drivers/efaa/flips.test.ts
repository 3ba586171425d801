/** Bits that turn over on the way, in every answer that has a part in believing a match. */
import { newRandom } from "../test/platform";
import { BuildName, buildNamed } from "./builds";
import { Fault } from "./emulator-frames";
import { newLink } from "./link";
import { FRAME_OVERHEAD } from "./frames";
import { Platform } from "../../ports";
import { enrolled, Rig } from "./test/rig";

const people = [1, 2, 3, 4, 5, 6, 7, 8];
const replyBytes = 44;

/** Looks at one of them with disturbed answers. @returns the templates that were believed */
function believed(rig: Rig, sense: "face" | "palm", identity: number, mid: number, bits: number[], more: Fault[] = []): string[] {
  rig.emulator.faults = [{ mid, kind: "flip", at: bits }, ...more];
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

function crowd(build: BuildName): Rig {
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

/** Where the answers say who and what it is: result, id, status; the name is the long rest. */
const tellingBytes = [6, 7, 8, 42];

describe.each(["sen0737", "senselock", "fm22x", "allwinner", "ekesi", "ai10", "l015"] as const)("build %s", (build) => {
  const sense = build === "l015" ? "palm" : "face";
  const others = [1, 2, 3, 4, 5, 6, 7, 8];

  function newCrowd(): { rig: Rig; right: string } {
    const rig = new Rig({ build, driver: { powerPin: -1 } });
    const numbers = enrolled(rig, ...others.map((one): ["face" | "palm", number] => [sense, one]));
    const right = `${sense} matched ${numbers[`${sense} 5`]}`;
    expect(believed(rig, sense, 5, 0, [])).toEqual([right]);
    return { rig, right };
  }
  /** The look, who that is, and which module says so. */
  const answers: [number, number][] = [[0x12, replyBytes], [0x22, replyBytes - 1]];
  if (buildNamed(build).serial >= 0) answers.push([0x93, 40]);

  test.each(answers)("answer to command %i: one bit", (mid, size) => {
    const { rig, right } = newCrowd();
    for (let bit = 0; bit < size * 8; bit++) expect([bit, ...believed(rig, sense, 5, mid, [bit]).filter((one) => one !== right)]).toEqual([bit]);
  });

  test.each(answers)("answer to command %i: two bits that the check byte does not see, where it says who it is", (mid, size) => {
    const { rig, right } = newCrowd();
    for (const pair of quietPairs(size)) {
      if (!pair.some((bit) => tellingBytes.includes(bit >> 3))) continue;
      expect([pair, ...believed(rig, sense, 5, mid, pair).filter((one) => one !== right)]).toEqual([pair]);
    }
  });

  test("the same two bits in the look and in the answer that confirms it", () => {
    const { rig, right } = newCrowd();
    for (const pair of quietPairs(replyBytes - 1)) {
      if (pair[0] >> 3 !== 7 && pair[0] >> 3 !== 8) continue;
      expect([pair, ...believed(rig, sense, 5, 0x12, pair, [{ mid: 0x22, kind: "flip", at: pair }]).filter((one) => one !== right)]).toEqual([pair]);
    }
  });

  test("one or two bits in each of both", () => {
    const { rig, right } = newCrowd();
    const random = newRandom(4);
    const [looks, infos] = [quietPairs(replyBytes).filter(([bit]) => bit >> 3 === 7 || bit >> 3 === 8), quietPairs(replyBytes - 1)];
    for (let i = 0; i < 300; i++) {
      const [first, second] = i % 2 === 0 ? [looks[random(looks.length)], infos[random(infos.length)]] : [[random(replyBytes * 8)], [random(344)]];
      expect(believed(rig, sense, 5, 0x12, first, [{ mid: 0x22, kind: "flip", at: second }]).filter((one) => one !== right)).toEqual([]);
    }
  });
});
