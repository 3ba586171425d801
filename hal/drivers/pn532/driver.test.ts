import { bytesOf, flipped, hexOf } from "../test/platform";
import { frame } from "./emulator";
import { answerAt, cardOf, Command, commandFrame, Found, frameAt, startAt, WAKE } from "./frames";
import { hostileStreams, one, Rig, seven } from "./test/rig";

/** Data, frame as the manual's rules make it. */
const COMMANDS: [string, number, string, string][] = [
  ["GetFirmware", Command.GetFirmware, "", "00 00 FF 02 FE D4 02 2A 00"],
  ["SAMConfiguration", Command.SamConfiguration, "\x01\x14\x01", "00 00 FF 05 FB D4 14 01 14 01 02 00"],
  ["retries", Command.RfConfiguration, "\x05\xff\x01\x02", "00 00 FF 06 FA D4 32 05 FF 01 02 F3 00"],
  ["look", Command.ListTargets, "\x01\x00", "00 00 FF 04 FC D4 4A 01 00 E1 00"],
  ["radio off", Command.RfConfiguration, "\x01\x00", "00 00 FF 04 FC D4 32 01 00 F9 00"],
  ["power down", 0x16, "\x10", "00 00 FF 03 FD D4 16 10 06 00"],
  ["power down, other wires wake", 0x16, "\xa0", "00 00 FF 03 FD D4 16 A0 76 00"],
  ["authenticate", 0x40, "\x01\x60\x04\xff\xff\xff\xff\xff\xff\x04\xa1\xb2\xc3", "00 00 FF 0F F1 D4 40 01 60 04 FF FF FF FF FF FF 04 A1 B2 C3 73 00"],
];
const ANSWERS: [string, string, string][] = [
  ["firmware", "00 00 FF 06 FA D5 03 32 01 06 07 E8 00", "03 32 01 06 07"],
  ["SAM", "00 00 FF 02 FE D5 15 16 00", "15"],
  ["a card", "00 00 FF 0C F4 D5 4B 01 01 00 04 08 04 04 A1 B2 C3 B4 00", "4B 01 01 00 04 08 04 04 A1 B2 C3"],
  ["no card", "00 00 FF 03 FD D5 4B 00 E0 00", "4B 00"],
];

