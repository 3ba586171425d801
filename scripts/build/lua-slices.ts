/**
 * Functions that cost no memory until they run. In Lua a function that has a name is a closure, an entry in a table of
 * exports, and a variable in each module that imports it, all of them in memory; only its code lies in flash. So no
 * function of the modules is kept: all stand in one function, `new`, which makes the one that it is asked for, and where a
 * function was named stands `new(17)`; it is gone again when nobody has it. Elements of lists that are only read go the
 * same way, texts and numbers stand where they are used. What changes stays a variable of the whole.
 */
import * as lua from "typescript-to-lua";
import { Constant, findConstants, Value } from "./lua-constants";
import { Binding, meaningOf, Module, Modules } from "./lua-modules";
import { Hidden, rewrite } from "./lua-scopes";
import { findUses, lengthOf, Uses } from "./lua-uses";

/** Names that no variable of the sources can have: the one function, and what is kept. */
const [sliceName, keptName] = ["new", "____kept"];

interface Slices {
  modules: Modules;
  constants: Map<Binding, Constant>;
  /** The number of a function or of a whole table; of the first element of a list; of each member of a table, by its key. */
  wholes: Map<Binding, number>;
  lists: Map<Binding, number>;
  records: Map<Binding, Map<string, number>>;
  /** By number. */
  made: { module: Module; expression: lua.Expression }[];
  /** What is kept, by its name in the image. */
  kept: Map<Binding, string>;
}

/** @param isReadonly tells a list that is declared so @returns the statements of the whole image */
export function sliceModules(modules: Modules, isReadonly: (file: string, name: string) => boolean): lua.Statement[] {
  const uses = findUses(modules);
  const slices = numbered(modules, findConstants(modules, uses, isReadonly), uses);
  const program = [...modules.values()].flatMap((module) => module.statements.flatMap((one) => keptOf(slices, module, one)));
  const names = [sliceName, ...slices.kept.values()].map((name) => lua.createIdentifier(name));
  const asked = lua.createIdentifier("i");
  const leaves = slices.made.map(({ module, expression }) => lua.createReturnStatement([replaced(slices, module, expression)]));
  const maker = lua.createFunctionExpression(choose(leaves, 0, leaves.length), [asked], undefined, lua.NodeFlags.Declaration);
  return [lua.createVariableDeclarationStatement(names), lua.createAssignmentStatement(lua.createIdentifier(sliceName), maker), ...program];
}

/** Everything gets its number before anything is written, for any may name any other. */
function numbered(modules: Modules, constants: Map<Binding, Constant>, uses: Uses): Slices {
  const slices: Slices = { modules, constants, wholes: new Map(), lists: new Map(), records: new Map(), made: [], kept: new Map() };
  const add = (module: Module, expression: lua.Expression): number => slices.made.push({ module, expression }) - 1;
  for (const [binding, constant] of constants) {
    if ("made" in constant) slices.wholes.set(binding, add(binding.module, constant.made));
    if (!("table" in constant)) continue;
    const { fields } = constant.table;
    const numbers = fields.map(({ value }) => add(binding.module, value));
    if (fields.every(({ key }) => key === undefined)) slices.lists.set(binding, numbers[0]);
    else slices.records.set(binding, new Map(fields.map(({ key }, i) => [(key as lua.StringLiteral).value, numbers[i]])));
    if (uses.whole.has(binding)) slices.wholes.set(binding, add(binding.module, constant.table));
  }
  for (const module of modules.values()) {
    for (const one of [...module.names.values(), ...module.exports.values()]) {
      if ("module" in one && !constants.has(one)) slices.kept.set(one, `${keptName}${slices.kept.size}`);
    }
  }
  return slices;
}

/** A balanced tree of comparisons. */
function choose(leaves: lua.Statement[], from: number, to: number): lua.Block {
  if (to - from <= 1) return lua.createBlock(leaves.slice(from, to));
  const middle = Math.ceil((from + to) / 2);
  const isBelow = lua.createBinaryExpression(lua.createIdentifier("i"), lua.createNumericLiteral(middle), lua.SyntaxKind.LessThanOperator);
  return lua.createBlock([lua.createIfStatement(isBelow, choose(leaves, from, middle), choose(leaves, middle, to))]);
}

