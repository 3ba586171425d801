/** The Espruino bundle on the real interpreter, as its Linux program. */
import { accessSync, constants, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Engine } from "../../hal/platform/sim/chip";
import { freshImage } from "../../scripts/build/build";
import { ImageName, products } from "../../scripts/build/sources";
import { flashImage } from "./espruino/flash-image";
import { EspruinoProcess } from "./espruino/process";
import { base64, Machine, startGuest } from "./guest";

/** Null if there is an interpreter. */
export function whyNoEspruino(): string | null {
  const program = process.env.ESPRUINO_BIN;
  if (program === undefined || program === "") return "no interpreter: set ESPRUINO_BIN to the Linux program of Espruino";
  try {
    accessSync(program, constants.X_OK);
    return null;
  } catch {
    return `no interpreter: ESPRUINO_BIN names ${program}, which cannot be run`;
  }
}

/** @param free variables left for the image, 0: as many as the interpreter has */
export function espruinoEngine(image: ImageName, free = 0): Engine {
  const program = resolve(process.env.ESPRUINO_BIN ?? "");
  const lock = readFileSync(join(freshImage(image), products.espruino), "latin1");
  const [boot, prelude] = ["boot.js", "prelude.js"].map((name) => withoutComments(readFileSync(join(__dirname, "espruino", name), "latin1")));
  const files = {
    "boot.js": boot.replace("PRELUDE", () => prelude).replace("FREE", String(free)),
    // From Storage the bodies of functions stay in flash, as on the chip.
    "espruino.flash": flashImage({ lock }),
  };
  return (chip) => startGuest("espruino", chip, base64, () => openInterpreter(new EspruinoProcess(program, files)));
}

/** @param read takes what the interpreter says next */
export function openInterpreter(interpreter: EspruinoProcess, read = (): string => interpreter.read()): Machine {
  return {
    deliver(event, ask) {
      if (event.startsWith("start")) interpreter.read();
      interpreter.write(event);
      let out = read();
      for (; !out.endsWith("."); out = read()) interpreter.write(ask(out));
      return out;
    },
    close: () => interpreter.close(),
  };
}

/** Block comments cost variables in the interpreter; the two texts hold no other kind. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").trim();
}
