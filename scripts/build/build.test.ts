import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "build-"));
const image = { board: "esp32-devkitc-espruino", main: "firmware/main" };
let compiled = 0;
let from = "a";
let git = "1234+changes";

// The real compilers take ten seconds, and the folder of the board belongs to other tests.
jest.doMock("./sources", () => ({ ...jest.requireActual("./sources"), outputFolder: () => folder, digest: () => from }));
jest.doMock("./lua", () => ({}));
jest.doMock("./espruino", () => ({
  buildEspruino: () => {
    compiled++;
    return { "lock.img": `image ${from}\xff` };
  },
}));
jest.doMock("./chip-files", () => ({ chipFiles: (_board: unknown, built: Record<string, string>) => ({ "lock.bin": `head ${built["lock.img"]}`, "manifest.json": git }) }));
const { buildImage, freshImage } = require("./build") as typeof import("./build");

afterAll(() => rmSync(folder, { recursive: true }));

const told = (name: string): string => readFileSync(join(folder, name), "latin1");

test("compiled once for the same sources; the manifest is made on every build", async () => {
  expect((await buildImage(image)).map(({ path, size }) => [path, size])).toEqual([[join(folder, "lock.img"), 8], [join(folder, "lock.bin"), 13], [join(folder, "manifest.json"), 12]]);
  git = "5678";
  await buildImage(image);
  expect([compiled, told("lock.img"), told("lock.bin"), told("manifest.json")]).toEqual([1, "image a\xff", "head image a\xff", "5678"]);
  from = "b";
  await buildImage(image);
  expect([compiled, told("lock.bin")]).toEqual([2, "head image b\xff"]);
});

test.each(["lock.img", "lock.bin", "built-files", "built-from"])("without %s it is built again", async (name) => {
  const before = compiled;
  rmSync(join(folder, name));
  expect((await buildImage(image)).every(({ path }) => existsSync(path))).toBe(true);
  expect([compiled, existsSync(join(folder, name))]).toEqual([before + 1, true]);
});

test("who only asks for a fresh image gets it as it is", () => {
  writeFileSync(join(folder, "manifest.json"), "as it was");
  expect([freshImage(image), told("manifest.json")]).toEqual([folder, "as it was"]);
});
