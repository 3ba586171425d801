/** What the modules of a Lua image declare at their top, and which of it an expression means. */
import { dirname, join } from "node:path";
import * as lua from "typescript-to-lua";
import { Hidden } from "./lua-scopes";
import { UserError } from "./user-error";

/** A variable at the top of a module; a function is one too. */
export interface Binding {
  name: string;
  module: Module;
  /** What it begins with, where that stands in one statement at the top. */
  first: lua.Expression | null;
}

interface Import {
  from: string;
  name: string;
}

export interface Module {
  file: string;
  names: Map<string, Binding | Import>;
  exports: Map<string, Binding>;
  /** By the name under which another module's table of exports is known; the compiler gives several the same, one after the other. */
  tables: Map<string, string>;
  /** In the order in which they run. */
  needs: string[];
  /** Without what only ties modules together. */
  statements: lua.Statement[];
}

export type Modules = Map<string, Module>;

const exportsName = "____exports";

/** @param files the compiler's Lua, by its source @returns what the entry needs, in the order in which it runs. */
export function readModules(files: Map<string, lua.File>, entry: string): Modules {
  const known = new Set<string>();
  const modules: Modules = new Map();
  const read = (file: string): void => {
    if (known.has(file)) return;
    known.add(file);
    const module: Module = { file, names: new Map(), exports: new Map(), tables: new Map(), needs: [], statements: [] };
    for (const statement of files.get(file)?.statements ?? []) {
      if (lua.isVariableDeclarationStatement(statement)) declare(module, statement, (name) => files.has(name));
      else if (lua.isAssignmentStatement(statement)) assign(module, statement);
      else if (!lua.isReturnStatement(statement)) module.statements.push(statement);
    }
    module.needs.forEach(read);
    modules.set(file, module);
  };
  read(entry);
  return modules;
}

function declare(module: Module, statement: lua.VariableDeclarationStatement, isFile: (name: string) => boolean): void {
  const { left, right = [] } = statement;
  const { text } = left[0];
  const needed = right.length === 1 ? requiredBy(right[0], module.file, isFile) : null;
  const imported = right.length === 1 ? importOf(module, right[0]) : null;
  if (text === exportsName) return;
  if (needed !== null) {
    module.tables.set(text, needed);
    module.needs.push(needed);
  } else if (imported !== null) {
    module.names.set(text, imported);
  } else {
    const first = left.length === 1 && right.length === 1 ? right[0] : null;
    for (const one of left) module.names.set(one.text, { name: one.text, module, first });
    if (right.length > 0) module.statements.push(statement);
  }
}

/** The first assignment to a name that was declared before, or to a member of the exports. */
function assign(module: Module, statement: lua.AssignmentStatement): void {
  const [[left], [right]] = [statement.left, statement.right];
  const exported = lua.isTableIndexExpression(left) && isNamed(left.table, exportsName) && lua.isStringLiteral(left.index) ? left.index.value : null;
  const known = lua.isIdentifier(left) ? module.names.get(left.text) : undefined;
  const isFirst = statement.left.length === 1 && statement.right.length === 1;
  if (exported !== null && !module.exports.has(exported)) module.exports.set(exported, { name: exported, module, first: isFirst ? right : null });
  else if (known !== undefined && "module" in known && known.first === null && isFirst) known.first = right;
  module.statements.push(statement);
}

function isNamed(node: lua.Node, name: string): boolean {
  return lua.isIdentifier(node) && node.text === name;
}

/** @returns the file, where the value is `require("…")`. */
function requiredBy(value: lua.Expression, file: string, isFile: (name: string) => boolean): string | null {
  if (!lua.isCallExpression(value) || !isNamed(value.expression, "require")) return null;
  const { value: path } = value.params[0] as lua.StringLiteral;
  const full = join(dirname(file), path);
  const found = [`${full}.ts`, join(full, "index.ts")].find(isFile);
  if (found === undefined) throw new UserError(`${file} needs ${path}, which is no file of the image`);
  return found;
}

function importOf(module: Module, value: lua.Expression): Import | null {
  if (!lua.isTableIndexExpression(value) || !lua.isIdentifier(value.table) || !lua.isStringLiteral(value.index)) return null;
  const from = module.tables.get(value.table.text);
  return from === undefined ? null : { from, name: value.index.value };
}

/** @returns what stands at the top of a module and is meant by a name, or by a member of a module's exports; null where it is none. */
export function meaningOf(modules: Modules, module: Module, node: lua.Node, hidden: Hidden): Binding | null {
  if (lua.isIdentifier(node)) {
    const found = hidden.has(node.text) ? undefined : module.names.get(node.text);
    if (found === undefined) return null;
    return "from" in found ? exportOf(modules, found) : found;
  }
  if (!lua.isTableIndexExpression(node) || !lua.isIdentifier(node.table) || !lua.isStringLiteral(node.index) || hidden.has(node.table.text)) return null;
  const name = node.index.value;
  const from = node.table.text === exportsName ? module.file : module.tables.get(node.table.text);
  return from === undefined ? null : exportOf(modules, { from, name });
}

function exportOf(modules: Modules, { from, name }: Import): Binding {
  const found = modules.get(from)?.exports.get(name);
  if (found === undefined) throw new UserError(`${from} does not itself declare "${name}": import it from where it is declared`);
  return found;
}
