import { kindOf, Kind } from "./codes";
import { addBytes, answers, Command, commandFrame, encode, newInbox, Pid, takeAnswer, word } from "./frames";

const bytes = (hex: string): string => Buffer.from(hex.replace(/ /g, ""), "hex").toString("latin1");
const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex").toUpperCase().replace(/..(?=.)/g, "$& ");
const head = "EF 01 FF FF FF FF ";

/** Content and frame, of the manuals and computed from their rule. */
const commands: [string, string, string][] = [
  ["VfyPwd 0", "13 00 00 00 00", "01 00 07 13 00 00 00 00 00 1B"],
  ["SetPwd 0", "12 00 00 00 00", "01 00 07 12 00 00 00 00 00 1A"],
  ["SetPwd 12345678", "12 12 34 56 78", "01 00 07 12 12 34 56 78 01 2E"],
  ["ReadSysPara", "0F", "01 00 03 0F 00 13"],
  ["security level 3", "0E 05 03", "01 00 05 0E 05 03 00 1C"],
  ["115200 baud", "0E 04 0C", "01 00 05 0E 04 0C 00 24"],
  ["GenImg", "01", "01 00 03 01 00 05"],
  ["GetImageEx", "28", "01 00 03 28 00 2C"],
  ["Img2Tz 1", "02 01", "01 00 04 02 01 00 08"],
  ["Img2Tz 2", "02 02", "01 00 04 02 02 00 09"],
  ["RegModel", "05", "01 00 03 05 00 09"],
  ["Store 1 at 5", "06 01 00 05", "01 00 06 06 01 00 05 00 13"],
  ["LoadChar 2 from 5", "07 02 00 05", "01 00 06 07 02 00 05 00 15"],
  ["Match", "03", "01 00 03 03 00 07"],
  ["Search 200", "04 01 00 00 00 C8", "01 00 08 04 01 00 00 00 C8 00 D6"],
  ["Search 1000", "04 01 00 00 03 E8", "01 00 08 04 01 00 00 03 E8 00 F9"],
  ["HighSpeedSearch 163", "1B 01 00 00 00 A3", "01 00 08 1B 01 00 00 00 A3 00 C8"],
  ["DeletChar 5", "0C 00 05 00 01", "01 00 07 0C 00 05 00 01 00 1A"],
  ["Empty", "0D", "01 00 03 0D 00 11"],
  ["TemplateNum", "1D", "01 00 03 1D 00 21"],
  ["ReadIndexTable 0", "1F 00", "01 00 04 1F 00 00 24"],
  ["Aura breathing blue", "35 01 64 02 00", "01 00 07 35 01 64 02 00 00 A4"],
  ["Aura green", "35 03 00 04 00", "01 00 07 35 03 00 04 00 00 44"],
  ["Aura red three times", "35 02 19 01 03", "01 00 07 35 02 19 01 03 00 5C"],
  ["Aura off", "35 04 00 01 00", "01 00 07 35 04 00 01 00 00 42"],
  ["Aura breathing cyan, from the manual", "35 01 50 06 00", "01 00 07 35 01 50 06 00 00 94"],
  ["CheckSensor", "36", "01 00 03 36 00 3A"],
  ["GetAlgVer", "39", "01 00 03 39 00 3D"],
  ["GetFwVer", "3A", "01 00 03 3A 00 3E"],
  ["ReadProdInfo", "3C", "01 00 03 3C 00 40"],
  ["SoftRst", "3D", "01 00 03 3D 00 41"],
  ["HandShake, GROW", "40", "01 00 03 40 00 44"],
  ["HandShake, Synochip", "35", "01 00 03 35 00 39"],
  ["Cancel", "30", "01 00 03 30 00 34"],
  ["AutoEnroll, GROW", "31 05 00 00 01 01", "01 00 08 31 05 00 00 01 01 00 41"],
  ["AutoIdentify, GROW", "32 03 00 C8 01 01", "01 00 08 32 03 00 C8 01 01 01 08"],
  ["AutoEnroll, Synochip", "31 00 05 04 00 10", "01 00 08 31 00 05 04 00 10 00 53"],
  ["AutoIdentify, Synochip", "32 03 FF FF 00 00", "01 00 08 32 03 FF FF 00 00 02 3C"],
  ["ControlBLN green", "3C 03 02 02 00", "01 00 07 3C 03 02 02 00 00 4B"],
  ["ControlBLN off", "3C 04 00 00 00", "01 00 07 3C 04 00 00 00 00 48"],
  ["ControlBLN breathing blue", "3C 01 01 01 00", "01 00 07 3C 01 01 01 00 00 47"],
  ["GetRandomCode", "14", "01 00 03 14 00 18"],
  ["Sleep, Synochip", "33", "01 00 03 33 00 37"],
];

