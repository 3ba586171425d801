import { newLink } from "./link";
import {
  bytes1, bytes2, DATA_MAX, encode, enrolData, enrolItgData, Mid, nameField, nameIn, palmEnrolItgData, Pose, verifyData,
} from "./frames";
import { BuildName, buildNamed, Kind, kindOfMatch } from "./builds";
import { Platform } from "../../ports";

const name = "u0001";
const name32 = `75 30 30 30 31 ${"00 ".repeat(27).trim()}`;

const text = (hex: string): string => String.fromCharCode(...hex.trim().split(/\s+/).map((one) => parseInt(one, 16)));
const hex = (bytes: string): string => [...bytes].map((one) => one.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()).join(" ");
const reply = (...data: (number | string)[]): string => data.map((one) => typeof one === "number" ? String.fromCharCode(one) : one).join("");

/** Every example frame of the vendors' documents and programs that the driver can send or hear: bytes, id, data. */
const examples: [string, string, number, string][] = [
  ["RESET", "EF AA 10 00 00 10", Mid.Reset, ""],
  ["GETSTATUS", "EF AA 11 00 00 11", Mid.GetStatus, ""],
  ["VERIFY 10 s", "EF AA 12 00 02 00 0A 1A", Mid.Verify, verifyData(10)],
  ["VERIFY 5 s", "EF AA 12 00 02 00 05 15", Mid.Verify, verifyData(5)],
  ["ENROLL middle", `EF AA 13 00 23 00 ${name32} 01 0A 4F`, Mid.Enrol, enrolData(name, Pose.Middle, 10)],
  ["ENROLL right", `EF AA 13 00 23 00 ${name32} 02 0A 4C`, Mid.Enrol, enrolData(name, Pose.Right, 10)],
  ["ENROLL left", `EF AA 13 00 23 00 ${name32} 04 0A 4A`, Mid.Enrol, enrolData(name, Pose.Left, 10)],
  ["ENROLL down", `EF AA 13 00 23 00 ${name32} 08 0A 46`, Mid.Enrol, enrolData(name, Pose.Down, 10)],
  ["ENROLL up", `EF AA 13 00 23 00 ${name32} 10 0A 5E`, Mid.Enrol, enrolData(name, Pose.Up, 10)],
  ["ENROLL_SINGLE", `EF AA 1D 00 23 00 ${name32} 00 0A 40`, Mid.EnrolSingle, enrolData(name, Pose.None, 10)],
  ["ENROLL_SINGLE palm", `EF AA 1D 00 23 00 ${name32} FD 0A BD`, Mid.EnrolSingle, enrolData(name, Pose.Palm, 10)],
  ["ENROLL_ITG face", `EF AA 26 00 28 00 ${name32} 00 01 00 0A 00 00 00 71`, Mid.EnrolItg, enrolItgData(name, Pose.None, 1, 10)],
  ["ENROLL_ITG palm", `EF AA 26 00 28 00 ${name32} FD 01 00 0A 00 00 00 8C`, Mid.EnrolItg, enrolItgData(name, Pose.Palm, 1, 10)],
  ["PALM_ENROLL_ITG", `EF AA 27 00 25 00 ${name32} 00 00 00 0A 7C`, Mid.PalmEnrolItg, palmEnrolItgData(name, 10)],
  ["DELUSER 5", "EF AA 20 00 02 00 05 27", Mid.DeleteUser, bytes2(5)],
  ["DELUSER 501 palm", "EF AA 20 00 03 01 F5 01 D6", Mid.DeleteUser, bytes2(501) + bytes1(1)],
  ["palm delete 501", "EF AA 80 00 03 01 F5 01 76", Mid.PalmDelete, bytes2(501) + bytes1(1)],
  ["DELALL", "EF AA 21 00 00 21", Mid.DeleteAll, ""],
  ["DELALL, five bytes", "EF AA 21 00 05 00 00 00 00 00 24", Mid.DeleteAll, bytes1(0) + bytes2(0) + bytes2(0)],
  ["DELALL faces", "EF AA 21 00 05 01 00 00 00 00 25", Mid.DeleteAll, bytes1(1) + bytes2(0) + bytes2(0)],
  ["DELALL palms", "EF AA 21 00 05 02 00 00 00 00 26", Mid.DeleteAll, bytes1(2) + bytes2(0) + bytes2(0)],
  ["GETUSERINFO 5", "EF AA 22 00 02 00 05 25", Mid.GetUserInfo, bytes2(5)],
  ["FACERESET", "EF AA 23 00 00 23", Mid.FaceReset, ""],
  ["GET_ALL_USERID", "EF AA 24 00 00 24", Mid.GetAllUserIds, ""],
  ["GET_ALL_USERID 0", "EF AA 24 00 01 00 25", Mid.GetAllUserIds, bytes1(0)],
  ["GET_ALL_USERID 1", "EF AA 24 00 01 01 24", Mid.GetAllUserIds, bytes1(1)],
  ["GET_ALL_USERID 2", "EF AA 24 00 01 02 27", Mid.GetAllUserIds, bytes1(2)],
  ["GET_VERSION", "EF AA 30 00 00 30", Mid.GetVersion, ""],
  ["GET_SN", "EF AA 93 00 00 93", Mid.GetUid, ""],
  ["POWERDOWN", "EF AA ED 00 00 ED", Mid.PowerDown, ""],
  ["LED green on", "EF AA 90 00 02 00 00 92", Mid.Led, bytes1(0) + bytes1(0)],
  ["LED white off", "EF AA 90 00 02 02 01 91", Mid.Led, bytes1(2) + bytes1(1)],
  ["SET_THRESHOLD, never sent", "EF AA D4 00 02 02 02 D6", 0xd4, reply(2, 2)],
  ["DEMOMODE, never sent", "EF AA FE 00 01 01 FE", 0xfe, reply(1)],
  ["INIT_ENCRYPTION, never sent", "EF AA 50 00 04 01 02 03 04 50", 0x50, reply(1, 2, 3, 4)],
  ["CONFIG_BAUDRATE, never sent", "EF AA 51 00 01 01 51", 0x51, reply(1)],
  ["NOTE ready, two bytes", "EF AA 01 00 02 00 01 02", Mid.Note, reply(0, 1)],
  ["NOTE ready", "EF AA 01 00 01 00 00", Mid.Note, reply(0)],
  ["NOTE no face", `EF AA 01 00 11 01 01 00 ${"00 ".repeat(14)} 10`, Mid.Note, reply(1, 1, 0, "\0".repeat(14))],
  ["NOTE face ok", "EF AA 01 00 11 01 00 00 64 00 50 00 DC 00 F0 00 FD FF 05 00 00 00 0E", Mid.Note,
    reply(1, 0, 0, 100, 0, 80, 0, 220, 0, 240, 0, 0xfd, 0xff, 5, 0, 0, 0)],
  ["NOTE palm ok", `EF AA 01 00 11 01 80 00 ${"00 ".repeat(14)} 91`, Mid.Note, reply(1, 0x80, 0, "\0".repeat(14))],
  ["REPLY reset", "EF AA 00 00 02 10 00 12", Mid.Reply, reply(0x10, 0)],
  ["REPLY status idle", "EF AA 00 00 03 11 00 00 12", Mid.Reply, reply(0x11, 0, 0)],
  ["REPLY verify face 5", `EF AA 00 00 26 12 00 00 05 ${name32} 00 C8 8D`, Mid.Reply, reply(0x12, 0, bytes2(5), nameField(name), 0, 0xc8)],
  ["REPLY verify palm 501", `EF AA 00 00 26 12 00 01 F5 ${name32} 00 FA 4E`, Mid.Reply, reply(0x12, 0, bytes2(501), nameField(name), 0, 0xfa)],
  ["REPLY verify timeout", "EF AA 00 00 02 12 0D 1D", Mid.Reply, reply(0x12, 13)],
  ["REPLY verify unknown", "EF AA 00 00 02 12 08 18", Mid.Reply, reply(0x12, 8)],
  ["REPLY verify liveness", "EF AA 00 00 02 12 0C 1C", Mid.Reply, reply(0x12, 12)],
  ["REPLY enroll partly", "EF AA 00 00 05 13 00 FF FF 03 15", Mid.Reply, reply(0x13, 0, 0xff, 0xff, 3)],
  ["REPLY enroll done", "EF AA 00 00 05 13 00 00 05 1F 0C", Mid.Reply, reply(0x13, 0, bytes2(5), 0x1f)],
  ["REPLY itg duplicate", "EF AA 00 00 02 26 0A 2E", Mid.Reply, reply(0x26, 10)],
  ["REPLY itg duplicate of 5", "EF AA 00 00 05 26 0A 00 05 01 2D", Mid.Reply, reply(0x26, 10, bytes2(5), 1)],
  ["REPLY itg palm 501", "EF AA 00 00 05 26 00 01 F5 00 D7", Mid.Reply, reply(0x26, 0, bytes2(501), 0)],
  ["REPLY palm 9", "EF AA 00 00 06 27 00 00 09 00 02 2A", Mid.Reply, reply(0x27, 0, bytes2(9), 0, 2)],
  ["REPLY delete", "EF AA 00 00 02 20 00 22", Mid.Reply, reply(0x20, 0)],
  ["REPLY ids 1, 2, 5", "EF AA 00 00 09 24 00 03 00 01 00 02 00 05 28", Mid.Reply, reply(0x24, 0, 3, bytes2(1), bytes2(2), bytes2(5))],
  ["REPLY powerdown", "EF AA 00 00 02 ED 00 EF", Mid.Reply, reply(0xed, 0)],
];

