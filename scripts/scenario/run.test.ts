import { ChildProcess } from "node:child_process";
import { fakeBoard, newFakeLock } from "../../test/rig/fake-lock";
import { EspruinoProcess } from "../../test/engines/espruino/process";
import { base64, startGuest } from "../../test/engines/guest";
import { matches } from "./play";
import { describeDifference } from "./report";
import { runScenario, ScenarioResult } from "./run";

function run(...lines: string[]): Promise<ScenarioResult> {
  const engine = newFakeLock({
    number: (_chip, print) => { print("n 12"); print("n 13"); },
  }).engine;
  return runScenario("t.scn", ["# K1", ...lines].join("\n"), { engine, board: fakeBoard });
}

describe("what passes", () => {
  test.each<[string, string[]]>([
    ["an answer of ok", ["> say fail count=1", "= ok"]],
    ["a refusal that is expected", ["> fly", "= error unknown"]],
    ["an answer line", ["> number", "= n 13", "= n 12"]],
    ["a line, or its beginning up to a space", ["> say grant user=1 by=face", "< grant user=1"]],
    ["lines in their order", ["> say a", "> say b", "< a", "< b"]],
    ["a line that comes within 10 s", ["> later 10000", "< timer 1"]],
    ["a line after time that was let pass", ["> later 15000", "+6s", "< timer 1"]],
    ["a forbidden line that came before the send", ["> say fail", "> say b", "! fail"]],
    ["a forbidden line that comes after the next send", ["> say b", "! fail", "> say fail"]],
    ["the cut that takes the answer", ["> power cut 1", "> write 0 ab", "= error no-power", "> power on", "< boot"]],
  ])("%s", async (_what, lines) => {
    expect(await run(...lines)).toMatchObject({ report: "", passed: true, rules: ["K1"] });
  });
});

describe("what fails", () => {
  test.each<[string, string[], string[]]>([
    ["a refusal", ["> fly", "= ok"], ["FAIL t.scn:2", "expected  ok to > fly", 'seen      error unknown There is no command "fly".']],
    ["ok where a refusal is expected", ["> trace on", "= error unknown"], ["FAIL t.scn:3", '+ seen      the answer "ok"']],
    ["a line that never comes", ["> say b", "< a"], ["FAIL t.scn:3", "- expected  < a", "within 10 s of lock time", "    + @4020 b"]],
    ["a line that comes too late", ["> later 10001", "< timer 1"], ["FAIL t.scn:3", "seen      nothing, within 10 s"]],
    ["a beginning that is no word", ["> say grant user=12", "< grant user=1"], ["FAIL t.scn:3"]],
    ["lines in another order", ["> say a", "> say b", "< b", "< a"], ["FAIL t.scn:5", "    = @4020 b   (matched last)"]],
    ["a line matched already", ["> say a", "< a", "< a"], ["FAIL t.scn:4"]],
    ["a forbidden line above", ["> say fail count=1", "! fail"], ["FAIL t.scn:3", "expected  ! fail", "seen      @4020 fail count=1"]],
    ["a forbidden line whatever + stands between", ["> later 5000", "! timer", "+2s", "+4s"], ["FAIL t.scn:3", "! timer"]],
    ["a forbidden line at the end", ["> later 500", "! timer", "< timer"], ["FAIL t.scn:3"]],
    ["a malformed file", ["? what"], ['FAIL t.scn:2: "? what" begins with none of > < ! = + #.']],
    ["a fault of the image", ["> say a", "> crash", "= ok"], ["FAIL t.scn", "it stopped: a fault of the image"]],
  ])("%s", async (_what, lines, reports) => {
    const result = await run("> wait 20ms", ...lines);
    expect(result.passed).toBe(false);
    const shifted = result.report.replace(/t\.scn:(\d+)/, (_all, line: string) => `t.scn:${Number(line) - 1}`);
    for (const report of reports) expect(shifted).toContain(report);
  });

  test("at most ten trace lines are shown around the place", async () => {
    const result = await run(...Array.from({ length: 30 }, (_, i) => `> say line ${i}`), "< line 20", "< missing");
    const shown = result.report.split("\n").filter((line) => /^ {4}. @/.test(line));
    expect(shown).toHaveLength(10);
    expect(shown.find((line) => line.includes("matched last"))).toContain("line 20");
  });

  test("a lock that refuses the standard start", async () => {
    const { engine } = newFakeLock({ set: (_chip, print) => print("error clock No.") });
    const { report } = await runScenario("t.scn", "# K1\n> trace on\n= ok", { engine, board: fakeBoard });
    expect(report).toContain('ok to "set direction right" of the standard start');
  });
});

