/** Who names whom at the top of a bundle. */
import { AnyNode, Identifier } from "acorn";
import { children, isFunction } from "./ast";

/** A name that means something of the top of the bundle. */
export interface Reference {
  name: string;
  node: Identifier;
  /** The nodes around it, the nearest first. */
  around: AnyNode[];
  /** Names that mean something else there than at the top. */
  hidden: Set<string>;
}

/** @returns in the order of the text; declarations are none. */
export function findReferences(statements: AnyNode[]): Reference[] {
  const found: Reference[] = [];
  const top = new Set(declaredIn(statements));
  const visit = (node: AnyNode, around: AnyNode[], hidden: Set<string>): void => {
    if (node.type === "Identifier") {
      if (isUse(node, around[0]) && top.has(node.name) && !hidden.has(node.name)) found.push({ name: node.name, node, around, hidden });
      return;
    }
    const inside = new Set([...hidden, ...namesOf(node)]);
    for (const child of children(node)) visit(child, [node, ...around], inside);
  };
  for (const statement of statements) visit(statement, [], new Set());
  return found.sort((a, b) => a.node.start - b.node.start);
}

/** The names that a function or a `catch` brings for what is within; a function expression its own too. */
function namesOf(node: AnyNode): string[] {
  if (isFunction(node)) {
    const { id, params, body } = node as unknown as { id: Identifier | null; params: Identifier[]; body: { body: AnyNode[] } };
    const own = node.type === "FunctionExpression" && id !== null ? [id.name] : [];
    return [...own, ...params.map((one) => one.name), ...declaredIn(body.body)];
  }
  return node.type === "CatchClause" && node.param ? [(node.param as Identifier).name] : [];
}

function isUse(node: AnyNode, parent: AnyNode): boolean {
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed;
  if (parent.type === "Property") return parent.value === node;
  if (parent.type === "VariableDeclarator") return parent.init === node;
  return !isFunction(parent) && parent.type !== "CatchClause";
}

/** Names of the variables and functions of a scope, without those of functions within. */
function declaredIn(nodes: AnyNode[]): string[] {
  return nodes.flatMap((node) => {
    if (node.type === "FunctionDeclaration") return [(node.id as Identifier).name];
    if (isFunction(node)) return [];
    const own = node.type === "VariableDeclarator" ? [(node.id as Identifier).name] : [];
    return [...own, ...declaredIn(children(node))];
  });
}
