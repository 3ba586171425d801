/**
 * Espruino hoists nothing: a function is known after its declaration has run, a variable after its
 * `var` has run, and an assignment before that makes a global. Found here as far as the text shows it.
 */
import { AnyNode, BlockStatement, FunctionDeclaration, FunctionExpression, Identifier, Program } from "acorn";
import { children, isFunction } from "./ast";
import { Fault } from "./espruino-check";

type Scope = Program | FunctionDeclaration | FunctionExpression;

/** Where a name of a scope becomes known, and the block within which that holds. */
interface Declaration {
  start: number;
  /** The innermost statement that may be skipped, or the scope itself. */
  block: AnyNode;
}

export function findScopeFaults(tree: AnyNode): Fault[] {
  const faults: Fault[] = [];
  const visit = (node: AnyNode): void => {
    if (node.type === "Program" || isFunction(node)) {
      faults.push(...functionFaults(node as Scope), ...variableFaults(node as Scope));
    }
    children(node).forEach(visit);
  };
  visit(tree);
  return faults;
}

function bodyOf(scope: Scope): AnyNode[] {
  return (scope.type === "Program" ? scope : (scope.body as BlockStatement)).body as AnyNode[];
}

/** Function declarations stand first in their scope; within a block they are refused. */
function functionFaults(scope: Scope): Fault[] {
  const faults: Fault[] = [];
  const top = bodyOf(scope);
  let others = 0;
  for (const statement of top) {
    if (statement.type === "FunctionDeclaration") {
      if (others > 0) faults.push({ node: statement, message: `Espruino does not hoist: function ${nameOf(statement)} must stand before the statements of its scope` });
    } else if (!("directive" in statement)) others++;
  }
  const visit = (node: AnyNode): void => {
    if (node.type === "FunctionDeclaration") {
      faults.push({ node, message: `function ${nameOf(node)} stands in a block: move it out of the block, or make it a const` });
    } else if (!isFunction(node)) children(node).forEach(visit);
  };
  top.filter((statement) => !isFunction(statement)).forEach((statement) => children(statement).forEach(visit));
  return faults;
}

function nameOf(node: AnyNode): string {
  return (node as FunctionDeclaration).id.name;
}

/** A use of a variable in its own scope comes after its declaration, and not outside the block that holds it. */
function variableFaults(scope: Scope): Fault[] {
  const declared = new Map<string, Declaration[]>();
  const uses: Identifier[] = [];
  collect(bodyOf(scope), scope as AnyNode, declared, uses);
  const parameters = new Set(scope.type === "Program" ? [] : scope.params.map((one) => (one as Identifier).name));
  return uses.flatMap((use) => {
    const declarations = declared.get(use.name);
    if (declarations === undefined || parameters.has(use.name)) return [];
    const known = declarations.some((one) => one.start <= use.start && use.start >= one.block.start && use.end <= one.block.end);
    return known ? [] : [{ node: use, message: "a variable is used before, or outside the block of, its declaration: Espruino does not know it there; declare it earlier" }];
  });
}

const skippable = new Set([
  "IfStatement", "ForInStatement", "WhileStatement", "TryStatement", "CatchClause", "SwitchCase", "ConditionalExpression", "LogicalExpression",
]);

/** Gathers the variables a scope declares and its uses of names, without what lies in inner functions. */
function collect(
  from: AnyNode | AnyNode[], block: AnyNode, declared: Map<string, Declaration[]>, uses: Identifier[],
): void {
  for (const node of Array.isArray(from) ? from : [from]) {
    if (isFunction(node)) continue;
    if (node.type === "VariableDeclarator") {
      const name = (node.id as Identifier).name;
      declared.set(name, [...(declared.get(name) ?? []), { start: node.start, block }]);
      if (node.init !== null && node.init !== undefined) collect(node.init as AnyNode, block, declared, uses);
    } else if (node.type === "Identifier") {
      uses.push(node);
    } else if (node.type === "MemberExpression" && !node.computed) {
      collect(node.object as AnyNode, block, declared, uses);
    } else if (node.type === "Property" && !node.computed) {
      collect(node.value as AnyNode, block, declared, uses);
    } else if (node.type === "ForStatement") {
      collectLoop(node, block, declared, uses);
    } else {
      const inner = skippable.has(node.type) ? blockOf(node) : null;
      for (const child of children(node)) collect(child, inner?.(child) ?? block, declared, uses);
    }
  }
}

/** What is declared in the head of a `for` is known after it; in its body only within. */
function collectLoop(
  node: Extract<AnyNode, { type: "ForStatement" }>, block: AnyNode, declared: Map<string, Declaration[]>, uses: Identifier[],
): void {
  if (node.init !== null && node.init !== undefined) collect(node.init as AnyNode, block, declared, uses);
  const body = node.body as AnyNode;
  for (const child of [node.test, node.update]) {
    if (child !== null && child !== undefined) collect(child as AnyNode, block, declared, uses);
  }
  collect(body, body, declared, uses);
}

/** @returns which block a part of a statement belongs to: a part that may be skipped is a block of its own. */
function blockOf(node: AnyNode): (child: AnyNode) => AnyNode | null {
  if (node.type === "IfStatement" || node.type === "WhileStatement") return (child) => (child === node.test ? null : child);
  if (node.type === "ForInStatement") return (child) => (child === node.left || child === node.right ? null : child);
  if (node.type === "SwitchCase" || node.type === "CatchClause") return () => node;
  return (child) => child;
}
