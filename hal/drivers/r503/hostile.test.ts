import { runStreams } from "./test/hostile";
import { newRig, Rig } from "./test/rig";

/** Bits of an answer to Search: 9 bytes of head, 5 of content, 2 of sum. */
const bits = 16 * 8;

function flipped(frame: string, at: number[]): string {
  const bytes = Buffer.from(frame, "latin1");
  for (const bit of at) bytes[bit >> 3] ^= 1 << (bit & 7);
  return bytes.toString("latin1");
}

/** The n-th answer to a command is flipped; what was matched then. */
function flipAnswer(rig: Rig, presence: number | "unknown", command: number, which: number, at: number[], ms: number): string[] {
  let count = 0;
  rig.module.onTheLine = (frame, asked) => (asked === command && count++ === which ? flipped(frame, at) : frame);
  rig.module.put(presence);
  rig.run(ms);
  rig.module.off();
  rig.run(300);
  return rig.hear().filter((line) => line.startsWith("matched"));
}

function everyPair(presence: number | "unknown", which: number): string[] {
  const rig = newRig({ memory: { templates: [[3, 7], [1, 8], [2, 9], [7, 10], [11, 11], [19, 12]] } });
  const wrong = new Set<string>();
  for (let first = 0; first < bits; first++) {
    for (let second = first + 1; second < bits; second++) {
      for (const line of flipAnswer(rig, presence, 0x04, which, [first, second], 1600)) if (line !== "matched 3") wrong.add(`${first} ${second}: ${line}`);
    }
  }
  return [...wrong];
}

test.each([[0x01, 0], [0x02, 0], [0x04, 0], [0x04, 1], [0x19, 0]])("every single bit of the answer to command %i, the %i-th: nobody else is matched", (command, which) => {
  const rig = newRig({ memory: { templates: [[3, 7], [1, 8], [2, 9]] } });
  for (let bit = 0; bit < (command === 0x19 ? 44 * 8 : command === 0x04 ? bits : 96); bit++) {
    expect(flipAnswer(rig, 7, command, which, [bit], 5000).filter((line) => line !== "matched 3")).toEqual([]);
    expect(flipAnswer(rig, "unknown", command, which, [bit], 5000)).toEqual([]);
  }
});

test("a flipped match reply itself is never believed: without a second answer nothing is matched", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  for (let bit = 0; bit < bits; bit++) {
    rig.module.onTheLine = (frame, asked) => (asked === 0x04 ? flipped(frame, [bit]) : frame);
    rig.module.put(7);
    rig.run(20000);
    rig.module.off();
    rig.module.onTheLine = (frame) => frame;
    rig.run(70000);
    expect([bit, ...rig.hear().filter((line) => line.startsWith("matched"))]).toEqual([bit]);
  }
});

test.each([[7, 0], [7, 1], ["unknown", 0]] as const)("every pair of bits, finger %s, %i-th search: nobody else is matched", (presence, which) => {
  expect(everyPair(presence, which)).toEqual([]);
});

test("10 000 random streams", () => {
  expect(runStreams(10000, 1)).toEqual([]);
});

test("a storm of bytes neither stops the reader nor grows", () => {
  const rig = newRig({ memory: { templates: [[3, 7]] } });
  const storm = Buffer.from(Array.from({ length: 4096 }, (_, i) => [0xEF, 0x01, 0x55, 0xFF, 7, 0, 9, 3][(i * 7 + (i >> 5)) % 8])).toString("latin1");
  for (let i = 0; i < 500; i++) {
    rig.module.sendRaw(storm);
    rig.run(10);
  }
  rig.run(70000);
  rig.hear();
  rig.module.put(7);
  rig.run(3000);
  expect(rig.hear()).toContain("matched 3");
});
