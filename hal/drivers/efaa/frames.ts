/**
 * Frames of the face and palm modules: EF AA, message id, size (2, big-endian), data, XOR of all
 * behind the header. A reply is the command's id, a result and a payload.
 */

/** Message ids; those below 0x10 come from the module. */
export const enum Mid {
  Reply = 0x00, Note = 0x01,
  Reset = 0x10, GetStatus = 0x11, Verify = 0x12, Enrol = 0x13, EnrolSingle = 0x1d,
  DeleteUser = 0x20, DeleteAll = 0x21, GetUserInfo = 0x22, FaceReset = 0x23, GetAllUserIds = 0x24,
  EnrolItg = 0x26, PalmEnrolItg = 0x27, GetVersion = 0x30, GetSn = 0x35,
  PalmDelete = 0x80, Led = 0x90, GetUid = 0x93, PowerDown = 0xed,
}

/** Results of a command. 8, 1, 22 and 239 all mean "not recognised", by build; 10 and 241 "already enrolled". */
export const enum Result {
  Ok = 0, Rejected = 1, Aborted = 2, Camera = 4, Unknown = 5, BadParameter = 6, NoMemory = 7, UnknownUser = 8,
  Full = 9, Enrolled = 10, NotAlive = 12, Timeout = 13, UnknownPalm = 22, NoPalm = 239, PalmEnrolled = 241,
  /** Not of the module: it did not answer. */
  Silent = -1,
}

export const enum Nid { Ready = 0, FaceState = 1 }

/** States in a FaceState note: 0 to 14 speak of a face, from 128 on of a palm. */
export const enum Seen { FaceOk = 0, Nobody = 1, PalmOk = 128 }

/** Poses as the protocol numbers them; `Palm` stands in the same place of an enrolment. */
export const enum Pose { None = 0, Middle = 1, Right = 2, Left = 4, Down = 8, Up = 16, All = 31, Palm = 0xfd }

/** What stands for "no id yet". */
export const NO_ID = 0xffff;

/** Bytes of a name field; one is kept zero. */
export const NAME_SIZE = 32;

/** The longest data believed: more is a frame for nobody here (images), or noise. */
export const DATA_MAX = 512;

/** Bytes around the data: header 2, id 1, size 2, check 1. */
export const FRAME_OVERHEAD = 6;

export const HEADER = String.fromCharCode(0xef) + String.fromCharCode(0xaa);

export function bytes1(a: number): string {
  return String.fromCharCode(a);
}

/** Big-endian. @param value 0 to 65535 */
export function bytes2(value: number): string {
  return String.fromCharCode(Math.floor(value / 256)) + String.fromCharCode(value % 256);
}

/** Big-endian; -1 where the text is too short. */
export function word(text: string, at: number): number {
  return at + 2 > text.length ? -1 : text.charCodeAt(at) * 256 + text.charCodeAt(at + 1);
}

/** XOR of the bytes from `start` up to, not including, `end`. */
export function check(text: string, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum = sum ^ text.charCodeAt(i);
  return sum;
}

export function encode(mid: number, data: string): string {
  const body = bytes1(mid) + bytes2(data.length) + data;
  return HEADER + body + bytes1(check(body, 0, body.length));
}

function zeros(count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) text = text + bytes1(0);
  return text;
}

/** @param name at most 31 characters */
export function nameField(name: string): string {
  return name + zeros(NAME_SIZE - name.length);
}

/** @param seconds 1 to 255; powering off by itself after a match is never asked for */
export function verifyData(seconds: number): string {
  return bytes1(0) + bytes1(seconds);
}

/** For Enrol and EnrolSingle. */
export function enrolData(name: string, pose: number, seconds: number): string {
  return bytes1(0) + nameField(name) + bytes1(pose) + bytes1(seconds);
}

/** @param single 0 several poses, 1 one picture; somebody who is enrolled already is always refused (C5) */
export function enrolItgData(name: string, pose: number, single: number, seconds: number): string {
  return bytes1(0) + nameField(name) + bytes1(pose) + bytes1(single) + bytes1(0) + bytes1(seconds) + zeros(3);
}

export function palmEnrolItgData(name: string, seconds: number): string {
  return bytes1(0) + nameField(name) + zeros(3) + bytes1(seconds);
}

/** The name in a field, up to its first zero. */
export function nameIn(payload: string, at: number): string {
  const field = payload.substring(at, at + NAME_SIZE);
  const end = field.indexOf(bytes1(0));
  return end < 0 ? field : field.substring(0, end);
}

/** What a text reply says: its printable characters up to the first that is none. @param most characters */
export function printable(payload: string, most: number): string {
  let end = 0;
  while (end < payload.length && end < most && payload.charCodeAt(end) > 32 && payload.charCodeAt(end) < 127) end++;
  return payload.substring(0, end);
}
