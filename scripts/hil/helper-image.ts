/** The image of the rig helper: one file for an ESP32 with Espruino. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { rollup } from "rollup";
import { minify } from "terser";
import ts from "typescript";
import { failOn, readConfig } from "../build/compiler";
import { checkEspruino } from "../build/espruino-check";
import { closeFinalReturns } from "../build/final-returns";
import { root } from "../build/sources";
import { UserError } from "../build/user-error";

const config = "rig/esp32/tsconfig.json";
export const helperImage = join(root, "build/rig-esp32/espruino.js");

/** Writes it. @returns its path from the root, and its size in bytes. @throws UserError with a line for each mistake. */
export async function buildHelperImage(): Promise<{ path: string; size: number }> {
  const bundled = await bundle(compile());
  // The interpreter does not hoist functions. Nothing is renamed: what runs out there can be read.
  const shaped = await minify(bundled, { ecma: 5, compress: { defaults: false, hoist_funs: true, ecma: 5 }, mangle: false, format: { ecma: 5, ascii_only: true, beautify: true, indent_level: 1 } });
  const { code } = closeFinalReturns(shaped.code ?? "", "");
  checkEspruino(code, "");
  mkdirSync(join(helperImage, ".."), { recursive: true });
  writeFileSync(helperImage, code);
  return { path: relative(root, helperImage), size: code.length };
}

function compile(): Map<string, string> {
  const { options } = readConfig(config);
  const program = ts.createProgram([join(root, "rig/esp32/main.ts"), join(root, "hal/platform/espruino/espruino.d.ts")], { ...options, outDir: undefined, sourceMap: false });
  failOn(ts.getPreEmitDiagnostics(program));
  const files = new Map<string, string>();
  program.emit(undefined, (path, text) => { files.set(path, text); });
  return files;
}

async function bundle(files: Map<string, string>): Promise<string> {
  const build = await rollup({
    input: join(root, "rig/esp32/main.js"),
    plugins: [{
      name: "compiled",
      resolveId: (source, importer) => importer === undefined ? source : `${join(importer, "..", source)}.js`,
      load: (path) => files.get(path) ?? null,
    }],
    onwarn: (warning) => { throw new UserError(`bundler: ${warning.message}`); },
  });
  const { output } = await build.generate({ format: "iife", freeze: false, generatedCode: "es5", strict: false });
  await build.close();
  return output[0].code;
}
