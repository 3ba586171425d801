import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boardNames, readBoard } from "../build/sources";
import { mirrorBoard } from "./mirror";
import { bench, lacking, needs, needsOf } from "./needs";
import { readRig, rigNames, toleranceOf } from "./rig";
import { parseScenario } from "../scenario/parse";

const folder = mkdtempSync(join(tmpdir(), "rigs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(rig: unknown): string {
  const path = join(folder, "rig.json");
  writeFileSync(path, typeof rig === "string" ? rig : JSON.stringify(rig));
  return path;
}

test.each(rigNames())("%s can be read, and is a bench for every board", (name) => {
  const rig = readRig(name);
  for (const board of boardNames()) expect(() => mirrorBoard(readBoard(board), rig)).not.toThrow();
});

test.each<[string, unknown, string]>([
  ["no JSON", "{", "is not valid JSON"],
  ["no title", {}, 'the option "title" is missing (What the bench is called).'],
  ["an unknown wire", { title: "t", helper: { port: "p", doorbell: 1 } }, 'helper: there is no option "doorbell"; options are: port, '],
  ["an unknown key", { title: "t", helper: { port: "p", keys: { star: 1 } } }, 'helper.keys: there is no option "star"'],
  ["a pin that cannot be driven", { title: "t", helper: { port: "p", usb: 36 } }, "helper.usb: 36 is not allowed here; it must be a whole number from 0 to 33."],
  ["a pin twice", { title: "t", helper: { port: "p", usb: 16, keys: { 1: 16 } } }, "helper.usb: pin 16 is helper.keys.1 already; give them different pins."],
  ["an output without registers", { title: "t", helper: { port: "p", keys: { 1: 104 } } }, "helper.keys.1: 104 is an output of shift registers, and helper.shift has 0."],
])("%s is told in a sentence", (_what, rig, message) => {
  expect(() => readRig(write(rig))).toThrow(message);
});

test("a bench file that is not there", () => {
  expect(() => readRig("nowhere")).toThrow('There is no bench file "nowhere"; board-configs/rigs has full, modules.');
});

test("the tolerance of a time: the bench's, or the one of every bench", () => {
  expect(toleranceOf(null, 20000)).toBe(500);
  expect(toleranceOf({ title: "t", tolerance: { ms: 100, percent: 5 } }, 20000)).toBe(1100);
  expect(toleranceOf({ title: "t", tolerance: { percent: 0 } }, 20000)).toBe(300);
});

describe("what a scenario needs, and what a bench has", () => {
  const needsIn = (...lines: string[]): string[] => needsOf(parseScenario("t.scn", ["# K1", "> status", "= ok", ...lines].join("\n"))).sort();
  const board = readBoard("sim");

  test.each<[string[], string[]]>([
    [["> user add admin", "< user added"], []],
    [["> keys 12 ok"], ["key 1", "key 2", "key ok"]],
    [["> key bell 900", "> touch"], ["key bell", "key touch"]],
    [["> button set down", "> button lock"], ["lock-button", "set"]],
    [["> unlock", "< bolt unlocked"], ["bolt"]],
    [["> unlock", "< bolt unlocking"], ["bolt"]],
    [["> status", "= bolt thrown", "= bolt drv8833"], ["bolt"]],
    [["> battery 6900"], ["battery", "two-cells"]],
    [["> enrol 1 palm", "> enrol 1 finger", "< credential added n=1 kind=finger"], ["finger", "palm", "three-placements"]],
    [["> power off"], ["supply"]],
    [["> power cut 3"], ["cut", "supply"]],
    [["> module keys silent", "> module palmface swap", "> match finger 3"], ["finger", "keys", "palm"]],
    [["# needs: rig door", "> wait 3s"], ["door", "rig"]],
  ])("%p", (lines, wanted) => {
    expect(needsIn(...lines)).toEqual(wanted);
  });

  test("a full bench has all but the chips that are on the board", () => {
    const has = bench(board, readRig("full"));
    expect(Object.keys(needs).filter((need) => !has.has(need))).toEqual(["speech", "keys", "lights", "clock"]);
    expect(lacking(has, ["key 0", "key touch", "bolt", "cut"])).toBeNull();
  });

  test("what is missing is named, with the entry of the bench file that would help", () => {
    expect(lacking(bench(board, readRig("modules")), ["finger", "key 1", "key ok", "door"])).toBe(
      "nothing presses the keys 1, ok (helper.keys); it has no fingerprint reader, or one that is not emulated, or whose wake line is not driven (modules.finger, helper.fingerWake); nothing moves the door's switch (helper.contacts.doorOpen)");
    expect(lacking(bench(board, null), ["supply"])).toBe("nothing switches the supply (helper.supply)");
  });

  test("facts of the board", () => {
    const ofBoard = (name: string): string[] => {
      const has = bench(readBoard(name), readRig("full"));
      return ["sim-board", "two-cells", "three-placements", "reader-serial", "calendar-clock", "quick-keys", "palm"].filter((need) => !has.has(need));
    };
    expect(ofBoard("sim")).toEqual([]);
    expect(ofBoard("esp32-devkitc-espruino")).toEqual(["sim-board", "three-placements", "quick-keys"]);
    expect(ofBoard("esp32-cheap-espruino")).toEqual(["sim-board", "two-cells", "three-placements", "reader-serial", "calendar-clock", "quick-keys", "palm"]);
  });

  test("a key that the board has not got is pressed by nobody", () => {
    expect(lacking(bench(readBoard("esp32-cheap-espruino"), readRig("full")), ["key bell"])).toContain("nothing presses the key bell");
  });
});
