/** Which variables at the top of the Lua modules never change, and how little of them must be kept. */
import * as lua from "typescript-to-lua";
import { Binding, meaningOf, Module, Modules } from "./lua-modules";
import { Hidden, rewrite } from "./lua-scopes";
import { lengthOf, pathOf, Uses } from "./lua-uses";

export type Value = string | number | boolean;

/** A value that is known now; a function; a table that nobody changes; or another name of one of them. */
export type Constant = { value: Value } | { made: lua.FunctionExpression } | { table: lua.TableExpression } | { same: Binding };

const nothingHidden: Hidden = new Set();

/**
 * @param isReadonly tells a list that is declared so with all that is in it
 * @returns by variable; what is missing there is kept.
 */
export function findConstants(modules: Modules, uses: Uses, isReadonly: (file: string, name: string) => boolean): Map<Binding, Constant> {
  const found = new Map<Binding, Constant>();
  const looked = new Set<Binding>();
  const isReadonlyList = ({ module, name }: Binding): boolean => isReadonly(module.file, name);
  const look = (binding: Binding): Constant | undefined => {
    if (looked.has(binding)) return found.get(binding);
    looked.add(binding);
    const constant = binding.first === null || uses.assigned.has(binding) ? undefined : constantOf(binding, binding.first);
    if (constant !== undefined) found.set(binding, constant);
    return constant;
  };
  const constantOf = (binding: Binding, first: lua.Expression): Constant | undefined => {
    if (lua.isFunctionExpression(first)) return { made: first };
    const same = meaningOf(modules, binding.module, first, nothingHidden);
    if (same !== null) return look(same) === undefined ? undefined : { same };
    const value = valueOf(first, (node) => valueMeant(binding, node));
    if (value !== undefined) return { value };
    if (!lua.isTableExpression(first) || first.fields.length === 0 || uses.changed.has(binding)) return undefined;
    const isListOrRecord = first.fields.every(({ key }) => key === undefined) || first.fields.every(({ key }) => key !== undefined && lua.isStringLiteral(key));
    // What can be changed by another name, or told from another one like it, is made anew only where nobody can.
    const isOpen = uses.whole.has(binding) || first.fields.some(({ value }) => holdsObject(value));
    return isListOrRecord && (!isOpen || isReadonlyList(binding)) && isMadeOf(binding.module, first) ? { table: first } : undefined;
  };
  const valueMeant = (binding: Binding, node: lua.Expression): Value | undefined => {
    const meant = meaningOf(modules, binding.module, node, nothingHidden);
    const constant = meant === null ? undefined : look(meant);
    return constant !== undefined && "value" in constant ? constant.value : undefined;
  };
  const isMadeOf = newMaking(modules, look);
  for (const { names, exports } of modules.values()) {
    for (const one of [...names.values(), ...exports.values()]) if ("module" in one) look(one);
  }
  return found;
}

/** Of Lua itself: what they return is no table. */
const ofLua = /^(string|bit)\./;

/** A variable that is named is none: as a whole it is kept, or declared readonly itself. */
function holdsObject(node: lua.Expression): boolean {
  let holds = false;
  rewrite(node, (one) => {
    if (lua.isFunctionExpression(one)) return one;
    holds ||= lua.isTableExpression(one) || (lua.isCallExpression(one) && !ofLua.test(pathOf(one.expression)));
    return null;
  });
  return holds;
}

