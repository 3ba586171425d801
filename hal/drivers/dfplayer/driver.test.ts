import { bytesOf, flipped, hexOf, TestPlatform } from "../test/platform";
import { frame, fullCard } from "./emulator";
import { Command, commandAt, encode, isFrame, parameterAt, playParameter } from "./frames";
import { newLink } from "./link";
import { Rig } from "./test/rig";

/** Frames of the manual and of the vendor's library: command, answer wanted, parameter, bytes. */
const EXAMPLES: [string, number, number, number, string][] = [
  ["reset", Command.Reset, 0, 0, "7E FF 06 0C 00 00 00 FE EF EF"],
  ["volume 20", Command.Volume, 0, 20, "7E FF 06 06 00 00 14 FE E1 EF"],
  ["mp3/0001", 0x12, 0, 1, "7E FF 06 12 00 00 01 FE E8 EF"],
  ["folder 1, file 5", Command.Play, 0, playParameter(1, 5), "7E FF 06 0F 00 01 05 FE E6 EF"],
  ["stop", Command.Stop, 0, 0, "7E FF 06 16 00 00 00 FE E5 EF"],
  ["sleep", 0x0a, 0, 0, "7E FF 06 0A 00 00 00 FE F1 EF"],
  ["state?", 0x42, 0, 0, "7E FF 06 42 00 00 00 FE B9 EF"],
  ["mp3/0001, with an answer", 0x12, 1, 1, "7E FF 06 12 01 00 01 FE E7 EF"],
  ["advert 3", 0x13, 0, 3, "7E FF 06 13 00 00 03 FE E5 EF"],
  ["from the card", 0x09, 0, 2, "7E FF 06 09 00 00 02 FE F0 EF"],
  ["online with a card", Command.Online, 0, 2, "7E FF 06 3F 00 00 02 FE BA EF"],
  ["finished 1", Command.FinishedCard, 0, 1, "7E FF 06 3D 00 00 01 FE BD EF"],
  ["taken", Command.Taken, 0, 0, "7E FF 06 41 00 00 00 FE BA EF"],
  ["not found", Command.Error, 0, 6, "7E FF 06 40 00 00 06 FE B5 EF"],
];

describe("frames", () => {
  test.each(EXAMPLES)("%s", (_name, command, answer, parameter, hex) => {
    expect(hexOf(encode(command, answer, parameter))).toBe(hex);
    expect(hexOf(frame(command, answer, parameter))).toBe(hex);
    expect(isFrame(bytesOf(hex), 0)).toBe(true);
    expect([commandAt(bytesOf(hex), 0), parameterAt(bytesOf(hex), 0)]).toEqual([command, parameter]);
  });

  test("no flipped bit behind the head passes", () => {
    for (const [, , , , hex] of EXAMPLES) {
      for (let bit = 24; bit < 80; bit++) expect(isFrame(flipped(bytesOf(hex), [bit]), 0)).toBe(false);
    }
  });
});

test("a frame is told once, whatever comes behind it", () => {
  const test = new TestPlatform();
  const told: number[] = [];
  newLink(test.platform, 2, (command) => { told.push(command); });
  for (let i = 0; i < 3; i++) {
    test.deliver(2, frame(0x3d, 0, i) + "\x7e\xff");
    test.pass(10);
  }
  expect(told).toEqual([0x3d, 0x3d, 0x3d]);
});

