/** `update`: a new image over the console, into the place that does not run. */
import { createHash } from "node:crypto";
import { Board } from "../../hal/board";
import { Places, Platform } from "../../hal/ports";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { keyedCheck } from "../../scripts/flash/update";
import { readBoard } from "../../scripts/build/sources";
import { startHere } from "../../test/engines/sim";
import { startLock } from "../main";
import { Limit } from "../limits";
import { VERSION } from "../version";

class FakePlaces implements Places {
  readonly running = 0;
  onTrial = false;
  readonly size = 1000;
  bytes = "";
  log: string[] = [];
  fresh = false;

  isFreshlyInstalled(): boolean {
    return this.fresh;
  }

  noteInstallation(): void {
    this.log.push("noted");
    this.fresh = false;
  }

  begin(): void {
    this.log.push("begin");
    this.bytes = "";
  }

  write(offset: number, base64: string): number {
    const piece = Buffer.from(base64, "base64").toString("latin1");
    this.bytes = this.bytes.slice(0, offset).padEnd(offset, "\xff") + piece + this.bytes.slice(offset + piece.length);
    return piece.length;
  }

  digest(length: number): string {
    return createHash("sha256").update(this.bytes.slice(0, length), "latin1").digest().toString("latin1");
  }

  finish(length: number): void {
    this.log.push(`finish ${length}`);
  }

  isOnTrial(): boolean {
    return this.onTrial;
  }

  confirm(): void {
    this.log.push("confirm");
    this.onTrial = false;
  }
}

function newRig(start: "open" | "closed" = "closed", more: Partial<Platform> = {}): { session: Session; places: FakePlaces } {
  const places = new FakePlaces();
  const board: Board = { ...readBoard("sim"), console: { start, uart: 0 } };
  const session = new Session(newWorld({ board, engine: (chip) => startHere(chip, board, startLock, { places, ...more }), seed: "update" }));
  session.perform("power on");
  return { session, places };
}

const password = "correct-horse";
const image = Array.from({ length: 300 }, (_, i) => String.fromCharCode(i % 251)).join("");
const digest = createHash("sha256").update(image, "latin1").digest("hex");
const begin = `update begin ${image.length} ${digest} 0.2.0`;
const pieces = [0, 120, 240].map((at) => `update ${at} ${Buffer.from(image.slice(at, at + 120), "latin1").toString("base64")}`);
const end = (check: string): string => `update end ${check}`;
const check = keyedCheck(password, digest);

const last = (session: Session, line: string): string => session.perform(line).at(-1) ?? "";

test("pieces in order, doubled or not, then the check: the image is finished and the lock restarts", () => {
  const { session, places } = newRig();
  session.perform(`login ${password}`);
  expect(session.perform(begin).slice(-2)).toEqual(["place=b piece=120", "ok"]);
  for (const [at, index] of [[0, 0], [0, 0], [120, 1], [240, 2], [120, 1]]) expect(session.perform(pieces[index]).slice(-2)).toEqual([`at=${at}`, "ok"]);
  expect([last(session, end(check)), places.bytes === image]).toEqual(["ok", true]);
  session.perform("wait 1s");
  expect(places.log).toEqual(["begin", "finish 300"]);
  expect(session.trace.filter((line) => / boot cause=restart /.test(line))).toHaveLength(1);
});

test.each([
  ["with another password's check", pieces, keyedCheck("wrong-horse", digest), "error denied the check was not made with the password of this console"],
  ["with a check that is none", pieces, "0".repeat(63), "error denied the check was not made with the password of this console"],
  ["with a piece missing", pieces.slice(0, 2), check, "error damaged what was written is not what was announced; begin again"],
])("an image %s is not finished, and nothing restarts", (_, sent, given, answer) => {
  const { session, places } = newRig();
  for (const line of [`login ${password}`, begin, ...sent]) expect(last(session, line)).toBe("ok");
  expect(last(session, end(given))).toBe(answer);
  session.perform("wait 1s");
  expect(places.log).toEqual(["begin"]);
  expect(session.trace.some((line) => /cause=restart/.test(line))).toBe(false);
});

test("nothing of it is taken by a closed console, nor after the session that began it", () => {
  const { session, places } = newRig();
  for (const line of [begin, pieces[0], end(check)]) expect(last(session, line)).toMatch(/^error denied the console is closed/);
  for (const line of [`login ${password}`, begin, "logout", `login ${password}`]) expect(last(session, line)).toBe("ok");
  for (const line of [pieces[0], end(check)]) expect(last(session, line)).toBe("error order begin with `update begin`");
  expect(places.log).toEqual(["begin"]);
});

