import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseVcd } from "../trace/vcd-parse";
import { newFakeLock } from "../../test/rig/fake-lock";
import { scenarioCommand } from "./command";
import { EngineSource } from "./engines";

/** Engines that are alike, but for lua51; one cannot run. */
const fakeEngines: EngineSource = {
  names: async () => ["sim", "lua32", "lua51", "espruino"],
  load: async (name) => {
    if (name === "espruino") return "no interpreter";
    const word = name === "lua51" ? "other" : "same";
    return newFakeLock({ name: (chip, print) => print(`@${chip.now()} engine ${word}`) }).engine;
  },
};

let folder: string;
let printed: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scenarios-"));
  mkdirSync(join(folder, "more"));
  writeFileSync(join(folder, "a.scn"), "# K1\n> say a\n< a\n");
  writeFileSync(join(folder, "more", "b.scn"), "# K1\n> name\n< engine\n");
  printed = "";
  complaint = "";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let complaint: string;
const out = { write: (text: string) => { printed += text; }, complain: (text: string) => { complaint += text; }, terminal: false };
const run = (...args: string[]): Promise<number> => scenarioCommand(args, out, fakeEngines);

test("files, folders and patterns; the summary and the exit code", async () => {
  expect(await run(folder)).toBe(0);
  expect(printed).toBe("2 passed, 0 failed\n");
  writeFileSync(join(folder, "a.scn"), "# K1\n> fly\n= ok\n");
  expect(await run(join(folder, "*.scn"))).toBe(1);
  expect(printed).toContain("0 passed, 1 failed");
  expect(await run(join(folder, "**/b.scn"), join(folder, "more/b.scn"))).toBe(0);
  expect(printed).toContain("1 passed, 0 failed");
});

test("transcripts are written, a file a scenario", async () => {
  await run("--transcript", join(folder, "out"), join(folder, "a.scn"));
  const [name] = readdirSync(join(folder, "out"));
  expect(readFileSync(join(folder, "out", name), "utf8")).toMatch(/> trace on\nok\n> say a\n@4000 a\nok\n$/);
});

test("logs a file a scenario, and waveforms of one", async () => {
  await run("--log", join(folder, "out"), "--vcd", join(folder, "a.vcd"), join(folder, "a.scn"));
  const [name] = readdirSync(join(folder, "out"));
  expect(readFileSync(join(folder, "out", name), "utf8")).toMatch(/^# lock log 1\n# board sim\n(.*\n)* +4\.000 +- lock> say a\n/);
  expect(parseVcd(readFileSync(join(folder, "a.vcd"), "utf8")).signals.has("pins.motor_withdraw")).toBe(true);
});

test("what fails is shrunk", async () => {
  writeFileSync(join(folder, "a.scn"), "# K1\n> say a\n> say b\n+3s\n> fly\n= ok\n");
  expect(await run("--shrink", join(folder, "a.scn"))).toBe(1);
  expect(printed).toMatch(/SHRUNK .*a\.scn: 2 of its 5 lines fail in the same way \(\d+ plays\):\n {4}# K1: what still fails\n {4}> fly\n {4}= ok\n/);
});

test("all engines are compared with the first", async () => {
  expect(await run("--engine=all", folder)).toBe(1);
  expect(printed).toContain("espruino left out: no interpreter\n");
  expect(printed).toContain("lua32: 2 passed, 0 failed, 0 unlike sim\n");
  expect(printed).toContain("    - sim: @4000 engine same\n    + lua51: @4000 engine other\n");
  expect(printed).toContain("lua51: 2 passed, 0 failed, 1 unlike sim\n");
});

describe("a board whose image has a closed console", () => {
  test("is played with an open one; a scenario of the project may be named from its folder", async () => {
    expect(await scenarioCommand(["--board", "esp32-devkitc-espruino", "console/users.scn", "unlock/passcode.scn"], out)).toBe(0);
    expect(printed).toBe("2 passed, 0 failed\n");
  });

  test("an engine that takes the image as it is says what to do", async () => {
    expect(await scenarioCommand(["--board", "esp32-devkitc-espruino", "--engine", "lua53", "console/users.scn"], out)).toBe(2);
    expect(complaint).toBe("engine lua53: the console of esp32-devkitc-espruino's image is closed; take --engine sim, or npm run hil -- --virtual lua53 --board esp32-devkitc-espruino --password <word>\n");
  });
});

test.each([
  [["--colour"], "There is no option \"--colour\""],
  [["--engine"], "The option --engine needs a value after it."],
  [["--help=yes"], "The option --help takes no value."],
  [["--board", "mars"], "there is no board \"mars\": "],
  [["nowhere.scn"], "There is no scenario file \"nowhere.scn\", and none below test/scenarios."],
  [["--log", "/dev/null/logs"], "/dev/null/logs cannot be written: no folder can be made there (ENOTDIR)."],
  [["--transcript", __filename], "command.test.ts cannot be written: no folder can be made there (EEXIST)."],
  [["--vcd", "/nowhere/x.vcd"], "/nowhere/x.vcd cannot be written: there is no folder /nowhere."],
  [["--vcd", "scripts"], "scripts cannot be written: it is a folder; name a file."],
  [["--vcd", "x.vcd", "."], "The option --vcd is for one scenario on one engine"],
  [["--engine", "v8"], "engine v8: there is no engine \"v8\": there are sim, "],
  [["--engine", "espruino"], "engine espruino: no interpreter: set ESPRUINO_BIN"],
])("%p is told in one line, exit code 2", async (args, message) => {
  delete process.env.ESPRUINO_BIN;
  const files = ["nowhere.scn", "--engine"].includes(args.at(-1) ?? "") ? [] : [join(folder, "a.scn")];
  expect(await scenarioCommand([...args, ...files], out)).toBe(2);
  expect(complaint).toContain(message);
  expect(complaint.trimEnd()).not.toContain("\n");
  expect(printed).toBe("");
});