test("the start: standard sets direction and countdown, blank does not", async () => {
  const standard = await run("> say a", "< a");
  expect(standard.transcript.filter((line) => line.startsWith(">"))).toEqual(
    ["> interactive off", "> set direction right", "> set countdown off", "> trace on", "> say a"]);
  const { engine } = newFakeLock();
  const blank = await runScenario("t.scn", "# start: blank\n# K1\n> say a\n< a", { engine, board: fakeBoard });
  expect(blank.transcript.filter((line) => line.startsWith(">"))).toEqual(["> interactive off", "> trace on", "> say a"]);
  expect(blank.transcript).toContain("@4000 a");
});

test("a line matches by words, its time left out", () => {
  expect(matches("@12 fail count=1", "fail")).toBe(true);
  expect(matches("@12 fail count=10", "fail count=1")).toBe(false);
  expect(matches("@12 fail", "fail count=1")).toBe(false);
});

test("the first difference of two transcripts; heap in use, the firmware below and the places of the own one are none", () => {
  expect(describeDifference("sim", ["a", "memory unknown"], "lua53", ["a", "memory 999"])).toBeNull();
  expect(describeDifference("sim", ["@0 boot cause=power version=1"], "espruino", ["@0 boot cause=power version=1 base=2v29"])).toBeNull();
  expect(describeDifference("sim", ["version 1", "ok"], "espruino", ["version 1", "base=2v29", "place=a trial", "ok"])).toBeNull();
  expect(describeDifference("sim", ["version 1", "ok", "a"], "espruino", ["version 1", "base=2v29", "ok", "b"])).toContain("part at line 3:\n      version 1\n      ok\n    - sim: a\n    + espruino: b");
  expect(describeDifference("sim", ["version 1", "ok"], "espruino", ["version 2", "ok"])).toContain("line 1:");
  expect(describeDifference("sim", ["a", "b"], "lua53", ["a"])).toContain("line 2:\n      a\n    - sim: b\n    + lua53: (ended)");
});

describe("an interpreter that ends", () => {
  async function runOn(program: string): Promise<string> {
    const { report } = await runScenario("t.scn", "# K1\n> say a\n< a", {
      board: fakeBoard,
      engine: (chip) => startGuest("espruino", chip, base64, () => {
        const interpreter = new EspruinoProcess(program, { "boot.js": "last words" });
        return { deliver: () => interpreter.read(), close: () => interpreter.close() };
      }),
    });
    return report;
  }

  test.each([
    ["/bin/true", "the program named by ESPRUINO_BIN ended"],
    ["/bin/cat", "the program named by ESPRUINO_BIN ended: last words"],
    ["/nowhere/espruino", "the program named by ESPRUINO_BIN ended"],
  ])("%s: told at once, without a place in this code", async (program, message) => {
    const before = performance.now();
    expect(await runOn(program)).toBe(
      `FAIL t.scn\n  - expected  a lock that runs to the end\n  + seen      it stopped: espruino: ${message}`);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  test("a program that never began is not killed: the signal would reach whoever has the number 0", async () => {
    const kill = jest.spyOn(ChildProcess.prototype, "kill").mockReturnValue(false);
    try {
      await runOn("/nowhere/espruino");
      expect(kill).not.toHaveBeenCalled();
    } finally {
      kill.mockRestore();
    }
  });
});