test("an open console that nobody logged in to has no password", () => {
  const { session, places } = newRig("open");
  for (const line of [begin, ...pieces, end(keyedCheck("", digest))]) expect(last(session, line)).toBe("ok");
  expect(places.log).toEqual(["begin", "finish 300"]);
});

test.each([
  [`update begin 1001 ${digest}`, "error value an image has 1 to 1000 bytes"],
  ["update begin 300 12ab", "error value the digest is 64 hexadecimal digits, lower case"],
])("%s is refused", (line, answer) => {
  const { session, places } = newRig("open");
  expect([last(session, line), places.log]).toEqual([answer, []]);
});

test.each([60, 300, -1])("a piece at %i is refused", (offset) => {
  const { session } = newRig("open");
  session.perform(begin);
  expect(last(session, `update ${offset} QUJD`)).toBe("error value the offset is a multiple of 120 within the image");
});

test.each([
  ["behind the end of the image", 960, 41],
  ["longer than a piece", 0, 121],
])("a piece %s is refused: what lies behind the place is not the image's", (_, offset, length) => {
  const { session, places } = newRig("open");
  session.perform(`update begin 1000 ${digest}`);
  expect(last(session, `update ${offset} ${Buffer.alloc(length).toString("base64")}`)).toBe("error value the piece has 1 to 120 bytes in base64, and none behind the end of the image");
  expect(places.bytes).toBe("");
  expect(last(session, `update 960 ${Buffer.alloc(40).toString("base64")}`)).toBe("ok");
});

test("a lock without a second place says so", () => {
  const board: Board = { ...readBoard("sim") };
  const session = new Session(newWorld({ board, engine: (chip) => startHere(chip, board, startLock), seed: "update" }));
  session.perform("power on");
  expect(last(session, begin)).toBe("error off this lock cannot replace its own firmware; flash it");
  expect(session.perform("version").slice(-2)).toEqual([`version ${VERSION}`, "ok"]);
  expect(session.trace.find((line) => / boot /.test(line))).toMatch(/ version=\S+$/);
});

test("an image on trial does not take the place of the one that it may leave to", () => {
  const { session, places } = newRig("open");
  places.onTrial = true;
  session.perform("wait 5s");
  expect(last(session, begin)).toMatch(/^error busy the new image is on trial; try again in 1[0-5] s$/);
  expect(places.log).toEqual([]);
  session.perform("wait 20s");
  expect([last(session, begin), places.log]).toEqual(["ok", ["confirm", "begin"]]);
});

test("one that is not confirmed in its time is refused all the same", () => {
  const { session, places } = newRig("open");
  places.confirm = () => undefined;
  places.onTrial = true;
  session.perform("wait 30s");
  expect(last(session, begin)).toBe("error busy the new image is on trial; try again in 1 s");
});

test("`version` tells the firmware below, the place and the trial, where there are such, to anybody; the start the firmware below", () => {
  const { session, places } = newRig("closed", { base: "2v29.277" });
  const told = (): string[] => session.perform("version").slice(-4);
  expect(session.trace.filter((line) => / boot /.test(line))).toEqual([expect.stringMatching(/^@\d+ boot cause=power version=\S+ base=2v29\.277$/)]);
  expect(told()).toEqual([`version ${VERSION}`, "base=2v29.277", "place=a", "ok"]);
  places.onTrial = true;
  expect(told()).toEqual([`version ${VERSION}`, "base=2v29.277", "place=a trial", "ok"]);
});

test("what has run for a while is confirmed, once", () => {
  const { session, places } = newRig();
  session.perform(`wait ${Limit.trialMs / 2}ms`);
  expect(places.log).toEqual([]);
  session.perform("wait 60s");
  expect(places.log).toEqual(["confirm"]);
});

describe("an image that was installed through the chip's own prompt", () => {
  test("forgets the password once, before anybody can set one; users and what else was set stay", () => {
    const { session, places } = newRig();
    for (const line of ["login correct-horse", "user add admin", "set volume 1"]) expect(last(session, line)).toBe("ok");
    places.fresh = true;
    session.perform("power off");
    session.perform("power on");
    expect(places.log).toEqual(["noted"]);
    expect(last(session, "login another-word")).toBe("ok");
    expect(session.perform("users")).toContainEqual(expect.stringContaining("user 1 admin"));
    expect(session.perform("settings")).toContainEqual(expect.stringMatching(/volume.*1/));
    session.perform("power off");
    session.perform("power on");
    expect(last(session, "login correct-horse")).toBe("error denied wrong password");
    expect(places.log).toEqual(["noted"]);
  });

  test("any other start keeps it", () => {
    const { session, places } = newRig();
    session.perform("login correct-horse");
    session.perform("power off");
    session.perform("power on");
    expect([last(session, "login another-word"), places.log]).toEqual(["error denied wrong password", []]);
  });
});
