/** Every rule of firmware/SPEC.md has a scenario, and the table in test/README.md says which. */
import { readFileSync } from "node:fs";
import { findScenarios, allScenarios } from "../scripts/scenario/files";
import { parseScenario } from "../scripts/scenario/parse";

/** Shown by the radio link's own tests. */
const ELSEWHERE = ["N1", "N2", "N3"];

const spec = readFileSync("firmware/SPEC.md", "utf8");
const rules = [...spec.matchAll(/^- \*\*([A-Z]\d+)/gm)].map((match) => match[1]);
const wanted = rules.filter((rule) => !ELSEWHERE.includes(rule));

const shown = new Map<string, string[]>();
for (const file of findScenarios([allScenarios])) {
  for (const rule of parseScenario(file, readFileSync(file, "utf8")).rules) {
    shown.set(rule, [...shown.get(rule) ?? [], file.replace("test/scenarios/", "")]);
  }
}

const table = new Map([...readFileSync("test/README.md", "utf8").matchAll(/^\| ([A-Z]\d+) \| (.*) \|$/gm)].map((match) => [match[1], match[2].split(", ")]));

test("the specification that ships has all its rules", () => {
  const count = (letter: string): number => rules.filter((rule) => rule.startsWith(letter)).length;
  expect(["S", "K", "M", "C", "U", "L", "O", "A", "B", "P", "R", "Q", "E", "N"].map(count)).toEqual([4, 8, 8, 11, 8, 6, 9, 4, 5, 1, 1, 2, 3, 3]);
});

test.each(wanted)("%s has a scenario, and the table names every one", (rule) => {
  expect(shown.get(rule) ?? []).not.toEqual([]);
  expect(table.get(rule)).toEqual(shown.get(rule));
});

test("no scenario and no row of the table names a rule that is not there", () => {
  for (const rule of [...shown.keys(), ...table.keys()]) expect(rules).toContain(rule);
});