const replies: [string, string, string][] = [
  ["OK", "00", "07 00 03 00 00 0A"],
  ["no finger", "02", "07 00 03 02 00 0C"],
  ["wrong password", "13", "07 00 03 13 00 1D"],
  ["already exists", "27", "07 00 03 27 00 31"],
  ["found 5 with 150", "00 00 05 00 96", "07 00 07 00 00 05 00 96 00 A9"],
  ["not found", "09 00 00 00 00", "07 00 07 09 00 00 00 00 00 17"],
  ["7 templates", "00 00 07", "07 00 05 00 00 07 00 13"],
  ["parameters", "00 00 00 00 00 00 C8 00 03 FF FF FF FF 00 02 00 06", "07 00 13 00 00 00 00 00 00 C8 00 03 FF FF FF FF 00 02 00 06 04 E9"],
  ["index of 0, 1, 5", "00 23" + " 00".repeat(31), "07 00 23 00 23" + " 00".repeat(31) + " 00 4D"],
  ["AutoEnroll step 1, GROW", "00 01 00", "07 00 05 00 01 00 00 0D"],
  ["AutoEnroll accepted, Synochip", "00 00 00", "07 00 05 00 00 00 00 0C"],
  ["AutoEnroll image 1, Synochip", "00 01 01", "07 00 05 00 01 01 00 0E"],
  ["AutoEnroll duplicate, GROW", "27 0D 00", "07 00 05 27 0D 00 00 40"],
  ["AutoEnroll stored 5, GROW", "00 0F 05", "07 00 05 00 0F 05 00 20"],
  ["AutoEnroll duplicate, Synochip", "27 05 F1", "07 00 05 27 05 F1 01 29"],
  ["AutoEnroll stored, Synochip", "00 06 F2", "07 00 05 00 06 F2 01 04"],
  ["AutoIdentify 5, Synochip", "00 05 00 05 00 78", "07 00 08 00 05 00 05 00 78 00 91"],
];

test.each(commands)("command: %s", (_name, content, frame) => {
  const text = bytes(content);
  expect(hex(encode(Pid.Command, text))).toBe(head + frame);
  expect(hex(commandFrame(text.charCodeAt(0), text.slice(1)))).toBe(head + frame);
});

test.each(replies)("reply: %s", (_name, content, frame) => {
  expect(hex(encode(Pid.Answer, bytes(content)))).toBe(head + frame);
  const whole = newInbox();
  addBytes(whole, bytes(head + frame));
  expect(hex(takeAnswer(whole))).toBe(content);
  expect(takeAnswer(whole)).toBe("");
  const split = newInbox();
  const got: string[] = [];
  for (const byte of bytes(head + frame)) {
    addBytes(split, byte);
    got.push(takeAnswer(split));
  }
  expect(got.slice(0, -1).join("")).toBe("");
  expect(hex(got[got.length - 1])).toBe(content);
});

test("several answers in one piece, noise before, between and behind", () => {
  const inbox = newInbox();
  const one = encode(Pid.Answer, "\x02");
  const two = encode(Pid.Answer, "\x00\x00\x07");
  addBytes(inbox, `\xEF\xEF\x01\x00${one}\x55${two}noise\xEF`);
  expect([takeAnswer(inbox), takeAnswer(inbox), takeAnswer(inbox)]).toEqual(["\x02", "\x00\x00\x07", ""]);
  addBytes(inbox, encode(Pid.Answer, "\x03").slice(1));
  expect(takeAnswer(inbox)).toBe("\x03");
});

test("a frame that is cut short does not swallow the next one", () => {
  const inbox = newInbox();
  addBytes(inbox, encode(Pid.Answer, "\x00\x00\x05\x00\x96").slice(0, 12) + encode(Pid.Answer, "\x02"));
  expect([takeAnswer(inbox), takeAnswer(inbox), inbox.damaged]).toEqual(["\x02", "", true]);
});

