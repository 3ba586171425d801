import { readFileSync } from "node:fs";
import { benchCoverage, coverageTable } from "./coverage";

const elsewhere = ["N1", "N2", "N3"];

test("the table in test/README.md is what npm run hil -- --coverage prints", () => {
  expect(readFileSync("test/README.md", "utf8")).toContain(`\n${coverageTable()}`);
});

test("every rule is shown by a scenario that a bench plays", () => {
  const rules = [...readFileSync("firmware/SPEC.md", "utf8").matchAll(/^- \*\*([A-Z]\d+)/gm)].map((match) => match[1]);
  const rows = benchCoverage();
  expect(rules.filter((rule) => !elsewhere.includes(rule) && (rows.get(rule)?.short.length ?? 0) + (rows.get(rule)?.long.length ?? 0) === 0)).toEqual([]);
});
