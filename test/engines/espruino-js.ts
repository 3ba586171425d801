/** The Espruino bundle in a strict stand-in of the interpreter: Node's engine with all taken away that Espruino lacks. */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import vm from "node:vm";
import { Engine } from "../../hal/platform/sim/chip";
import { freshImage } from "../../scripts/build/build";
import { ImageName, products } from "../../scripts/build/sources";
import { base64, Machine, startGuest } from "./guest";
import { removeBuiltins } from "./espruino/builtins";

const name = "espruino-js";
const bundleName = "espruino.js";

export function espruinoJsEngine(image: ImageName): Engine {
  const folder = freshImage(image);
  const bundle = new vm.Script(readFileSync(join(folder, products.espruino), "utf8"), { filename: bundleName });
  const prelude = new vm.Script(readFileSync(join(__dirname, "espruino/prelude.js"), "utf8"), { filename: "prelude.js" });
  const map = readFileSync(join(folder, products.espruinoMap), "utf8");
  return (chip) => startGuest(name, chip, base64, () => openContext(prelude, bundle, map));
}

type Turn = (event: string) => string;

function openContext(prelude: vm.Script, bundle: vm.Script, map: string): Machine {
  let ask: (lines: string) => string = () => "";
  const context = vm.createContext({});
  removeBuiltins(context);
  Object.assign(context, {
    global: vm.runInContext("this", context),
    atob: base64.decode,
    btoa: base64.encode,
    E: { toString: readBytes },
    process: { memory: () => ({ usage: -1, blocksize: 1 }) },
  });
  const native = { run: () => bundle.runInContext(context), bytesOf, memory: () => -1, SHA256: null };
  const turn = prelude.runInContext(context)((lines: string) => ask(lines), native) as Turn;
  return {
    deliver: (event, answer) => {
      ask = answer;
      return turn(event);
    },
    explain: (failure) => explain(failure, map),
    close: () => undefined,
  };
}

/** What the interpreter returns as typed array: nothing but `E.toString` can read it. */
class NativeBytes {
  constructor(readonly bytes: string) {}
}

function bytesOf(bytes: string): NativeBytes {
  return new NativeBytes(bytes);
}

function readBytes(value: unknown): string {
  if (value instanceof NativeBytes) return value.bytes;
  throw new Error("E.toString of something that is not bytes");
}

/** Puts the line of the source beside each place in the bundle. */
export function explain(failure: string, map: string): string {
  const sources = new SourceMap(JSON.parse(map));
  return failure.replace(/espruino\.js:(\d+):(\d+)/g, (place, line, column) => {
    const found = sources.findEntry(Number(line) - 1, Number(column) - 1);
    return "originalSource" in found ? `${found.originalSource}:${found.originalLine + 1}` : place;
  });
}
