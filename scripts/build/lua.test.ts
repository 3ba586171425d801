import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freshImage } from "./build";
import { countLua, limits } from "./lua-limits";
import { readManifest } from "./manifest";
import { headOf, nodemcuBase } from "./nodemcu-files";
import { lockImage, products, root } from "./sources";

test("a byte above 127 stands in the Lua image as one escape, not as the two bytes of its character", () => {
  const folder = freshImage(lockImage("sim"));
  for (const name of [products.lua53, products.lua51]) {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text.match(/[^\0-\x7f]/g)).toBeNull();
    // The mark of an erased slot of the journal, among others.
    expect(text).toContain('"\\255"');
  }
});

test.each([["Lua 5.3", products.lua53], ["Lua 5.1", products.lua51]] as const)("no function of the bundle is too large for %s, and there is room to grow", (version, name) => {
  const { locals, upvalues } = countLua(readFileSync(join(freshImage(lockImage("sim")), name), "utf8"));
  expect(locals.count).toBeLessThan(limits[version].locals * 0.75);
  expect(upvalues.count).toBeLessThan(limits[version].upvalues * 0.75);
});

test("locals count while they live, upvalues where they are used", () => {
  const most = countLua("local a, b = 1, 2\ndo local c = a print(c) end\ndo local d = b print(d) end\nreturn function() return a, b end");
  expect(most).toEqual({ locals: { count: 3, line: 0 }, upvalues: { count: 2, line: 4 } });
});

test("a board has the bundle for Lua 5.3, its head and the boot file; the simulator both bundles", () => {
  const folder = freshImage(lockImage("esp32-devkitc-nodemcu"));
  const { manifest, bytes } = readManifest(folder);
  expect(manifest.files.map(({ store, role }) => [store, role])).toEqual([["lock0", "image"], ["head0", "boot"], ["init.lua", "boot"]]);
  expect(bytes[1]).toBe(headOf(bytes[0], 1));
  expect(manifest.base.modules).toContain("encoder");
  expect(readFileSync(join(folder, "built-files"), "utf8")).not.toContain(products.lua51);
});

test("every module that the platform names is one that the base firmware must have", () => {
  const { modules } = nodemcuBase();
  const folder = join(root, "hal/platform/nodemcu");
  const named = readdirSync(folder).filter((name) => /^[a-z0-9]+\.(ts|lua)$/.test(name)).flatMap((name) =>
    [...readFileSync(join(folder, name), "utf8").matchAll(/\b(adc|crypto|encoder|file|gpio|i2c|io|ledc|node|rtcmem|sjson|sodium|tmr|uart|wifi)\.[a-z]/g)].map(([, module]) => module));
  expect([...new Set(named)].sort()).toEqual([...modules].sort());
});
