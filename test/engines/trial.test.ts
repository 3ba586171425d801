/** An update on trial, as the ports of the two platforms tell it and the console says it: it leaves the other place alone until it is confirmed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newWorld, Session } from "../../hal/platform/sim/world";
import { freshImage } from "../../scripts/build/build";
import { headOf, initFile } from "../../scripts/build/nodemcu-files";
import { lockImage, products, readBoard } from "../../scripts/build/sources";
import { espruinoJsEngine } from "./espruino-js";
import { luaEngine } from "./lua";
import { ChipFiles } from "./lua/files";

const image = lockImage("sim");

/** @returns a chip that runs the lock as an update in its second place, its own first one confirmed */
function updatedLua(): ChipFiles {
  const bundle = readFileSync(join(freshImage(image), products.lua53), "latin1");
  const files = new ChipFiles();
  files.files.set("lock0", bundle).set("head0", headOf(bundle, 1)).set("works0", "x");
  files.files.set("lock1", bundle).set("head1", headOf(bundle, 2));
  return files;
}

test.each([
  ["espruino-js", () => espruinoJsEngine(image), "2v29", "a"],
  ["lua53", () => luaEngine("lua53", image, updatedLua(), initFile()), "202410240512", "b"],
])("%s", (_name, engine, base, place) => {
  const session = new Session(newWorld({ board: readBoard("sim"), seed: "trial", engine: engine() }));
  const begin = (): string => session.perform(`update begin 100 ${"0".repeat(64)}`).at(-1) ?? "";
  for (const line of ["power on", "interactive off", "wait 1s"]) session.perform(line);
  expect(session.trace.find((line) => / boot /.test(line))).toMatch(new RegExp(` base=${base}$`));
  expect(session.perform("version").slice(1)).toEqual([`base=${base}`, `place=${place} trial`, "ok"]);
  expect(begin()).toMatch(/^error busy the new image is on trial; try again in 1\d s$/);
  session.perform("wait 25s");
  expect(session.perform("version").slice(1)).toEqual([`base=${base}`, `place=${place}`, "ok"]);
  expect(begin()).toBe("ok");
  session.world.powerOff();
});
