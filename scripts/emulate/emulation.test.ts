import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { partKinds } from "./command";
import { Emulation } from "./emulation";
import { KeptFile } from "./kept";

const open: Emulation[] = [];
const folder = mkdtempSync(join(tmpdir(), "emulation-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  for (const one of open.splice(0)) one.close();
  jest.useRealTimers();
});

function start(part: string, model = partKinds[part].models[0], kept: KeptFile | null = null) {
  const said: string[] = [];
  let sent = "";
  const emulation = new Emulation(partKinds[part], model, kept, (bytes) => { sent += bytes; }, (line) => said.push(line));
  open.push(emulation);
  const take = (): string => {
    const bytes = sent;
    sent = "";
    return bytes;
  };
  return { emulation, said, take };
}

test.each([
  ["r503", ["finger 7", "finger unknown", "finger bad", "finger off", "swap", "swap", "lose", "flip 3", "double", "late", "busy", "nack", "fail", "restart", "silent on", "silent off"]],
  ["efaa", ["face 7", "face 7 pose left", "face unknown", "face bad", "face off", "palm 65535", "palm off", "swap", "swap", "lose", "flip", "double", "late", "busy", "nack", "restart", "silent on"]],
  ["dfplayer", ["card out", "card in", "lose", "flip", "double", "late", "busy", "nack", "restart", "silent on", "silent off"]],
  ["pn532", ["card 04A1B2C3", "card 04123456789abc", "card off", "lose", "flip", "double", "nack", "restart", "silent on"]],
  ["rdm6300", ["card 0100AB12CD", "card off", "lose", "flip", "double", "silent on", "silent off"]],
])("%s knows its words, and help lists them", (part, lines) => {
  const { emulation, said } = start(part);
  for (const line of lines) expect([line, emulation.typed(line)]).toEqual([line, "ok"]);
  emulation.typed("help");
  for (const line of lines) expect(said.some((usage) => usage.startsWith(line.split(" ")[0]))).toBe(true);
});

test.each([
  ["r503", "finger"], ["r503", "finger 0"], ["r503", "finger 65536"], ["r503", "finger 7 off"], ["r503", "flip 0"], ["r503", "swap 1"],
  ["r503", "silent"], ["r503", "silent maybe"], ["efaa", "face 7 pose"], ["efaa", "face 7 pose back"], ["efaa", "palm 7 pose left"],
  ["dfplayer", "card 7"], ["pn532", "card 04A1"], ["pn532", "card 04A1B2C3 D4"], ["rdm6300", "card"],
])("%s: %p gets the usage", (part, line) => {
  expect(start(part).emulation.typed(line)).toMatch(new RegExp(`^error usage Usage: ${line.split(" ")[0]}.*\\.$`));
});

test("an unknown word is told, an empty line is not", () => {
  const { emulation } = start("r503");
  expect(emulation.typed("face 7")).toBe('error unknown There is no word "face"; help lists them.');
  expect(emulation.typed("constructor")).toMatch(/^error unknown/);
  expect(emulation.typed("  ")).toBe("");
});

const password = "\xef\x01\xff\xff\xff\xff\x01\x00\x07\x13\x00\x00\x00\x00\x00\x1b";
const good = "\xef\x01\xff\xff\xff\xff\x07\x00\x03\x00\x00\x0a";

test("what the lock does wrong is told, and the part answers again", () => {
  jest.useFakeTimers();
  const { emulation, said, take } = start("r503");
  jest.advanceTimersByTime(200);
  emulation.received("nonsense");
  expect(said).toEqual([expect.stringMatching(/^! refused: no frame/)]);
  jest.advanceTimersByTime(200);
  take();
  emulation.received(password);
  jest.advanceTimersByTime(200);
  expect(take()).toBe(good);
});

test("failures: silent, and one answer in error", () => {
  jest.useFakeTimers();
  const { emulation, take } = start("r503");
  jest.advanceTimersByTime(200);
  const ask = (ms = 200): string => {
    take();
    emulation.received(password);
    jest.advanceTimersByTime(ms);
    return take();
  };
  emulation.typed("double");
  expect([ask(), ask()]).toEqual([good + good, good]);
  emulation.typed("flip 2");
  expect([ask() === good, ask() === good, ask()]).toEqual([false, false, good]);
  emulation.typed("late");
  expect([ask(), ask(3500)]).toEqual(["", good + good]);
  emulation.typed("silent on");
  expect(ask()).toBe("");
  emulation.typed("silent off");
  expect(ask()).toBe(good);
});

test.each([["r503", "\xef\x01\xff\xff\xff\xff\x01\x00\x03\x33\x00\x37", "zw111"], ["efaa", "\xef\xaa\xed\x00\x00\xed", "sen0737"]])(
  "%s is there again after it was sent to sleep", (part, sleep, model) => {
    jest.useFakeTimers();
    const { emulation, said, take } = start(part, model);
    jest.advanceTimersByTime(3000);
    const ready = take();
    emulation.received(sleep);
    jest.advanceTimersByTime(3000);
    expect(take().endsWith(ready)).toBe(true);
    expect([ready === "", said]).toEqual([false, []]);
  });

test("templates and the other module of a swap outlast the run", () => {
  const path = join(folder, "r503.json");
  const newFile = (): KeptFile => new KeptFile(path, "r503", "r503", (value) => partKinds.r503.isMemory?.(value) === true);
  const contents = () => JSON.parse(readFileSync(path, "utf8"));
  const first = start("r503", "r503", newFile());
  const own = contents();
  expect(own).toMatchObject({ present: 0, all: [{ templates: [] }] });
  first.emulation.typed("swap");
  const swapped = contents();
  expect(swapped.present).toBe(1);
  expect(swapped.all[0]).toEqual(own.all[0]);
  expect(swapped.all[1].serial).not.toBe(own.all[0].serial);
  start("r503", "r503", newFile());
  expect(contents()).toEqual(swapped);
  start("r503", "r503", newFile()).emulation.typed("swap");
  expect(contents()).toEqual({ ...swapped, present: 0 });
  expect(existsSync(`${path}.new`)).toBe(false);
});
