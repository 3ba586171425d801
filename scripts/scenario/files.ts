import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../build/user-error";

/** Where the scenarios of this project are, from its root. */
export const scenarioFolder = "test/scenarios";
export const allScenarios = `${scenarioFolder}/**/*.scn`;

/**
 * Files for names as they are typed: a file, a folder (all `.scn` in it) or a pattern with
 * `*`, `**` and `?`, as they are or below the project's scenarios. Ordered by name, each once.
 * @throws UserError for a name that stands for no file.
 */
export function findScenarios(names: readonly string[]): string[] {
  const files = new Set<string>();
  for (const name of names) {
    const found = [name, join(scenarioFolder, name)].map(resolve).find((some) => some.length > 0);
    if (found === undefined) throw new UserError(`There is no scenario file "${name}", and none below ${scenarioFolder}.`);
    found.forEach((file) => files.add(file));
  }
  return [...files].sort();
}

/** The name of a scenario for files that are made of it: its path without folders and ending. */
export function plainName(file: string): string {
  return file.replace(/^(\.\.?\/|\/)+/, "").replace(/\//g, "-").replace(/\.scn$/, "");
}

function resolve(name: string): string[] {
  if (/[*?]/.test(name)) return filesBelow(fixedPart(name)).filter((file) => patternOf(name).test(file));
  if (!existsSync(name)) return [];
  if (statSync(name).isDirectory()) return filesBelow(name).filter((file) => file.endsWith(".scn"));
  return [name];
}

/** The folders of a pattern before its first wildcard. */
function fixedPart(pattern: string): string {
  const parts = pattern.split("/");
  const folder = parts.slice(0, parts.findIndex((part) => /[*?]/.test(part))).join("/");
  return folder === "" ? pattern.startsWith("/") ? "/" : "." : folder;
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((entry) => join(folder, entry))
    .filter((file) => statSync(file).isFile());
}

function patternOf(pattern: string): RegExp {
  const source = pattern.replace(/^\.\//, "").replace(/\*\*\/|\*\*|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    return part === "?" ? "[^/]" : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
