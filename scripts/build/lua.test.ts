import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freshImage } from "./build";
import { lockImage, products } from "./sources";

test("a byte above 127 stands in the Lua image as one escape, not as the two bytes of its character", () => {
  const folder = freshImage(lockImage("sim"));
  for (const name of [products.lua53, products.lua51]) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text.match(/[^\0-\x7f]/g)).toBeNull();
    // The mark of an erased slot of the journal, among others.
    expect(text).toContain('FREE = "\\255"');
  }
});
