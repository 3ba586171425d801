/** Loads TypeScript in a process of its own, and keeps what it was compiled to: the second start takes half a second instead of several. */
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../..");
const folder = join(root, "build/compiled");
const versions = ["tsconfig.json", "test/transform.js", "node_modules/typescript/package.json"].map((name) => readFileSync(join(root, name), "utf8")).join("\0");

function compiled(path) {
  const source = readFileSync(path, "utf8");
  const kept = join(folder, `${createHash("sha256").update(`${versions}\0${path}\0${source}`).digest("hex")}.js`);
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  const { code } = require("../../test/transform.js").process(source, path);
  // Another process may be reading it: it sees a whole one or none.
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
}

require.extensions[".ts"] = (module, path) => module._compile(compiled(path), path);
