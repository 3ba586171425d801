/** The lock on the real interpreter with a clock in it: how long it works, without the host and the way there. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Engine, Image } from "../../../hal/platform/sim/chip";
import { openInterpreter, withoutComments } from "../../../test/engines/espruino";
import { flashImage } from "../../../test/engines/espruino/flash-image";
import { EspruinoProcess } from "../../../test/engines/espruino/process";
import { base64, Machine, startGuest } from "../../../test/engines/guest";
import { freshImage } from "../../build/build";
import { lockImage, products, root } from "../../build/sources";

/** Pins of floor.js, that the simulated lock has not got. */
const floorPins = { in: 38, out: 37 };

export interface Clocked {
  engine: Engine;
  /** Lets floor.js run once. */
  floor(image: Image): void;
}

/** @param onPiece told at each exchange for how many µs the interpreter has worked since the last one */
export function clockedLock(onPiece: (us: number) => void): Clocked {
  const lock = readFileSync(join(freshImage(lockImage("sim")), products.espruino), "latin1");
  const [boot, prelude] = ["boot.js", "prelude.js"].map((name) => programText(`test/engines/espruino/${name}`));
  const [clock, floor] = ["clock.js", "floor.js"].map((name) => programText(`scripts/bench/interpreter/${name}`));
  const beside = floor.replace("IN", String(floorPins.in)).replace("OUT", String(floorPins.out));
  const files = { "boot.js": boot.replace("PRELUDE", () => `${clock}(${prelude},${beside})`).replace("FREE", "0"), "espruino.flash": flashImage({ lock }) };
  let level = 0;
  return {
    engine: (chip) => startGuest("espruino", chip, base64, () => openClocked(new EspruinoProcess(resolve(process.env.ESPRUINO_BIN ?? ""), files), onPiece)),
    floor: (image) => {
      level = 1 - level;
      image.pinChanged(floorPins.in, level);
    },
  };
}

function programText(path: string): string {
  return withoutComments(readFileSync(join(root, path), "latin1"));
}

function openClocked(interpreter: EspruinoProcess, onPiece: (us: number) => void): Machine {
  const read = (): string => {
    const told = interpreter.read();
    const end = told.lastIndexOf("\n");
    onPiece(Number(told.slice(end + 1)));
    return told.slice(0, end);
  };
  return openInterpreter(interpreter, read);
}
