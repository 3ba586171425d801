/** The whole lock, started by init.lua on the model of NodeMCU, takes a new image over its console, and starts it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newWorld, Session } from "../../../hal/platform/sim/world";
import { freshImage } from "../../../scripts/build/build";
import { headOf, initFile } from "../../../scripts/build/nodemcu-files";
import { lockImage, products, readBoard } from "../../../scripts/build/sources";
import { luaEngine } from "../lua";
import { ChipFiles } from "./files";

const bundle = readFileSync(join(freshImage(lockImage("sim")), products.lua53), "latin1");
/** Fits into one piece, and answers nothing. */
const next = 'uart.setup(0, 115200, 8, 0, 1, 0) uart.start(0) uart.write(0, "@0 boot cause=restart version=next\\n")';

function sha(bytes: string): string {
  return createHash("sha256").update(bytes, "latin1").digest().toString("latin1");
}

function hex(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("hex");
}

test("a new image is taken with the right check only, starts, and is left again when it does not say that it works", () => {
  const files = new ChipFiles();
  files.files.set("lock0", bundle).set("head0", headOf(bundle, 1));
  const session = new Session(newWorld({ board: readBoard("sim"), seed: "update", engine: luaEngine("lua53", lockImage("sim"), files, initFile()) }));
  const tell = (line: string): string => session.perform(line).at(-1) ?? "";
  for (const line of ["power on", "interactive off", "wait 25s"]) expect(tell(line)).toBe("ok");
  // It ran for a while without a fault: the image stays.
  expect(files.files.get("works0")).toBe("x");
  const digest = sha(next);
  expect(session.perform(`update begin ${next.length} ${hex(digest)}`)).toEqual(["place=b piece=120", "ok"]);
  expect(tell(`update 0 ${Buffer.from(next, "latin1").toString("base64")}`)).toBe("ok");
  expect(tell(`update end ${"0".repeat(64)}`)).toMatch(/^error denied /);
  expect(files.files.has("head1")).toBe(false);
  expect(tell(`update end ${hex(sha(sha("update") + digest))}`)).toBe("ok");
  expect([files.files.get("lock1"), files.files.get("head1")]).toEqual([next, headOf(next, 2)]);
  tell("wait 1s");
  expect(files.files.get("tries1")).toBe("x");
  // A minute without a word.
  tell("wait 61s");
  expect(files.files.get("tries1")).toBe("xxx");
  expect(session.perform("version").at(-1)).toBe("ok");
  session.world.powerOff();
});
