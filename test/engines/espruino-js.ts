/** The Espruino image in a strict stand-in of the interpreter: Node's engine with all taken away that Espruino lacks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { Engine } from "../../hal/platform/sim/chip";
import { freshImage } from "../../scripts/build/build";
import { ImageName, products } from "../../scripts/build/sources";
import { base64, Machine, startGuest } from "./guest";
import { removeBuiltins } from "./espruino/builtins";
import { counted } from "./espruino/depth";

export function espruinoJsEngine(name: ImageName): Engine {
  const folder = freshImage(name);
  const image = readFileSync(join(folder, products.espruino), "latin1");
  const prelude = new vm.Script(readFileSync(join(__dirname, "espruino/prelude.js"), "utf8"), { filename: "prelude.js" });
  return (chip) => startGuest("espruino-js", chip, base64, () => openContext(prelude, image));
}

/** As the boot file starts an image. */
const start = "L(F.substr(8, parseInt(F.substr(0, 8), 10)))()";

type Turn = (event: string) => string;

function openContext(prelude: vm.Script, image: string): Machine {
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
  const L = counted(vm.runInContext("Function", context) as FunctionConstructor);
  const native = { run: () => vm.runInContext(start, Object.assign(context, { F: image, L })), bytesOf, memory: () => -1, SHA256: null };
  const turn = prelude.runInContext(context)((lines: string) => ask(lines), native) as Turn;
  return {
    deliver: (event, answer) => {
      ask = answer;
      return turn(event);
    },
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
