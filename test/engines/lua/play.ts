/** TypeScript of a test's own on the Lua machines, compiled as an image is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileLua } from "../../../scripts/build/lua";
import { root } from "../../../scripts/build/sources";
import { openLua51, openLua53 } from "./wasm";

/** What the sources know besides the language: `out` writes a line, `host.sum` knows its names, `host.both` has two results. */
const declarations = `
declare function out(this: void, ...values: unknown[]): void;
/** @noSelf */
declare namespace host { function sum(values: { left: number; right: number }): number; function both(): number }
`;

const prelude = `
local lines = {}
function out(...)
  local words = {}
  for i = 1, select("#", ...) do words[i] = tostring((select(i, ...))) end
  lines[#lines + 1] = table.concat(words, " ")
end
host = { sum = function(values) return values.left + values.right end, both = function() return 1, 2 end }
bit = _VERSION == "Lua 5.1" and { bor = function(a, b) return a + b end, lshift = function(a, n) return a * 2 ^ n end } or nil
function play(text)
  assert((loadstring or load)(text))()
  return table.concat(lines, "\\n")
end
`;

export interface Played {
  /** Lines, the same on 5.1 and 5.3. */
  out: string[];
  /** For 5.3. */
  image: string;
  /** How many variables are kept at the top. */
  kept: number;
}

/** @param files by name; \`main\` is the entry @throws Error where the two versions differ, UserError of the build */
export function playLua(files: { [name: string]: string }): Played {
  // Inside the sources, where the compiler's options want them.
  mkdirSync(join(root, "build"), { recursive: true });
  const folder = mkdtempSync(join(root, "build", "lua-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.ts`), text);
    writeFileSync(join(folder, "host.d.ts"), declarations);
    const [old, image] = (["5.1", "5.3"] as const).map((version) => compileLua(join(folder, "main.ts"), join(folder, "host.d.ts"), version));
    const [on51, on53] = [run(openLua51, old), run(openLua53, image)];
    if (on51 !== on53) throw new Error(`Lua 5.1 says ${on51}, Lua 5.3 ${on53}`);
    return { out: on53.split("\n"), image, kept: new Set(image.match(/\b____kept\d+/g)).size };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(open: typeof openLua53, text: string): string {
  const state = open();
  state.run(prelude);
  const lines = state.call("play", text);
  state.close();
  return lines;
}