/** @returns what tells whether an expression, made anew for each use, is the same: literals, constants, functions, and calls of functions that do no more than put such together. */
function newMaking(modules: Modules, look: (binding: Binding) => Constant | undefined): (module: Module, node: lua.Expression) => boolean {
  const plain = new Map<lua.FunctionExpression, boolean>();
  const isPlain = (module: Module, made: lua.FunctionExpression): boolean => {
    const known = plain.get(made);
    if (known !== undefined) return known;
    // One that comes back to itself is none.
    plain.set(made, false);
    const [first] = made.body.statements;
    const values = first !== undefined && lua.isReturnStatement(first) ? first.expressions : [];
    const isPut = values.length === 1 && isMadeOf(module, values[0], new Set(made.params?.map(({ text }) => text)));
    plain.set(made, isPut);
    return isPut;
  };
  const isPlainAt = (binding: Binding | null): boolean => {
    const constant = binding === null ? undefined : look(binding);
    if (binding === null || constant === undefined) return false;
    return "same" in constant ? isPlainAt(constant.same) : "made" in constant && isPlain(binding.module, constant.made);
  };
  /** @param params of the function that it stands in, if it stands in one */
  const isMadeOf = (module: Module, node: lua.Expression, params?: Hidden): boolean => {
    const isMade = (one: lua.Expression): boolean => isMadeOf(module, one, params);
    const meantBy = (one: lua.Expression): Binding | null => meaningOf(modules, module, one, params ?? nothingHidden);
    const meant = meantBy(node);
    if (meant !== null) return look(meant) !== undefined;
    if (lua.isIdentifier(node)) return params?.has(node.text) === true;
    // What it remembers in a parameter would be forgotten.
    if (lua.isFunctionExpression(node)) return params === undefined;
    if (lua.isLiteral(node)) return true;
    if (lua.isTableExpression(node)) return node.fields.every(({ key, value }) => (key === undefined || isMade(key)) && isMade(value));
    if (lua.isUnaryExpression(node)) return isMade(node.operand);
    if (lua.isBinaryExpression(node)) return isMade(node.left) && isMade(node.right);
    if (lua.isTableIndexExpression(node)) return isMade(node.table) && isMade(node.index);
    return lua.isCallExpression(node) && (ofLua.test(pathOf(node.expression)) || isPlainAt(meantBy(node.expression))) && node.params.every(isMade);
  };
  return isMadeOf;
}

type Known = (node: lua.Expression) => Value | undefined;

/** Literals and known values, joined by operators; or characters. Numbers that are no integers, and what Lua rounds, are left to Lua. */
function valueOf(node: lua.Expression, known: Known): Value | undefined {
  if (lua.isStringLiteral(node) || lua.isNumericLiteral(node)) return node.value;
  if (lua.isBooleanLiteral(node)) return node.kind === lua.SyntaxKind.TrueKeyword;
  if (lua.isParenthesizedExpression(node)) return valueOf(node.expression, known);
  const length = lengthOf(node);
  if (length !== null) {
    const text = valueOf(length, known);
    return typeof text === "string" ? text.length : undefined;
  }
  if (lua.isUnaryExpression(node)) return node.operator === lua.SyntaxKind.NegationOperator ? calculate("-", [0, valueOf(node.operand, known)]) : undefined;
  if (lua.isBinaryExpression(node)) return calculate(signs[node.operator], [valueOf(node.left, known), valueOf(node.right, known)]);
  if (lua.isCallExpression(node)) return calculate(pathOf(node.expression), node.params.map((one) => valueOf(one, known)));
  return known(node);
}

const signs: { [operator in lua.Operator]?: string } = {
  [lua.SyntaxKind.AdditionOperator]: "+",
  [lua.SyntaxKind.SubtractionOperator]: "-",
  [lua.SyntaxKind.MultiplicationOperator]: "*",
  [lua.SyntaxKind.ConcatOperator]: "..",
  [lua.SyntaxKind.BitwiseOrOperator]: "bit.bor",
  [lua.SyntaxKind.BitwiseAndOperator]: "bit.band",
  [lua.SyntaxKind.BitwiseLeftShiftOperator]: "bit.lshift",
};

const numeric: { [operator: string]: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "bit.bor": (a, b) => a | b,
  "bit.band": (a, b) => a & b,
  "bit.lshift": (a, b) => a << b,
};

/** Beyond this, number models differ. */
const most = 0x7fffffff;

function calculate(operation: string | undefined, values: (Value | undefined)[]): Value | undefined {
  if (operation === undefined || values.includes(undefined)) return undefined;
  const [a, b] = values;
  if (operation === "string.char") return values.map((one) => String.fromCharCode(Number(one))).join("");
  if (operation === "tostring") return Number.isInteger(a) ? String(a) : undefined;
  if (operation === "..") return typeof a === "string" && typeof b === "string" ? a + b : undefined;
  if (!Object.hasOwn(numeric, operation) || !isSmall(a) || !isSmall(b)) return undefined;
  const result = numeric[operation](a, b);
  return isSmall(result) && (result >= 0 || !operation.startsWith("bit")) ? result : undefined;
}

function isSmall(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= most;
}
