/** Divisions and remainders in the portable sources that Lua would make something else of than JavaScript. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { root } from "./sources";

/** Portable, and NodeMCU's own. */
const folders = ["firmware", "hal/drivers", "hal/platform/nodemcu"];
const isOfHost = /\.test\.ts$|\.d\.ts$|emulator|\/test\/|\/all\.ts$/;

/** Sorted; `<file>: <expression>`. */
export function oddArithmetic(): string[] {
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(root, folder, name)));
  return files.filter((path) => path.endsWith(".ts") && !isOfHost.test(path)).flatMap((path) => oddIn(relative(root, path), readFileSync(path, "utf8"))).sort();
}

export function oddIn(file: string, text: string): string[] {
  const odd: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isOdd(node)) odd.push(`${file}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true));
  return odd;
}

function isOdd(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.SlashToken) return !isRounded(node);
  return kind === ts.SyntaxKind.PercentToken && mayBeNegative(node.left, node.right.getText());
}

/** `6 / 2` is 3.0 in Lua 5.3, and prints so: it must end up in Math.floor or Math.ceil, or be compared. */
function isRounded(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return /^Math\.(floor|ceil)$/.test(parent.expression.getText());
  if (ts.isBinaryExpression(parent)) return /^(<|>|<=|>=)$/.test(parent.operatorToken.getText()) || isRounded(parent);
  return ts.isParenthesizedExpression(parent) && isRounded(parent);
}

/** `-7 % 3` is 2 in Lua: what is subtracted from must have the modulus added. */
function mayBeNegative(left: ts.Expression, modulus: string): boolean {
  const terms = termsOf(left, true);
  return terms.some(({ plus }) => !plus) && !terms.some(({ plus, text }) => plus && text === modulus);
}

function termsOf(node: ts.Expression, plus: boolean): { text: string; plus: boolean }[] {
  if (ts.isParenthesizedExpression(node)) return termsOf(node.expression, plus);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) return termsOf(node.operand, !plus);
  if (!ts.isBinaryExpression(node)) return [{ text: node.getText(), plus }];
  const { kind } = node.operatorToken;
  if (kind !== ts.SyntaxKind.PlusToken && kind !== ts.SyntaxKind.MinusToken) return [{ text: node.getText(), plus }];
  return [...termsOf(node.left, plus), ...termsOf(node.right, kind === ts.SyntaxKind.PlusToken ? plus : !plus)];
}
