/** Refuses what Espruino would not parse, or would run differently from every other engine. */
import { SourceMap } from "node:module";
import { AnyNode, Node, parse } from "acorn";
import { children } from "./ast";
import { findScopeFaults } from "./espruino-scopes";
import { rules } from "./espruino-rules";
import { UserError } from "./user-error";

export interface Fault {
  node: Node;
  /** What is wrong and what to write instead. */
  message: string;
}

/** @param map the source map of `code`, "" if there is none. Throws with one line per fault. */
export function checkEspruino(code: string, map: string): void {
  const tree = parseStrictly(code, map);
  const faults = [...findScopeFaults(tree), ...findForbidden(tree)];
  if (faults.length === 0) return;
  const place = placeFinder(map);
  const lines = faults.map((fault) => `${place(fault.node.loc?.start ?? { line: 1, column: 0 })}: ${fault.message}`);
  throw new UserError([...new Set(lines)].join("\n"));
}

function parseStrictly(code: string, map: string): AnyNode {
  try {
    return parse(code, { ecmaVersion: 5, locations: true }) as AnyNode;
  } catch (error) {
    const { loc, message } = error as { loc?: { line: number; column: number }; message: string };
    const where = loc === undefined ? "" : `${placeFinder(map)(loc)}: `;
    throw new UserError(`${where}not ES5 after compiling (${message}): write it in an older way`);
  }
}

function findForbidden(tree: AnyNode): Fault[] {
  const faults: Fault[] = [];
  const visit = (node: AnyNode): void => {
    for (const rule of rules) {
      const message = rule(node);
      if (message !== null) faults.push({ node, message });
    }
    children(node).forEach(visit);
  };
  visit(tree);
  return faults;
}

/** @returns a function that names the source line of a place in the emitted file. */
export function placeFinder(map: string): (at: { line: number; column: number }) => string {
  if (map === "") return (at) => `line ${at.line}`;
  const sources = new SourceMap(JSON.parse(map));
  return (at) => {
    const found = sources.findEntry(at.line - 1, at.column);
    if (!("originalSource" in found)) return `emitted line ${at.line}, column ${at.column}`;
    return `${found.originalSource}:${found.originalLine + 1}`;
  };
}