describe("frames", () => {
  test.each(COMMANDS)("%s", (_name, command, data, hex) => {
    expect(hexOf(commandFrame(command, data))).toBe(hex);
    expect(hexOf(frame(0xd4, [command, ...[...data].map((byte) => byte.charCodeAt(0))]))).toBe(hex);
  });

  test.each(ANSWERS)("%s", (_name, hex, answer) => {
    const bytes = bytesOf(hex);
    expect(frameAt(bytes, startAt(bytes, 0))).toBe(Found.Answer);
    expect(hexOf(answerAt(bytes, startAt(bytes, 0)))).toBe(answer);
    for (let end = 2; end < bytes.length - 1; end++) expect(frameAt(bytes.slice(0, end), 1)).toBe(Found.Part);
  });

  test("acknowledge, and its opposite, which is nothing", () => {
    for (const [hex, found] of [["00 00 FF 00 FF 00", Found.Acknowledge], ["00 00 FF FF 00 00", Found.Nothing]] as const) {
      expect(frameAt(bytesOf(hex), startAt(bytesOf(hex), 0))).toBe(found);
    }
  });

  test("wake", () => {
    expect(hexOf(WAKE)).toBe("55 55 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
  });

  test("numbers of cards", () => {
    expect(cardOf(bytesOf(ANSWERS[2][2]))).toBe("04A1B2C3");
    expect(cardOf(bytesOf("4B 01 01 00 44 00 07 04 12 34 56 78 9A BC"))).toBe("04123456789ABC");
    expect(cardOf(bytesOf("4B 00"))).toBe("");
    for (const hex of ["4B", "4B 01", "4B 02 01 00 04 08 04 04 A1 B2 C3", "4B 01 01 00 04 08 04 04 A1 B2", "4B 01 01 00 04 08 05 04 A1 B2 C3 D4", "4B 01 02 00 04 08 04 04 A1 B2 C3"]) {
      expect(cardOf(bytesOf(hex))).toBe("?");
    }
  });

  test("no flipped bit of an answer passes as it", () => {
    for (const [, hex] of ANSWERS) {
      const bytes = bytesOf(hex);
      for (let bit = 24; bit < (bytes.length - 1) * 8; bit++) expect(frameAt(flipped(bytes, [bit]), 1)).not.toBe(Found.Answer);
    }
  });
});

describe("reading", () => {
  test.each([undefined, 1, 3, 7])("a card is told once, and when it has gone (pieces of %s)", (piece) => {
    const rig = new Rig({ piece });
    rig.reader.look(true);
    expect(rig.pass(2000)).toEqual([]);
    expect(rig.show(one)).toEqual(["card 04A1B2C3", "gone"]);
    expect(rig.show(seven)).toEqual(["card 04123456789ABC", "gone"]);
  });

  test("within half a second", () => {
    const rig = new Rig();
    rig.reader.look(true);
    rig.pass(2000);
    rig.emulator.card = one;
    expect(rig.pass(500)).toEqual(["card 04A1B2C3"]);
  });

  test("one card after the other without a pause", () => {
    const rig = new Rig();
    rig.reader.look(true);
    rig.pass(2000);
    rig.emulator.card = one;
    rig.pass(1000);
    rig.emulator.card = seven;
    expect(rig.pass(1000)).toEqual(["gone", "card 04123456789ABC"]);
  });

  test("a moment at the edge of the field is no going", () => {
    const rig = new Rig();
    rig.reader.look(true);
    rig.pass(2000);
    rig.emulator.card = one;
    rig.pass(1000);
    rig.emulator.card = null;
    rig.pass(260);
    rig.emulator.card = one;
    expect(rig.pass(1000)).toEqual([]);
  });

  test("only while it is wanted, and the field is off at rest", () => {
    const rig = new Rig();
    expect(rig.show(one)).toEqual([]);
    rig.reader.look(true);
    rig.emulator.card = one;
    rig.pass(1000);
    expect(rig.emulator.radio).toBe(true);
    rig.reader.look(false);
    expect(rig.pass(1000)).toEqual(["gone"]);
    expect(rig.emulator.radio).toBe(false);
    const { length } = rig.emulator.heard;
    rig.pass(100000);
    expect(rig.emulator.heard.length).toBe(length);
    rig.reader.look(true);
    expect(rig.pass(1000)).toEqual(["card 04A1B2C3"]);
  });
});

describe("faults", () => {
  test.each([
    ["a lost byte", { kind: "lose", at: [9] }],
    ["a flipped bit", { kind: "flip", at: [100] }],
    ["twice", { kind: "double" }],
    ["an error frame", { kind: "nack" }],
    ["late", { kind: "late", value: 200 }],
  ] as const)("%s", (_name, fault) => {
    const rig = new Rig();
    rig.reader.look(true);
    rig.pass(2000);
    rig.emulator.faults = [{ ...fault, at: "at" in fault ? [...fault.at] : undefined }];
    expect(rig.show(one, 2500)).toEqual(["card 04A1B2C3", "gone"]);
  });

  test("one answer with two flipped bits that its sum does not see is never told", () => {
    for (let a = 56; a < 136; a++) {
      for (let b = a + 8; b < 144; b += 8) {
        const rig = new Rig();
        rig.reader.look(true);
        rig.pass(100);
        rig.emulator.faults = [null, { kind: "flip", at: [a, b] }];
        rig.emulator.card = one;
        const told = rig.pass(700).filter((event) => event.startsWith("card"));
        expect(told.every((event) => event === "card 04A1B2C3")).toBe(true);
      }
    }
  });

  test("no chip: said once, asked with growing pauses; then it is there", () => {
    const rig = new Rig({ chip: false });
    const asked: number[] = [];
    const { onSent } = rig.test;
    rig.test.onSent = (port, bytes) => {
      if (bytes.startsWith("\x55")) asked.push(rig.test.nowMs);
      onSent(port, bytes);
    };
    rig.reader.look(true);
    expect(rig.pass(300000)).toEqual(["silent true"]);
    // 5 ms to wake, three times 0.3 s of patience.
    const pauses = asked.slice(1).map((at, i) => at - asked[i] - 905);
    expect(pauses.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
    rig.emulator.power(true);
    expect(rig.pass(61000)).toEqual(["silent false"]);
    expect(rig.show(one)).toEqual(["card 04A1B2C3", "gone"]);
  });

  test("it dies with a card on it and comes back", () => {
    const rig = new Rig();
    rig.reader.look(true);
    rig.emulator.card = one;
    rig.pass(1000);
    rig.emulator.mute = true;
    expect(rig.pass(5000)).toEqual(["gone", "silent true"]);
    rig.emulator.power(false);
    rig.emulator.mute = false;
    rig.emulator.power(true);
    expect(rig.pass(10000)).toEqual(["silent false", "card 04A1B2C3"]);
  });
});

test("an answer without its acknowledge is none", () => {
  const rig = new Rig();
  rig.reader.look(true);
  rig.pass(1000);
  rig.emulator.mute = true;
  for (let i = 0; i < 20; i++) {
    rig.inject(frame(0xd5, [0x4b, 1, 1, 0, 4, 8, 4, ...one]));
    expect(rig.pass(50)).toEqual([]);
  }
});

test("random streams: no card, no exception, and it reads afterwards", () => {
  expect(hostileStreams(1, 10000)).toEqual([]);
});

test("a storm of bytes does not grow anything", () => {
  const rig = new Rig();
  rig.reader.look(true);
  rig.pass(1000);
  for (let i = 0; i < 2000; i++) {
    rig.inject("\x00\xff\x3f\xc1\xd5".repeat(13));
    if (i % 50 === 0) rig.pass(1);
  }
  rig.pass(10000);
  expect(rig.show(one)).toEqual(["card 04A1B2C3", "gone"]);
});
