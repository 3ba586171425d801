import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freshImage } from "./build";
import { readable } from "./pretokenise";
import { lockImage, products } from "./sources";

test("no list of the lock's own with rows in it is kept in memory: each is declared readonly, and found again in the bundle", () => {
  const image = readFileSync(join(freshImage(lockImage("sim")), products.espruino), "latin1");
  const program = readable(image.substr(8, parseInt(image.substr(0, 8), 10))).replace(/ /g, "");
  expect(program).toContain("T=function(o,i){");
  expect(program.match(/[;{}]\w+=\[[[({L].{0,80}/g)).toBeNull();
});
