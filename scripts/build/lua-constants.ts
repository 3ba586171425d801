/** Which variables at the top of the Lua modules never change, and how little of them must be kept. */
import * as lua from "typescript-to-lua";
import { Binding, meaningOf, Modules } from "./lua-modules";
import { lengthOf, pathOf, Uses } from "./lua-uses";

export type Value = string | number | boolean;

/** A value that is known now; a function; a table that nobody changes; or another name of one of them. */
export type Constant = { value: Value } | { made: lua.FunctionExpression } | { table: lua.TableExpression } | { same: Binding };

const nothingHidden: ReadonlySet<string> = new Set();

/** @returns by variable; what is missing there is kept. */
export function findConstants(modules: Modules, uses: Uses, isReadonly: (file: string, name: string) => boolean): Map<Binding, Constant> {
  const found = new Map<Binding, Constant>();
  const looked = new Set<Binding>();
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
    const isGiven = uses.whole.has(binding) && !isReadonly(binding.module.file, binding.name);
    return isListOrRecord && !isGiven && isMadeOf(binding, first) ? { table: first } : undefined;
  };
  const valueMeant = (binding: Binding, node: lua.Expression): Value | undefined => {
    const meant = meaningOf(modules, binding.module, node, nothingHidden);
    const constant = meant === null ? undefined : look(meant);
    return constant !== undefined && "value" in constant ? constant.value : undefined;
  };
  /** Made anew for each use it is the same: literals, constants, functions, and calls of functions with such. */
  const isMadeOf = (binding: Binding, node: lua.Expression): boolean => {
    const isMade = (one: lua.Expression): boolean => isMadeOf(binding, one);
    const meant = meaningOf(modules, binding.module, node, nothingHidden);
    if (meant !== null) return look(meant) !== undefined;
    if (lua.isFunctionExpression(node) || lua.isLiteral(node)) return true;
    if (lua.isTableExpression(node)) return node.fields.every(({ key, value }) => (key === undefined || isMade(key)) && isMade(value));
    if (lua.isUnaryExpression(node)) return isMade(node.operand);
    if (lua.isBinaryExpression(node)) return isMade(node.left) && isMade(node.right);
    if (lua.isTableIndexExpression(node)) return /^(string|bit)\./.test(pathOf(node)) || (isMade(node.table) && isMade(node.index));
    return lua.isCallExpression(node) && isMade(node.expression) && node.params.every(isMade);
  };
  for (const { names, exports } of modules.values()) {
    for (const one of [...names.values(), ...exports.values()]) if ("module" in one) look(one);
  }
  return found;
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
