/** The words of the console stand in the order of the enums they name. */
import { readFileSync } from "node:fs";
import * as words from "../firmware/console/words";
import { VERSION } from "../firmware/version";

/** The names of an enum in a file, in order. */
function namesOf(file: string, name: string): string[] {
  const source = readFileSync(file, "utf8").replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
  const body = new RegExp(`const enum ${name} \\{([^}]*)\\}`).exec(source);
  if (body === null) throw new Error(`${file} has no enum ${name}`);
  return body[1].split(",").map((entry) => entry.replace(/=.*/, "").trim()).filter((entry) => entry !== "" && entry !== "Count");
}

const kebab = (name: string): string => name.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase();

test.each([
  ["PROMPTS", "firmware/core/prompts.ts", "Prompt"], ["METHODS", "firmware/core/events.ts", "Method"],
  ["REFUSALS", "firmware/core/events.ts", "Refusal"], ["JOURNAL", "firmware/core/events.ts", "Journal"],
  ["ALARMS", "firmware/core/events.ts", "Alarm"], ["LEVELS", "firmware/core/events.ts", "MenuLevel"],
  ["TOLD", "firmware/core/events.ts", "Told"], ["POWERS", "firmware/core/events.ts", "Power"], ["ROLES", "firmware/core/events.ts", "Role"],
  ["SENSORS", "firmware/core/events.ts", "Sensor"], ["BOOTS", "hal/ports.ts", "BootCause"], ["BOLTS", "hal/roles.ts", "BoltPosition"], ["LAMPS", "hal/roles.ts", "Lamp"],
] as const)("%s", (list, file, name) => {
  expect(words[list].split(" ")).toEqual(namesOf(file, name).map(kebab));
});

test("a word is found by its place, and a place by its word", () => {
  expect(words.word("off on", 1)).toBe("on");
  expect(words.word("off on", 2)).toBe("?");
  expect([words.find("off on", "on"), words.find("off on", "o"), words.find("off on", "off on"), words.find("off on", "")]).toEqual([1, -1, -1, -1]);
});

test("the firmware has the version of the package", () => {
  expect(VERSION).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});
