import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ModuleMemory } from "../../drivers/r503/emulator-sensor";
import { StateError, StateFolder } from "./flash-file";
import { newStanding } from "./world/standing";

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "lock-state-")); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const reader: ModuleMemory = { templates: [[0, 7]], notepad: [], serial: "1f", password: "00000000" };
const state = (): StateFolder => new StateFolder(join(folder, "lock"));

test("the first start is fresh; what is saved is loaded", () => {
  expect(state().load(8)).toMatchObject({ flash: undefined, fresh: true, notes: [] });
  const standing = {
    ...newStanding(), doorOpen: true, modules: { finger: { present: 0 as const, all: [reader] }, palmFace: null },
    clock: { registers: Array.from({ length: 19 }, () => 1), atMs: -300 },
  };
  state().save(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), standing);
  const kept = state().load(8);
  expect(kept).toMatchObject({ standing, fresh: false, notes: [] });
  expect([...kept.flash ?? []]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test.each(["flash.bin", "world.json"])("a damaged %s is kept aside, each one, and told in one line", (name) => {
  const path = join(folder, "lock", name);
  for (const bad of [`${path}.bad`, `${path}.bad-2`]) {
    state().save(new Uint8Array(8), newStanding());
    writeFileSync(path, "{");
    const { notes } = state().load(8);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`${bad}: the `);
    expect(readFileSync(bad, "utf8")).toBe("{");
    expect(existsSync(path)).toBe(false);
  }
});

test.each<[string, (bytes: Buffer) => Buffer]>([
  ["a flipped bit", (bytes) => { bytes[3] ^= 1; return bytes; }],
  ["a flipped bit in the check itself", (bytes) => { bytes[20] ^= 128; return bytes; }],
  ["truncation", (bytes) => bytes.subarray(0, bytes.length - 1)],
  ["the check missing", (bytes) => bytes.subarray(0, 8)],
  ["something behind it", (bytes) => Buffer.concat([bytes, Buffer.of(0)])],
  ["random content of the right length", (bytes) => randomBytes(bytes.length)],
  ["nothing in it", () => Buffer.alloc(0)],
])("flash.bin is damaged by %s, and a new lock begins", (_what, damage) => {
  state().save(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), newStanding());
  const path = join(folder, "lock", "flash.bin");
  const bad = damage(readFileSync(path));
  writeFileSync(path, bad);
  const kept = state().load(8);
  expect(kept).toMatchObject({ flash: undefined, fresh: true, notes: [`${path} is damaged and was kept as ${path}.bad: the lock starts as new.`] });
  expect(readFileSync(`${path}.bad`).equals(bad)).toBe(true);
});

test.each([
  '{"version":1}', "[]", "null", '{"version":2}', JSON.stringify({ ...newStanding(), boltMs: 900 }), JSON.stringify({ ...newStanding(), version: 1 }),
  JSON.stringify({ ...newStanding(), modules: { finger: { present: 0, all: [] }, palmFace: null } }),
  JSON.stringify({ ...newStanding(), modules: { finger: { present: 0, all: [{ ...reader, serial: 3 }] }, palmFace: null } }),
  JSON.stringify({ ...newStanding(), clock: { registers: [1], atMs: 0 } }),
])(
  "%s is no standing of a world", (text) => {
    state().save(new Uint8Array(8), newStanding());
    writeFileSync(join(folder, "lock", "world.json"), text);
    expect(state().load(8).notes[0]).toContain("is damaged or of another version and was kept");
  });

test("one file of the two missing is told", () => {
  state().save(new Uint8Array(8), newStanding());
  rmSync(join(folder, "lock", "flash.bin"));
  expect(state().load(8)).toMatchObject({ fresh: true, notes: [expect.stringContaining("flash.bin is missing: the lock starts as new")] });
});

test("set aside, the old lock stays under a name of its own", () => {
  const empty = state();
  empty.claim();
  expect(empty.setAside()).toBeNull();
  for (const name of ["lock.old", "lock.old-2"]) {
    state().save(new Uint8Array(8), newStanding());
    expect(state().setAside()).toBe(join(folder, name));
    expect(existsSync(join(folder, name, "flash.bin"))).toBe(true);
  }
});

describe("one simulator at a time", () => {
  const holder = (): string => join(folder, "lock", "simulator.pid");
  const ended = spawnSync(process.execPath, ["-e", ""]).pid;

  test("the folder is claimed for this process and released", () => {
    const one = state();
    one.claim();
    expect(readFileSync(holder(), "utf8")).toBe(`${process.pid}\n`);
    one.release();
    expect(readdirSync(join(folder, "lock"))).toEqual([]);
  });

  test("a folder that a running process holds is refused and stays its own", () => {
    mkdirSync(join(folder, "lock"));
    writeFileSync(holder(), `${process.ppid}\n`);
    const second = state();
    expect(() => second.claim()).toThrow(new StateError(`${join(folder, "lock")} is in use by process ${process.ppid}; give another with --state.`));
    second.release();
    expect(readFileSync(holder(), "utf8")).toBe(`${process.ppid}\n`);
  });

  // A process of this number that ran before, as in a container, is gone too.
  test.each([[`${ended}\n`], [`${process.pid}\n`], [""], ["-1\n"], ["nobody"]])("a folder left behind by %p is taken over", (text) => {
    mkdirSync(join(folder, "lock"));
    writeFileSync(holder(), text);
    state().claim();
    expect(readFileSync(holder(), "utf8")).toBe(`${process.pid}\n`);
  });

  test("set aside, the new folder is claimed, and the old one is nobody's", () => {
    const one = state();
    one.claim();
    one.save(new Uint8Array(8), newStanding());
    expect(one.setAside()).toBe(join(folder, "lock.old"));
    expect(readdirSync(join(folder, "lock"))).toEqual(["simulator.pid"]);
    expect(readdirSync(join(folder, "lock.old")).sort()).toEqual(["flash.bin", "world.json"]);
  });
});

describe("a folder that cannot keep the state is told in one line", () => {
  const refuse = (path: string, why: string): void => {
    expect(() => new StateFolder(path).claim()).toThrow(new StateError(`cannot keep its state in ${path}: ${why}.`));
  };

  test("a file", () => {
    writeFileSync(join(folder, "file"), "mine");
    refuse(join(folder, "file"), "it is no folder");
    refuse(join(folder, "file", "lock"), "nothing can be made there");
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("mine");
  });

  test.each(["flash.bin", "world.json"])("a folder in the place of %s", (name) => {
    mkdirSync(join(folder, "lock", name), { recursive: true });
    refuse(join(folder, "lock"), `${name} in it is no file`);
    expect(readdirSync(join(folder, "lock"))).toEqual([name]);
  });

  const onLinux = existsSync("/proc/self") ? test : test.skip;
  onLinux("a place where nothing can be made, or written", () => {
    refuse("/proc/x", "nothing can be made there");
    refuse("/proc/x/y", "nothing can be made there");
    refuse("/proc/self", "nothing can be made there");
  });
});