/** A link whose clock and bytes are in the test's hand. */
function listen(): { hear: (bytes: string) => void; frames: [number, string][]; wait: (ms: number) => void; partial: () => string } {
  let now = 0;
  let hear: (bytes: string) => void = () => undefined;
  const frames: [number, string][] = [];
  const platform = {
    now: () => now,
    uart: (_port: number, _baud: number, onBytes: (bytes: string) => void) => {
      hear = onBytes;
      return { write: () => undefined };
    },
  } as unknown as Platform;
  const link = newLink(platform, 1, (mid, data) => { frames.push([mid, data]); });
  return { hear: (bytes) => hear(bytes), frames, wait: (ms) => { now += ms; }, partial: () => link.partial };
}

test.each(examples)("%s", (_what, bytes, mid, data) => {
  expect(hex(encode(mid, data))).toBe(bytes.trim().replace(/\s+/g, " "));
  const { hear, frames } = listen();
  hear(text(bytes));
  expect(frames).toEqual([[mid, data]]);
});

test("several frames in one chunk, split at every byte, and with noise between", () => {
  const all = examples.map(([, bytes]) => text(bytes)).join("\xef\x00\xaa\xef");
  for (const size of [1, 2, 3, 7, 64, all.length]) {
    const { hear, frames } = listen();
    for (let at = 0; at < all.length; at += size) hear(all.slice(at, at + size));
    expect(frames.length).toBe(examples.length);
  }
});

