/** Which rules are shown on a bench: the table of test/README.md. */
import { readFileSync } from "node:fs";
import { readBoard } from "../build/sources";
import { allScenarios, findScenarios } from "../scenario/files";
import { bench, lacking, needsOf } from "./needs";
import { readRig } from "./rig";
import { readScenario, waitingMs } from "./run";

/** Longer stories are left to virtual time, ms. */
export const longestMs = 60000;
const allDayMs = 24 * 3600000;

type Row = { short: string[]; long: string[]; never: [string, string][] };

/** By rule: scenarios that a full bench with the simulator's board plays, those that only --all does, and those that no bench can. */
export function benchCoverage(): Map<string, Row> {
  const has = bench(readBoard("sim"), readRig("full"), ["erase", "cut"]);
  const rows = new Map<string, Row>();
  for (const file of findScenarios([allScenarios])) {
    const scenario = readScenario(file);
    const name = file.replace("test/scenarios/", "");
    const why = lacking(has, needsOf(scenario)) ?? (waitingMs(scenario) >= allDayMs ? "it waits for days" : null);
    for (const rule of scenario.rules) {
      const row = rows.get(rule) ?? { short: [], long: [], never: [] };
      rows.set(rule, row);
      if (why !== null) row.never.push([name, why]);
      else (waitingMs(scenario) > longestMs ? row.long : row.short).push(name);
    }
  }
  return rows;
}

/** In the order of the specification. @returns Markdown */
export function coverageTable(): string {
  const rows = benchCoverage();
  const rules = [...readFileSync("firmware/SPEC.md", "utf8").matchAll(/^- \*\*([A-Z]\d+)/gm)].map((match) => match[1]);
  const lines = rules.flatMap((rule) => {
    const row = rows.get(rule);
    if (row === undefined) return [];
    const never = row.never.map(([name, why]) => `${name} (${why})`).join(", ");
    return [`| **${rule}** | ${row.short.length} | ${row.long.length} | ${never} |`];
  });
  return ["| rule | scenarios that a bench plays | more with `--all` | left to virtual time |", "|---|---|---|---|", ...lines, ""].join("\n");
}
