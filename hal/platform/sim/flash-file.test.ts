import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StateFolder } from "./flash-file";
import { newStanding } from "./world/standing";

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), "lock-state-")); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const state = (): StateFolder => new StateFolder(join(folder, "lock"));

test("the first start is fresh; what is saved is loaded", () => {
  expect(state().load(8)).toMatchObject({ flash: undefined, fresh: true, notes: [] });
  const standing = { ...newStanding(), doorOpen: true };
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

test.each(['{"version":1}', "[]", "null", '{"version":2}', JSON.stringify({ ...newStanding(), boltMs: 900 })])(
  "%s is no standing of a world", (text) => {
    state().save(new Uint8Array(8), newStanding());
    writeFileSync(join(folder, "lock", "world.json"), text);
    expect(state().load(8).notes[0]).toContain("is damaged");
  });

test("one file of the two missing is told", () => {
  state().save(new Uint8Array(8), newStanding());
  rmSync(join(folder, "lock", "flash.bin"));
  expect(state().load(8)).toMatchObject({ fresh: true, notes: [expect.stringContaining("flash.bin is missing: the lock starts as new")] });
});

test("set aside, the old lock stays under a name of its own", () => {
  expect(state().setAside()).toBeNull();
  for (const name of ["lock.old", "lock.old-2"]) {
    state().save(new Uint8Array(8), newStanding());
    expect(state().setAside()).toBe(join(folder, name));
    expect(existsSync(join(folder, name, "flash.bin"))).toBe(true);
  }
});
