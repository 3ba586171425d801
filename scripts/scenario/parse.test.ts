import { parseScenario, ScenarioError } from "./parse";

test("a scenario is read into its steps, with the rules of its first comment", () => {
  const scenario = parseScenario("u3.scn", "# U3, L1: the code hidden\n> keys 1 ok\n< grant user=2\n\n! fail\n= ok\n+2m50s\n# K2\n");
  expect(scenario).toEqual({
    file: "u3.scn", rules: ["U3", "L1"], blank: false, needs: [], steps: [
      { kind: "send", line: 2, text: "keys 1 ok" }, { kind: "expect", line: 3, text: "grant user=2" },
      { kind: "forbid", line: 5, text: "fail" }, { kind: "answer", line: 6, text: "ok" }, { kind: "pass", line: 7, ms: 170000 },
    ],
  });
});

test("what a bench needs stands in comments of its own", () => {
  expect(parseScenario("u3.scn", "# needs: rig palm\n# U3: the code\n#needs: cut,door\n> a\n= ok\n")).toMatchObject({ rules: ["U3"], needs: ["rig", "palm", "cut", "door"] });
});

test("a blank start stands before the comment with the rules", () => {
  expect(parseScenario("s1.scn", "# start: blank\n# S1: asks\n> a\n= ok\n")).toMatchObject({ blank: true, rules: ["S1"] });
  expect(parseScenario("s1.scn", "# S2: asks\n# start: blank\n> a\n= ok\n")).toMatchObject({ blank: false, rules: ["S2"] });
});

test.each([
  ["key 5", 'x.scn:2: "key 5" begins with none of > < ! = + #.'],
  ["+5", 'x.scn:2: "+5" is no time; write it like +20s, +500ms or +2m50s.'],
  ["+ 5s", 'x.scn:2: "+ 5s" is no time; write it like +20s, +500ms or +2m50s.'],
  [">key 5", 'x.scn:2: ">key 5" needs a space and a text after its >.'],
  ["<", 'x.scn:2: "<" needs a space and a text after its <.'],
  ["< @120 fail", "x.scn:2: the @<ms> of a trace line is left out of what is expected."],
  ["= ok", "x.scn:2: there is no > line before this = whose answer it could be in."],
])("the line %p is refused by file and line", (line, message) => {
  expect(() => parseScenario("x.scn", `# K1\n${line}\n`)).toThrow(new ScenarioError(message));
});

test("bytes that are no text are escaped, and not all of them shown", () => {
  const bytes = `\x1b[2J\x00\u009b\ufffd\u202eé "${"x".repeat(200)}`;
  expect(() => parseScenario("x.scn", `# K1\n${bytes}\n`)).toThrow(
    new ScenarioError(`x.scn:2: "\\x1b[2J\\x00\\x9b\\ufffd\\u202eé "${"x".repeat(49)}…" begins with none of > < ! = + #.`));
});

test.each([
  ["> a\n= ok\n", "its first comment names no rule of firmware/SPEC.md, such as # U3: the code hidden in a longer entry"],
  ["# a story\n# U3\n> a\n= ok\n", "its first comment names no rule of firmware/SPEC.md, such as # U3: the code hidden in a longer entry"],
  ["# start: blank\n> a\n= ok\n", "its first comment names no rule of firmware/SPEC.md, such as # U3: the code hidden in a longer entry"],
  ["# U3\n! refuse\n+2s\n", "it has no > line, so nothing happens in it"],
  ["# U3\n> a\n+2s\n", "it has no line that begins with <, = or !, so it expects nothing"],
  ["", "its first comment names no rule of firmware/SPEC.md, such as # U3: the code hidden in a longer entry"],
])("the file %p is refused by name", (text, message) => {
  expect(() => parseScenario("x.scn", text)).toThrow(new ScenarioError(`x.scn: ${message}.`));
});