test("a frame that was cut short does not swallow the next one", () => {
  const { hear, frames, wait } = listen();
  hear(text("EF AA 00 00 26 12 00 00 05"));
  hear(text("EF AA 00 00 02 10 00 12"));
  expect(frames).toEqual([]);
  hear("\0".repeat(40));
  expect(frames).toEqual([[0, "\x10\x00"]]);
  hear(text("EF AA 00 00 26 12 00 00 05"));
  wait(101);
  hear(text("EF AA 00 00 02 10 00 12"));
  expect(frames.length).toBe(2);
});

test("sizes beyond what anybody sends are noise, and the buffer is bounded", () => {
  const { hear, frames, partial } = listen();
  hear("\xef\xaa\x02" + bytes2(DATA_MAX + 1));
  for (let i = 0; i < 2000; i++) hear("\xef\xaa\x02" + bytes2(DATA_MAX) + "x".repeat(i % 7));
  expect(partial().length).toBeLessThanOrEqual(DATA_MAX + 6);
  hear("\0".repeat(600) + text("EF AA 00 00 02 10 00 12"));
  expect(frames.at(-1)).toEqual([0, "\x10\x00"]);
});

test("every flip of one bit of every example is caught, or makes a short frame that says nothing", () => {
  for (const [, bytes, mid, data] of examples) {
    const good = text(bytes);
    for (let bit = 0; bit < good.length * 8; bit++) {
      const { hear, frames } = listen();
      const codes = [...good].map((one) => one.charCodeAt(0));
      codes[bit >> 3] ^= 1 << (bit & 7);
      hear(String.fromCharCode(...codes));
      // A flip in the size may end the frame early, where a byte of the data is the check by chance.
      for (const [gotMid, got] of frames) {
        expect(gotMid).toBe(mid);
        expect(got.length).toBeLessThan(data.length);
        expect(data.startsWith(got)).toBe(true);
      }
    }
  }
});

test("names: up to the first zero, also in a full field", () => {
  expect(nameIn("\0\x05" + nameField(name), 2)).toBe(name);
  expect(nameIn("x".repeat(40), 2)).toBe("x".repeat(32));
});

test("face or palm", () => {
  const kinds = (build: BuildName, ...cases: [number, number, number][]): void => {
    for (const [id, status, kind] of cases) expect([build, id, status, kindOfMatch(buildNamed(build), id, status)]).toEqual([build, id, status, kind]);
  };
  kinds("sen0737", [5, 200, Kind.Face], [5, 204, Kind.Face], [501, 250, Kind.Palm], [501, 200, Kind.Palm], [5, 250, -1], [501, 204, -1], [5, 99, Kind.Face]);
  kinds("allwinner", [5, 1, Kind.Face], [5, 2, Kind.Palm], [5, 99, -1]);
  kinds("ai10", [1000, 0, Kind.Face], [1001, 0, Kind.Palm]);
  kinds("fm22x", [5, 200, Kind.Face], [5, 0, Kind.Face], [5, 250, -1]);
  kinds("l015", [5, -1, Kind.Palm]);
});