/** @returns a statement at the top without what is not kept */
function keptOf(slices: Slices, module: Module, statement: lua.Statement): lua.Statement[] {
  if (!lua.isVariableDeclarationStatement(statement) && !lua.isAssignmentStatement(statement)) return [replaced(slices, module, statement)];
  const targets = statement.left.map((left) => meaningOf(slices.modules, module, left, new Set()));
  if (targets.every((one) => one !== null && slices.constants.has(one))) return [];
  const left = statement.left.map((one, i) => {
    const kept = targets[i] === null ? undefined : slices.kept.get(targets[i]);
    return kept === undefined ? replaced(slices, module, one) as lua.AssignmentLeftHandSideExpression : lua.createIdentifier(kept);
  });
  return [lua.createAssignmentStatement(left, statement.right?.map((one) => replaced(slices, module, one)))];
}

function replaced<T extends lua.Node>(slices: Slices, module: Module, node: T): T {
  const { modules, constants } = slices;
  const replace = (one: lua.Node, hidden: Hidden): lua.Node | null => {
    const resolve = (name: lua.Node): Binding | null => original(constants, meaningOf(modules, module, name, hidden));
    const meant = resolve(one);
    if (meant !== null) return nameOf(slices, meant);
    const length = lengthOf(one);
    const measured = length === null ? null : resolve(length);
    const constant = measured === null ? undefined : constants.get(measured);
    if (constant !== undefined && "table" in constant) return literal(constant.table.fields.length);
    const list = lua.isTableIndexExpression(one) ? resolve(one.table) : null;
    return list === null || !lua.isTableIndexExpression(one) ? null : elementOf(slices, list, rewrite(one.index, replace, hidden));
  };
  return rewrite(node, replace);
}

function original(constants: Map<Binding, Constant>, binding: Binding | null): Binding | null {
  const constant = binding === null ? undefined : constants.get(binding);
  return constant !== undefined && "same" in constant ? original(constants, constant.same) : binding;
}

function nameOf(slices: Slices, binding: Binding): lua.Expression {
  const constant = slices.constants.get(binding);
  if (constant !== undefined && "value" in constant) return literal(constant.value);
  const at = slices.wholes.get(binding);
  if (at !== undefined) return slice(literal(at));
  return lua.createIdentifier(slices.kept.get(binding) ?? binding.name);
}

/** @returns null where the table is kept */
function elementOf(slices: Slices, list: Binding, index: lua.Expression): lua.Expression | null {
  const first = slices.lists.get(list);
  // Lua counts from 1.
  if (first !== undefined) return slice(plus(index, first - 1));
  const record = slices.records.get(list);
  if (record === undefined || !lua.isStringLiteral(index)) return null;
  const at = record.get(index.value);
  return at === undefined ? lua.createNilLiteral() : slice(literal(at));
}

function slice(at: lua.Expression): lua.Expression {
  return lua.createCallExpression(lua.createIdentifier(sliceName), [at]);
}

/** To ask for a function or a constant changes nothing. */
export function isSlice({ expression }: lua.CallExpression): boolean {
  return lua.isIdentifier(expression) && expression.text === sliceName;
}

function plus(index: lua.Expression, more: number): lua.Expression {
  if (lua.isNumericLiteral(index)) return literal(index.value + more);
  if (lua.isBinaryExpression(index) && index.operator === lua.SyntaxKind.AdditionOperator && lua.isNumericLiteral(index.right)) {
    return lua.createBinaryExpression(index.left, literal(index.right.value + more), lua.SyntaxKind.AdditionOperator);
  }
  return lua.createBinaryExpression(index, literal(more), lua.SyntaxKind.AdditionOperator);
}

function literal(value: Value): lua.Expression {
  if (typeof value === "boolean") return lua.createBooleanLiteral(value);
  if (typeof value === "string") return lua.createStringLiteral(value);
  // A minus before another one would begin a comment.
  return value < 0 ? lua.createParenthesizedExpression(lua.createNumericLiteral(value)) : lua.createNumericLiteral(value);
}