describe("speaking", () => {
  test("a prompt is the file of its number in the folder of its language, and ends once", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, -1);
    expect(rig.pass(3000)).toEqual(["done"]);
    rig.speech.language(1);
    rig.speech.say(7, -1);
    expect(rig.pass(3000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/7", "2/7"]);
  });

  test.each([1, 3, 9])("frames that come in pieces of %d bytes", (piece) => {
    const rig = new Rig({ piece });
    rig.pass(3000);
    rig.speech.say(7, -1);
    expect(rig.pass(3000)).toEqual(["done"]);
  });

  test("several frames in one piece", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, -1);
    rig.pass(600);
    rig.inject("\x7e\xff" + frame(0x41, 0, 0) + "\x7e" + frame(0x3d, 0, 1) + frame(0x3d, 0, 1) + "\x7e\xff\x06");
    expect(rig.pass(10)).toEqual(["done"]);
  });

  test.each([false, true])("a number is spoken digit by digit, the same digit twice too (BUSY wired: %s)", (busy) => {
    const rig = new Rig({ busy });
    rig.pass(3000);
    rig.speech.say(18, 4001);
    expect(rig.pass(8000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/18", "1/204", "1/200", "1/200", "1/201"]);
    rig.speech.say(18, 0);
    expect(rig.pass(8000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/18", "1/200"]);
  });

  test("the next digit waits for the end of the one before", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(18, 77);
    rig.pass(8000);
    const { played } = rig.emulator;
    for (let i = 1; i < played.length; i++) expect(played[i].atMs - (played[i - 1].endMs ?? Infinity)).toBeGreaterThanOrEqual(100);
    expect(played.map((one) => (one.endMs ?? 0) - one.atMs)).toEqual([900, 350, 350]);
  });

  test("a new prompt ends the one before, of which nothing is told", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, 12);
    rig.pass(500);
    rig.speech.say(8, -1);
    rig.speech.say(9, -1);
    expect(rig.pass(100)).toEqual([]);
    expect(rig.emulator.playing?.file).toBe(9);
    expect(rig.pass(4000)).toEqual(["done"]);
    expect(rig.played().at(-1)).toBe("1/9");
  });

  test("\"finished\" of the prompt before does not end the new one", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, -1);
    rig.pass(300);
    rig.speech.say(8, -1);
    rig.pass(150);
    rig.inject(frame(0x3d, 0, 7));
    expect(rig.pass(500)).toEqual([]);
    expect(rig.pass(500)).toEqual(["done"]);
  });

  test("with BUSY wired \"finished\" is not believed while it plays", () => {
    const rig = new Rig({ busy: true });
    rig.pass(3000);
    rig.speech.say(7, -1);
    rig.pass(500);
    rig.inject(frame(0x3d, 0, 7));
    expect(rig.pass(300)).toEqual([]);
    expect(rig.pass(300)).toEqual(["done"]);
  });

  test("the last of many prompts is the one that is heard", () => {
    const rig = new Rig();
    rig.pass(3000);
    for (let i = 1; i < 100; i++) rig.speech.say(i, -1);
    expect(rig.pass(4000)).toEqual(["done"]);
    expect(rig.played().length).toBeLessThan(3);
    expect(rig.emulator.playing).toBeNull();
  });

  test("hush", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, 12);
    rig.pass(500);
    rig.speech.hush();
    rig.pass(50);
    expect(rig.emulator.playing).toBeNull();
    rig.speech.say(8, -1);
    rig.speech.hush();
    rig.speech.hush();
    expect(rig.pass(5000)).toEqual([]);
    expect(rig.emulator.playing).toBeNull();
  });

  test("four volumes; they are told before the prompt", () => {
    const rig = new Rig();
    rig.pass(3000);
    const heard = [0, 1, 2, 3, 9].map((level) => {
      rig.speech.volume(level);
      rig.speech.say(7, -1);
      rig.pass(2000);
      return rig.emulator.played.at(-1)?.volume;
    });
    expect(heard).toEqual([0, 14, 21, 28, 28]);
  });

  test("a prompt said at power-up waits for the module", () => {
    const rig = new Rig();
    rig.speech.volume(2);
    rig.speech.say(4, -1);
    expect(rig.pass(4000)).toEqual(["done"]);
    expect(rig.emulator.played).toMatchObject([{ file: 4, volume: 21 }]);
  });

  test("a file that is missing is left out", () => {
    const card = fullCard(1);
    delete card.files["1/204"];
    const rig = new Rig({ card });
    rig.pass(3000);
    rig.speech.say(18, 41);
    expect(rig.pass(4000)).toEqual(["done"]);
    expect(rig.played()).toEqual(["1/18", "1/201"]);
    rig.speech.language(1);
    rig.speech.say(7, -1);
    expect(rig.pass(1000)).toEqual(["done"]);
  });

  test("what is no prompt ends at once", () => {
    const rig = new Rig();
    rig.pass(3000);
    rig.speech.say(7, -1);
    rig.pass(300);
    rig.speech.say(0, -1);
    expect(rig.said).toEqual([]);
    expect(rig.pass(50)).toEqual(["done"]);
    expect(rig.emulator.playing).toBeNull();
  });

  test.each([[false, 15000], [true, 950]])("an end that is not told (BUSY wired: %s)", (busy, withinMs) => {
    const rig = new Rig({ busy });
    rig.pass(3000);
    rig.emulator.finishes = 0;
    rig.speech.say(7, -1);
    expect(rig.pass(withinMs)).toEqual(["done"]);
  });
});
