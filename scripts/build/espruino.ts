/** TypeScript → ES5 → one file → the interpreter's own shape. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { rollup, Plugin } from "rollup";
import { minify } from "terser";
import ts from "typescript";
import { failOn, readConfig } from "./compiler";
import { checkEspruino, placeFinder } from "./espruino-check";
import { reservedWords } from "./espruino-rules";
import { writeEntry } from "./entry";
import { closeFinalReturns } from "./final-returns";
import { checkMadeAnew, readonlyLists } from "./made-anew";
import { sliceBundle, sliceNames } from "./slices";
import { ImageName, products, root } from "./sources";
import { UserError } from "./user-error";

interface Compiled {
  code: string;
  map: string;
}

/** @returns the files to write, by name. */
export async function buildEspruino(image: ImageName): Promise<Record<string, string>> {
  const entry = writeEntry(image, "espruino");
  const { files, readonly } = compile(entry);
  const bundled = await bundle(files, entry.replace(/\.ts$/, ".js"));
  const shaped = await shape(bundled);
  checkEspruino(shaped.code, shaped.map);
  const place = placeFinder(shaped.map);
  return { [products.espruino]: sliceBundle(shaped.code, ({ loc }) => loc !== undefined && loc !== null && readonly.has(place(loc.start))) };
}

/** @returns also the places of lists that are declared readonly */
function compile(entry: string): { files: Map<string, Compiled>; readonly: Set<string> } {
  const { options } = readConfig("hal/platform/espruino/tsconfig.json");
  // Nothing is written: the compiled files go straight to the bundler.
  options.outDir = undefined;
  const program = ts.createProgram([entry, join(root, "hal/platform/espruino/espruino.d.ts")], options);
  failOn(ts.getPreEmitDiagnostics(program));
  checkMadeAnew(program);
  const files = new Map<string, Compiled>();
  const result = program.emit(undefined, (path, text) => {
    const file = path.replace(/\.map$/, "");
    const known = files.get(file) ?? { code: "", map: "" };
    files.set(file, path.endsWith(".map") ? { ...known, map: text } : { ...known, code: text });
  });
  failOn(result.diagnostics);
  return { files, readonly: readonlyLists(program) };
}

/** Hands the compiled files to the bundler. */
function fromMemory(files: Map<string, Compiled>): Plugin {
  return {
    name: "from-memory",
    resolveId(source, importer) {
      const path = importer === undefined ? source : posix.join(posix.dirname(importer), source);
      return [path, `${path}.js`, `${path}/index.js`].find((name) => files.has(name)) ?? null;
    },
    load(path) {
      const file = files.get(path);
      return file === undefined ? null : { code: file.code, map: file.map };
    },
  };
}

async function bundle(files: Map<string, Compiled>, entry: string): Promise<{ code: string; map: string }> {
  const build = await rollup({
    input: entry,
    plugins: [fromMemory(files)],
    onwarn: (warning) => { throw new UserError(`bundler: ${warning.message}`); },
  });
  const { output } = await build.generate({
    // Beside nothing real: paths in the source map become relative to the root.
    file: join(root, products.espruino),
    format: "iife",
    freeze: false,
    generatedCode: "es5",
    sourcemap: true,
    strict: false,
  });
  await build.close();
  const [chunk] = output;
  return { code: chunk.code, map: chunk.map === null ? "" : chunk.map.toString() };
}

/** Members of the interpreter's own objects, and of those that it is given: they keep their names. */
function platformNames(): string[] {
  const path = "hal/platform/espruino/espruino.d.ts";
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isPropertySignature(node) || ts.isMethodSignature(node) || ts.isPropertyDeclaration(node) || ts.isMethodDeclaration(node)) && ts.isIdentifier(node.name)) {
      names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest));
  return [...names];
}

/**
 * The interpreter does not hoist functions, so they are moved to the top of their scope. No other
 * rewriting: folding statements into expressions makes the interpreter slower, and `unused` drops the
 * second of two `var` of one name, which the interpreter needs where the first was skipped.
 */
async function shape(bundled: { code: string; map: string }): Promise<{ code: string; map: string }> {
  const shaped = await minify(bundled.code, {
    ecma: 5,
    compress: { defaults: false, hoist_funs: true, dead_code: true, evaluate: true, ecma: 5 },
    // Words of later editions that the interpreter does not take as names. A name of up to four
    // characters and a small number fit into one variable of the interpreter.
    mangle: { reserved: [...reservedWords, ...sliceNames], properties: { builtins: false, reserved: platformNames() } },
    format: { ecma: 5, ascii_only: true },
    sourceMap: { content: bundled.map },
  });
  return closeFinalReturns(shaped.code ?? "", String(shaped.map));
}
