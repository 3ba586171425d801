/** Which variables at the top of a bundle never change, and how little of them must be kept. */
import { runInNewContext } from "node:vm";
import { AnyNode, ArrayExpression, FunctionDeclaration, Identifier } from "acorn";
import { children } from "./ast";
import { noByte } from "./espruino-rules";
import { Reference } from "./references";
import { UserError } from "./user-error";

/** A text or number whose value is known now; or a list of which only elements and the length are asked. */
export type Constant = { value: string | number | boolean } | { elements: AnyNode[] };

/**
 * @param isReadonly tells a list that is declared so with all that is in it
 * @returns by name; everything else at the top of the bundle is a variable.
 */
export function findConstants(statements: AnyNode[], references: Reference[], code: string, isReadonly: (name: Identifier) => boolean): Map<string, Constant> {
  const found = new Map<string, Constant>();
  const isMadeOf = newMaking(statements, found);
  for (const statement of statements) {
    // As the compiler leaves them: one variable a statement, and one that is used stands before.
    const declarator = statement.type === "VariableDeclaration" && statement.declarations.length === 1 ? statement.declarations[0] : null;
    if (declarator === null || !declarator.init) continue;
    const id = declarator.id as Identifier;
    const { name } = id;
    const init = declarator.init as AnyNode;
    const uses = references.filter((one) => one.name === name);
    const value = uses.some(isWrite) ? undefined : valueOf(init, code, found);
    if (value !== undefined) found.set(name, { value });
    else if (init.type === "ArrayExpression" && init.elements.length > 0 && uses.every(isRead) && isMadeOf(init)) {
      const elements = (init as ArrayExpression).elements as AnyNode[];
      if (!elements.some(isObject) || isReadonly(id)) found.set(name, { elements });
    }
  }
  return found;
}

function isWrite({ node, around: [parent] }: Reference): boolean {
  return isChanged(parent, node);
}

const changing = new Set(["push", "pop", "shift", "unshift", "splice", "fill", "sort", "reverse"]);

/** `LIST[i]` or `LIST.length`, and nothing is stored there, nor deeper. What is done to an element by another name is not seen: only its type tells. */
function isRead({ node, around }: Reference): boolean {
  const [parent] = around;
  if (parent.type !== "MemberExpression" || parent.object !== node) return false;
  if (!parent.computed) return (parent.property as Identifier).name === "length";
  let inner: AnyNode = node;
  for (const outer of around) {
    if (outer.type !== "MemberExpression" || outer.object !== inner) return !isChanged(outer, inner);
    if (!outer.computed && changing.has((outer.property as Identifier).name)) return false;
    inner = outer;
  }
  return true;
}

function isChanged(by: AnyNode, node: AnyNode): boolean {
  return (by.type === "AssignmentExpression" && by.left === node) || by.type === "UpdateExpression" || (by.type === "UnaryExpression" && by.operator === "delete");
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
  if (!isPure(node)) return undefined;
  const value = runInNewContext(`(${code.slice(node.start, node.end)})`, names) as string | number | boolean;
  const wrong = typeof value === "string" ? noByte(value) : null;
  if (wrong !== null) throw new UserError(wrong);
  return value;
}

const parts = new Set(["Literal", "UnaryExpression", "BinaryExpression", "ArrayExpression", "ObjectExpression"]);

/** Something that can be changed, or told from another one like it. A function is made anew wherever it stands. */
function isObject(node: AnyNode): boolean {
  return node.type === "ArrayExpression" || node.type === "ObjectExpression" || node.type === "CallExpression" || (node.type !== "FunctionExpression" && children(node).some(isObject));
}

type Is = (node: AnyNode) => boolean;

/** @returns what tells whether an expression, made anew for each use, is the same: literals, constants, functions, and calls of functions that do no more than put such together. */
function newMaking(statements: AnyNode[], found: Map<string, Constant>): Is {
  const functions = new Map(statements.flatMap((one) => (one.type === "FunctionDeclaration" ? [[(one.id as Identifier).name, one as FunctionDeclaration]] : [])));
  const plain = new Map<string, boolean>();
  const isPlain = (name: string, declaration: FunctionDeclaration): boolean => {
    const known = plain.get(name);
    if (known !== undefined) return known;
    // One that comes back to itself is none.
    plain.set(name, false);
    const [first] = declaration.body.body;
    const value = first?.type === "ReturnStatement" ? first.argument ?? null : null;
    const params = declaration.params.map((one) => (one as Identifier).name);
    const isPut = value !== null && isMadeOf(value as AnyNode, params);
    plain.set(name, isPut);
    return isPut;
  };
  /** @param params of the function that it stands in, if it stands in one */
  const isMadeOf = (node: AnyNode, params?: string[]): boolean => {
    const isMade: Is = (one) => isMadeOf(one, params);
    const isParam = (name: string): boolean => params?.includes(name) === true;
    // What it remembers in a parameter would be forgotten.
    if (node.type === "FunctionExpression") return params === undefined;
    if (node.type === "Property") return isMade(node.value as AnyNode);
    if (node.type === "Identifier") return isParam(node.name) || found.has(node.name) || functions.has(node.name);
    if (node.type !== "CallExpression") return parts.has(node.type) && children(node).every(isMade);
    const { callee } = node;
    const called = callee.type === "Identifier" && !isParam(callee.name) ? functions.get(callee.name) : undefined;
    return called !== undefined && isPlain((callee as Identifier).name, called) && node.arguments.every((one) => isMade(one as AnyNode));
  };
  return (node) => isMadeOf(node);
}
