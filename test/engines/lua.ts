/** The Lua bundles on three machines: 5.3 and 5.1 in C, and 5.3 with 32-bit integers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "../../hal/platform/sim/chip";
import { freshImage } from "../../scripts/build/build";
import { ImageName, products } from "../../scripts/build/sources";
import { hex, Machine, startGuest } from "./guest";
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

export function luaEngine(name: keyof typeof machines, image: ImageName): Engine {
  const { open, product } = machines[name];
  const bundle = readFileSync(join(freshImage(image), product), "utf8");
  const preludes = ["prelude.lua", "buses.lua", "sandbox.lua"].map((file) => readFileSync(join(__dirname, "lua", file), "utf8"));
  return (chip) => startGuest(name, chip, hex, () => openMachine(open(), preludes, bundle));
}

function openMachine(state: LuaState, preludes: string[], bundle: string): Machine {
  for (const prelude of preludes) state.run(prelude);
  const refused = state.call("host_load", bundle);
  if (refused !== "") throw new Error(`the image does not load: ${refused}`);
  return {
    deliver(event, ask) {
      let out = state.call("host_resume", event);
      while (!out.endsWith(turnOver)) out = state.call("host_resume", ask(out));
      return out;
    },
    close: () => state.close(),
  };
}
