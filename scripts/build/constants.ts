/** Which variables at the top of a bundle never change, and how little of them must be kept. */
import { runInNewContext } from "node:vm";
import { AnyNode, ArrayExpression, Identifier } from "acorn";
import { children } from "./ast";
import { Reference } from "./references";

/** A text or number whose value is known now; or a list of which only elements and the length are asked. */
export type Constant = { value: string | number | boolean } | { elements: AnyNode[] };

/** @returns by name; everything else at the top of the bundle is a variable. */
export function findConstants(statements: AnyNode[], references: Reference[], code: string): Map<string, Constant> {
  const functions = new Set(statements.flatMap((one) => (one.type === "FunctionDeclaration" ? [(one.id as Identifier).name] : [])));
  const found = new Map<string, Constant>();
  const known = (name: string): boolean => found.has(name) || functions.has(name);
  for (const statement of statements) {
    // As the compiler leaves them: one variable a statement, and one that is used stands before.
    const declarator = statement.type === "VariableDeclaration" && statement.declarations.length === 1 ? statement.declarations[0] : null;
    if (declarator === null || !declarator.init) continue;
    const { name } = declarator.id as Identifier;
    const init = declarator.init as AnyNode;
    const uses = references.filter((one) => one.name === name);
    const value = uses.some(isWrite) ? undefined : valueOf(init, code, found);
    if (value !== undefined) found.set(name, { value });
    else if (init.type === "ArrayExpression" && init.elements.length > 0 && uses.every(isRead) && isMadeOf(init, known)) {
      found.set(name, { elements: (init as ArrayExpression).elements as AnyNode[] });
    }
  }
  return found;
}

function isWrite({ node, around: [parent] }: Reference): boolean {
  return (parent.type === "AssignmentExpression" && parent.left === node) || parent.type === "UpdateExpression";
}

const changing = new Set(["push", "pop", "shift", "unshift", "splice", "fill", "sort", "reverse"]);

/** `LIST[i]` or `LIST.length`, and nothing is stored there, nor deeper. What is done to an element by another name is not seen. */
function isRead({ node, around }: Reference): boolean {
  const [parent] = around;
  if (parent.type !== "MemberExpression" || parent.object !== node) return false;
  if (!parent.computed) return (parent.property as Identifier).name === "length";
  let inner: AnyNode = node;
  for (const outer of around) {
    if (outer.type !== "MemberExpression" || outer.object !== inner) return !(outer.type === "AssignmentExpression" && outer.left === inner) && outer.type !== "UpdateExpression";
    if (!outer.computed && changing.has((outer.property as Identifier).name)) return false;
    inner = outer;
  }
  return true;
}

const operators = new Set(["Literal", "UnaryExpression", "BinaryExpression", "Identifier"]);

/** Literals and known values, as texts or not, joined by operators; or characters. */
function valueOf(node: AnyNode, code: string, known: Map<string, Constant>): string | number | boolean | undefined {
  const names: { [name: string]: unknown } = { String };
  const isPure = (one: AnyNode): boolean => {
    if (one.type === "CallExpression" && one.callee.type === "MemberExpression" && one.arguments.length === 0) {
      return (one.callee.property as Identifier).name === "toString" && isPure(one.callee.object as AnyNode);
    }
    if (one.type === "CallExpression") return /^String\.fromCharCode$/.test(code.slice(one.callee.start, one.callee.end)) && one.arguments.every((each) => isPure(each as AnyNode));
    if (one.type === "Identifier") {
      const constant = known.get(one.name);
      if (constant === undefined || !("value" in constant)) return false;
      names[one.name] = constant.value;
    }
    return operators.has(one.type) && children(one).every(isPure);
  };
  return isPure(node) ? runInNewContext(`(${code.slice(node.start, node.end)})`, names) as string | number | boolean : undefined;
}

const parts = new Set(["Literal", "UnaryExpression", "BinaryExpression", "ArrayExpression", "ObjectExpression", "Property", "FunctionExpression", "CallExpression", "Identifier"]);

/** Made anew for each use it is the same: literals, constants, functions, and calls of functions with such. */
function isMadeOf(node: AnyNode, known: (name: string) => boolean): boolean {
  if (node.type === "FunctionExpression") return true;
  if (node.type === "Property") return isMadeOf(node.value as AnyNode, known);
  if (node.type === "Identifier") return known(node.name);
  return parts.has(node.type) && children(node).every((one) => isMadeOf(one, known));
}
