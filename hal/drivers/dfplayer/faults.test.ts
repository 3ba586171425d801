import { hostileStreams, Rig } from "./test/rig";

describe("faults", () => {
  test.each([
    ["an answer lost", { kind: "lose", at: [4] }],
    ["an answer with a flipped bit", { kind: "flip", at: [30] }],
    ["an answer twice", { kind: "double" }],
    ["a wrong checksum at the module", { kind: "nack", value: 4 }],
    ["a busy module", { kind: "nack", value: 1 }],
    ["a late answer", { kind: "late", value: 700 }],
  ] as const)("%s: the prompt is said all the same", (_name, fault) => {
    const rig = new Rig();
    rig.pass(3000);
    rig.emulator.faults = [{ ...fault, at: "at" in fault ? [...fault.at] : undefined }];
    rig.speech.say(7, -1);
    expect(rig.pass(5000)).toEqual(["done"]);
    expect(new Set(rig.played())).toEqual(new Set(["1/7"]));
    rig.speech.say(8, -1);
    expect(rig.pass(2000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/8"]);
  });

  test("no module: said once, asked with growing pauses, and every prompt ends at once", () => {
    const rig = new Rig({ module: false });
    const asked: number[] = [];
    rig.test.onSent = () => { asked.push(rig.test.nowMs); };
    rig.speech.say(4, -1);
    expect(rig.pass(12000)).toEqual(["done", "silent true"]);
    expect(rig.speech.speaks()).toBe(false);
    rig.speech.say(5, 123);
    expect(rig.said).toEqual([]);
    expect(rig.pass(10)).toEqual(["done"]);
    rig.pass(600000);
    expect(rig.said).toEqual([]);
    const pauses = asked.slice(1).map((at, i) => at - asked[i] - 4000);
    expect(pauses.slice(0, 9)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  });

  test("it dies in a prompt and comes back", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.volume(1);
    rig.speech.say(7, 12);
    rig.pass(300);
    rig.emulator.mute = true;
    rig.emulator.power(false);
    rig.speech.say(8, -1);
    expect(rig.pass(20000)).toEqual(["done", "silent true"]);
    rig.emulator.mute = false;
    rig.emulator.power(true);
    expect(rig.pass(3000)).toEqual(["silent false"]);
    rig.speech.say(9, -1);
    expect(rig.pass(3000)).toEqual(["done"]);
    expect(rig.emulator.played.at(-1)).toMatchObject({ file: 9, volume: 14 });
  });

  test("what waits while the module fails is said after its start", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.emulator.mute = true;
    rig.speech.say(7, -1);
    rig.pass(100);
    rig.speech.say(8, -1);
    rig.pass(1350);
    rig.emulator.mute = false;
    expect(rig.pass(4000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/8"]);
  });

  test("it starts again by itself: the volume is told anew, the prompt under way has ended", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.volume(1);
    rig.speech.say(7, -1);
    rig.pass(300);
    rig.emulator.restart();
    expect(rig.pass(3000)).toEqual(["done"]);
    expect(rig.emulator.volume).toBe(14);
  });

  test("the card is taken out and put back", () => {
    const rig = new Rig();
    rig.pass(3000);
    const card = rig.emulator.save();
    rig.speech.say(7, -1);
    rig.pass(300);
    rig.emulator.load(null);
    expect(rig.pass(10000)).toEqual(["done", "silent true"]);
    rig.emulator.load(card);
    expect(rig.pass(4000)).toEqual(["silent false"]);
    rig.speech.say(7, -1);
    expect(rig.pass(3000)).toEqual(["done"]);
  });

  test("timers are made once, and the next prompt may be said from within `done`", () => {
    const rig = new Rig();
    const { timers } = rig.test;
    let left = 20;
    rig.said.push = (word: string) => {
      if (word === "done" && --left > 0) rig.speech.say(left, -1);
      return 0;
    };
    rig.pass(3000);
    rig.speech.say(20, -1);
    rig.pass(60000);
    expect(rig.played()).toEqual(Array.from({ length: 20 }, (_, i) => `1/${20 - i}`));
    expect(rig.test.timers).toBe(timers);
  });
});

test("random streams: no exception, no prompt told as ended twice, and it speaks afterwards", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes does not grow anything, nor stop it", () => {
  const rig = new Rig();
  rig.pass(3000);
  for (let i = 0; i < 5000; i++) {
    rig.inject("\x7e\xff\x06\x3d\x7e\xff\x06\x41".repeat(8));
    if (i % 100 === 0) rig.pass(1);
  }
  rig.pass(1000);
  rig.speech.say(5, -1);
  expect(rig.pass(3000)).toContain("done");
  expect(rig.played()).toEqual(["1/5"]);
});
