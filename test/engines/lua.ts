/** The Lua bundles on three machines: 5.3 and 5.1 in C, and 5.3 with 32-bit integers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../hal/platform/sim/chip";
import { freshImage } from "../../scripts/build/build";
import { ImageName, products } from "../../scripts/build/sources";
import { hex, Machine, startGuest } from "./guest";
import { ChipFiles } from "./lua/files";
import { openFengari } from "./lua/fengari";
import { LuaState } from "./lua/state";
import { openLua51, openLua53 } from "./lua/wasm";

/** The last line of a turn; no question ends so. */
const turnOver = ".";

const machines = {
  lua53: { open: openLua53, product: products.lua53 },
  lua51: { open: openLua51, product: products.lua51 },
  lua32: { open: openFengari, product: products.lua53 },
};

const models = ["prelude.lua", "buses.lua", "files.lua", "prompt.lua", "sandbox.lua"];

/** @param boot what runs in the bundle's place: the boot file, which finds it among the files, or the prompt */
export function luaEngine(name: keyof typeof machines, image: ImageName, files = new ChipFiles(), boot: string | null = null): Engine {
  const { open, product } = machines[name];
  const program = boot ?? readFileSync(join(freshImage(image), product), "utf8");
  const texts = models.map((file) => readFileSync(join(__dirname, "lua", file), "utf8"));
  return (chip) => startGuest(name, chip, hex, () => openMachine(open(), texts, program, files));
}

function openMachine(state: LuaState, texts: string[], program: string, files: ChipFiles): Machine {
  for (const text of texts) state.run(text);
  const refused = state.call("host_load", program);
  if (refused !== "") throw new Error(`the image does not load: ${refused}`);
  return {
    deliver(event, ask) {
      let out = state.call("host_resume", event);
      while (!out.endsWith(turnOver)) out = state.call("host_resume", answer(out, ask, files));
      return out;
    },
    close: () => state.close(),
  };
}

/** A question about files is answered here; what was told before it goes on its way first. */
function answer(out: string, ask: (lines: string) => string, files: ChipFiles): string {
  const at = out.lastIndexOf("\n") + 1;
  if (!out.startsWith("@ ", at)) return ask(out);
  if (at > 0) ask(`${out.slice(0, at)}+`);
  return files.serve(out.slice(at + 2).split(" "));
}
