import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Manifest, manifestName, readManifest, sha256 } from "./manifest";

const folder = mkdtempSync(join(tmpdir(), "manifest-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, manifestName);
const bytes = "\x00lock\xff";

function manifest(): Manifest & Record<string, unknown> {
  return {
    format: 1, board: "sim", platform: "espruino", version: "0.1.0", git: "abc", base: { firmware: "Espruino", from: "2v27" }, soc: "esp32",
    files: [{ file: "lock.js", store: "lock", role: "image", size: bytes.length, sha256: sha256(bytes) }],
  };
}

function written(change: (made: ReturnType<typeof manifest>) => void): void {
  const made = manifest();
  change(made);
  writeFileSync(path, JSON.stringify(made));
  writeFileSync(join(folder, "lock.js"), bytes, "latin1");
}

test("a manifest and its bytes", () => {
  written(() => undefined);
  expect(readManifest(folder)).toEqual({ manifest: manifest(), bytes: [bytes] });
  expect(() => readManifest(join(folder, "none"))).toThrow(/^There is no \S+none\/manifest\.json; build again with npm run build\.$/);
});

test.each<[string, (made: ReturnType<typeof manifest>) => void]>([
  ["its format is 2, this program knows 1", (made) => { (made as { format: number }).format = 2; }],
  ['"git" is missing', (made) => { delete (made as Partial<Manifest>).git; }],
  ['"platform" is neither espruino nor nodemcu', (made) => { (made as { platform: string }).platform = "node"; }],
  ['"base" is missing', (made) => { delete (made as Partial<Manifest>).base; }],
  ['"variables" is no number', (made) => { (made as { variables: unknown }).variables = "5800"; }],
  ['"files" is empty', (made) => { made.files = []; }],
  ['a file is named "../lock.js"', (made) => { made.files[0].file = "../lock.js"; }],
  [`lock.js goes to "${"x".repeat(29)}"`, (made) => { made.files[0].store = "x".repeat(29); }],
  ['lock.js goes to "a\\"b"', (made) => { made.files[0].store = 'a"b'; }],
  ["lock.js has no role", (made) => { (made.files[0] as { role: string }).role = "data"; }],
  ["lock.js has no size", (made) => { made.files[0].size = 0.5; }],
  ["lock.js has no SHA-256", (made) => { made.files[0].sha256 = "0"; }],
])("refused: %s", (message, change) => {
  written(change);
  expect(() => readManifest(folder)).toThrow(`${path} is no manifest of a build (${message}); build again with npm run build.`);
});

test("a file that is not as it was built", () => {
  written((made) => { made.files[0].size++; });
  expect(() => readManifest(folder)).toThrow("lock.js has 6 bytes, and 7 in the manifest; build again");
  written((made) => { made.files[0].sha256 = sha256("other"); });
  expect(() => readManifest(folder)).toThrow("lock.js is not what was built: its SHA-256 is another one; build again");
  written((made) => { made.files[0].file = "gone.js"; });
  expect(() => readManifest(folder)).toThrow("gone.js, which the manifest names; build again");
  writeFileSync(path, "{");
  expect(() => readManifest(folder)).toThrow(/is no manifest of a build \(.*JSON.*\); build again/);
});
