/** TypeScript → one Lua file. */
import { join } from "node:path";
import ts from "typescript";
import * as tstl from "typescript-to-lua";
import { failOn, readConfig } from "./compiler";
import { writeEntry } from "./entry";
import { readModules } from "./lua-modules";
import { markMembers, memberGroups, readonlyLists } from "./lua-names";
import { packRecords } from "./lua-records";
import { isSlice, sliceModules } from "./lua-slices";
import { checkMadeAnew } from "./made-anew";
import { ImageName, products, readBoard, root } from "./sources";
import { UserError } from "./user-error";

/** "Bitwise operators are not supported for 5.1": they become calls of `bit`, a module NodeMCU has. */
const bitOperatorsBecomeCalls = 100027;

/** @returns the files to write, by name; for Lua 5.1 only what the tests play: boards have 5.3. */
export function buildLua(image: ImageName): Record<string, string> {
  const entry = writeEntry(image, "nodemcu");
  const declarations = join(root, "hal/platform/nodemcu/nodemcu.d.ts");
  const made = { [products.lua53]: compileLua(entry, declarations, "5.3") };
  if (readBoard(image.board).platform === "nodemcu") return made;
  return { ...made, [products.lua51]: compileLua(entry, declarations, "5.1") };
}

/** @param declarations what Lua has besides its own, and whose names stay as they are @returns ASCII */
export function compileLua(entry: string, declarations: string, version: "5.1" | "5.3"): string {
  const target = version === "5.1" ? tstl.LuaTarget.Lua51 : tstl.LuaTarget.Lua53;
  const { options, raw } = readConfig("hal/platform/nodemcu/tsconfig.json");
  const all: tstl.CompilerOptions = {
    ...options,
    ...(raw.tstl as tstl.CompilerOptions),
    configFilePath: join(root, "hal/platform/nodemcu/tsconfig.json"),
    luaTarget: target,
  };
  const program = ts.createProgram([entry, declarations], all);
  failOn(ts.getPreEmitDiagnostics(program));
  checkMadeAnew(program);
  const files = new Map<string, tstl.File>();
  // Nothing is printed module by module: what one is made of is gathered, and printed as a whole.
  const gather: tstl.Printer = (_program, _host, name, file) => {
    files.set(name, file);
    return new tstl.LuaPrinter(ts.sys, program, name).print(tstl.createFile([], new Set(), ""));
  };
  const result = new tstl.Transpiler().emit({ program, writeFile: () => undefined, plugins: [{ visitors: markMembers, printer: gather }] });
  failOn(result.diagnostics.filter((one) => target !== tstl.LuaTarget.Lua51 || one.code !== bitOperatorsBecomeCalls));
  const library = new Set([...files.values()].flatMap(({ luaLibFeatures }) => [...luaLibFeatures]));
  const statements = packRecords(sliceModules(readModules(files, entry), readonlyLists(program)), memberGroups(program), isSlice);
  const whole = tstl.createFile(statements, library, "");
  // Functions stand a dozen levels deep in comparisons: spaces before them would be half of the file.
  return inAscii(new tstl.LuaPrinter(ts.sys, program, entry).print(whole).code.replace(/\n +/g, "\n"));
}

/** The compiler writes the characters 128 to 255 of a text as they are, which the file would hold as two bytes each. */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (one) => {
    if (one > "\xff") throw new UserError(`the character "${one}" is no byte: on the device a text holds bytes only`);
    return `\\${one.charCodeAt(0)}`;
  });
}
