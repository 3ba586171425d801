/** TypeScript → one Lua file. */
import { join } from "node:path";
import ts from "typescript";
import * as tstl from "typescript-to-lua";
import { failOn, readConfig } from "./compiler";
import { writeEntry } from "./entry";
import { ImageName, products, readBoard, root } from "./sources";
import { UserError } from "./user-error";

/** "Bitwise operators are not supported for 5.1": they become calls of `bit`, a module NodeMCU has. */
const bitOperatorsBecomeCalls = 100027;

/** @returns the files to write, by name; for Lua 5.1 only what the tests play: boards have 5.3. */
export function buildLua(image: ImageName): Record<string, string> {
  const entry = writeEntry(image, "nodemcu");
  const made = { [products.lua53]: compile(entry, products.lua53, tstl.LuaTarget.Lua53) };
  if (readBoard(image.board).platform === "nodemcu") return made;
  return { ...made, [products.lua51]: compile(entry, products.lua51, tstl.LuaTarget.Lua51) };
}

function compile(entry: string, name: string, target: tstl.LuaTarget): string {
  const { options, raw } = readConfig("hal/platform/nodemcu/tsconfig.json");
  const all: tstl.CompilerOptions = {
    ...options,
    ...(raw.tstl as tstl.CompilerOptions),
    configFilePath: join(root, "hal/platform/nodemcu/tsconfig.json"),
    luaTarget: target,
    luaBundle: name,
    luaBundleEntry: entry,
    outDir: join(root, "build"),
  };
  const program = ts.createProgram([entry, join(root, "hal/platform/nodemcu/nodemcu.d.ts")], all);
  failOn(ts.getPreEmitDiagnostics(program));
  let text = "";
  const result = new tstl.Transpiler().emit({
    program,
    writeFile: (path, written) => { if (path.endsWith(name)) text = written; },
  });
  failOn(result.diagnostics.filter((one) => target !== tstl.LuaTarget.Lua51 || one.code !== bitOperatorsBecomeCalls));
  return inAscii(text);
}

/** The compiler writes the characters 128 to 255 of a text as they are, which the file would hold as two bytes each. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (one) => {
    if (one > "\xff") throw new UserError(`the character "${one}" is no byte: on the device a text holds bytes only`);
    return `\\${one.charCodeAt(0)}`;
  });
}