test("ready is a 55 outside frames, alone or with what switching makes", () => {
  const isReady = (text: string): boolean => {
    const inbox = newInbox();
    addBytes(inbox, text);
    takeAnswer(inbox);
    return inbox.ready;
  };
  expect(["\x55", "\x00\xFF\x55", `\x55${encode(Pid.Answer, "\x00")}`].map(isReady)).toEqual([true, true, true]);
  expect(["\x54", "U1", encode(Pid.Answer, "\x55"), "\x00\xFF", ""].map(isReady)).toEqual([false, false, false, false, false]);
});

test("a storm leaves no more than one frame in memory", () => {
  const inbox = newInbox();
  for (let i = 0; i < 1000; i++) {
    addBytes(inbox, `${encode(Pid.Answer, "\x00").slice(0, 7)}\x00\x40${"\xEF\x01\xFF".repeat(30)}`);
    while (takeAnswer(inbox) !== "");
    expect(inbox.buffer.length - inbox.at).toBeLessThan(80);
  }
});

test("an answer has the length of its command's", () => {
  const ok = (size: number): string => "\x00".repeat(size);
  expect([1, 3, 5].map((size) => answers(Command.Search, false, ok(size)))).toEqual([false, false, true]);
  expect([1, 5].map((size) => answers(Command.GenImg, false, ok(size)))).toEqual([true, false]);
  expect([1, 33, 47, 51].map((size) => answers(Command.GrowProductInfo, false, ok(size)))).toEqual([false, false, true, true]);
  expect([1, 47].map((size) => answers(Command.SynRing, true, ok(size)))).toEqual([true, false]);
  expect(answers(Command.Search, false, "\x09")).toBe(true);
  expect(hex(word(0x1234))).toBe("12 34");
});

describe("confirmation codes", () => {
  /** Every code that a manual of the family names: GROW, Synochip. */
  const named: [string, number[], Kind, Kind?][] = [
    ["done", [0x00], Kind.Ok],
    ["received badly", [0x01], Kind.Repeat],
    ["no finger", [0x02], Kind.NoFinger],
    ["capture failed, too dry, too wet, messy, too few features, no valid image", [0x03, 0x04, 0x05, 0x06, 0x07, 0x15], Kind.BadImage],
    ["residual finger, same area, area too small, static object, poor quality", [0x17, 0x28, 0x33, 0x34, 0x3B], Kind.BadImage],
    ["no match, not found, library empty", [0x08, 0x09, 0x24], Kind.NotFound],
    ["merge failed", [0x0A], Kind.Differs],
    ["number out of range, library full", [0x0B, 0x1F], Kind.NoRoom],
    ["template read error, template empty", [0x0C, 0x23], Kind.Empty],
    ["template empty, or number used", [0x22], Kind.Empty, Kind.Taken],
    ["upload failed, cannot receive data, image upload failed", [0x0D, 0x0E, 0x0F], Kind.Fault],
    ["delete failed, clear failed, cannot sleep, reset failed, upgrade failed", [0x10, 0x11, 0x12, 0x14, 0x16], Kind.Fault],
    ["wrong password", [0x13], Kind.WrongPassword],
    ["flash error, undefined or random failed, bad register, bad value", [0x18, 0x19, 0x1A, 0x1B], Kind.Fault],
    ["bad notepad page, wrong encryption level, unsupported", [0x1C, 0x31, 0xFC], Kind.Unsupported],
    ["port failure, auto-enrol failed, wrong address, bad capture count, timeout", [0x1D, 0x1E, 0x20, 0x25, 0x26], Kind.Fault],
    ["password must be verified", [0x21], Kind.Locked],
    ["fingerprint exists already", [0x27], Kind.Taken],
    ["sensor fault, illegal data", [0x29, 0x35], Kind.Fault],
    ["keys and encryption", [0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x32], Kind.Fault],
    ["busy", [0xFB], Kind.Busy],
    ["hardware, execution failure", [0xFD, 0xFE], Kind.Fault],
    ["touch note", [0xFF], Kind.Note],
  ];

  test.each(named)("%s", (_name, codes, grow, synochip = grow) => {
    for (const code of codes) expect([code, kindOf(code, false), kindOf(code, true)]).toEqual([code, grow, synochip]);
  });

  test("00 to 35 are all named, and what no manual names is a fault", () => {
    const all = new Set(named.flatMap(([, codes]) => codes));
    for (let code = 0; code <= 0x35; code++) expect([code, all.has(code)]).toEqual([code, true]);
    for (let code = 0; code <= 255; code++) if (!all.has(code)) expect([code, kindOf(code, false), kindOf(code, true)]).toEqual([code, Kind.Fault, Kind.Fault]);
  });
});
