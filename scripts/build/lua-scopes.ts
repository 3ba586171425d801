/** A walk through Lua that knows which names are hidden where. */
import * as lua from "typescript-to-lua";

/** Names that mean something nearer than the top of the module. */
export type Hidden = ReadonlySet<string>;

/** @returns what stands there instead; null to look into it. */
export type Replace = (node: lua.Node, hidden: Hidden) => lua.Node | null;

/** @returns a copy, with what `replace` says in it. */
export function rewrite<T extends lua.Node>(node: T, replace: Replace, hidden: Hidden = new Set()): T {
  return (replace(node, hidden) ?? within(node, replace, hidden)) as T;
}

function within(node: lua.Node, replace: Replace, hidden: Hidden): lua.Node {
  if (lua.isBlock(node) || lua.isDoStatement(node)) return altered(node, { statements: rewriteAll(node.statements, replace, hidden) });
  if (lua.isFunctionExpression(node)) return altered(node, { body: rewrite(node.body, replace, hiding(hidden, node.params ?? [])) });
  if (lua.isForStatement(node)) return altered(mapFields(node, ["body", "controlVariable"], replace, hidden), { body: rewrite(node.body, replace, hiding(hidden, [node.controlVariable])) });
  if (lua.isForInStatement(node)) return altered(mapFields(node, ["body", "names"], replace, hidden), { body: rewrite(node.body, replace, hiding(hidden, node.names)) });
  return mapFields(node, lua.isMethodCallExpression(node) ? ["name"] : [], replace, hidden);
}

/** Statements that stand together: what one declares is hidden in those behind it. */
function rewriteAll(statements: lua.Statement[], replace: Replace, outside: Hidden): lua.Statement[] {
  let hidden = outside;
  return statements.map((one) => {
    if (!lua.isVariableDeclarationStatement(one)) return rewrite(one, replace, hidden);
    const before = hidden;
    hidden = hiding(before, one.left);
    // The printer makes `local function f` of it, which knows itself.
    const known = lua.isFunctionDefinition(one) ? hidden : before;
    return (replace(one, before) ?? altered(one, { right: one.right?.map((value) => rewrite(value, replace, known)) })) as lua.Statement;
  });
}

function hiding(hidden: Hidden, names: lua.Identifier[]): Hidden {
  return new Set([...hidden, ...names.map(({ text }) => text)]);
}

function mapFields<T extends lua.Node>(node: T, left: string[], replace: Replace, hidden: Hidden): T {
  const map = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    return isNode(value) ? rewrite(value, replace, hidden) : value;
  };
  return Object.fromEntries(Object.entries(node).map(([field, value]) => [field, left.includes(field) ? value : map(value)])) as T;
}

function altered<T extends lua.Node>(node: T, fields: Partial<T>): T {
  return { ...node, ...fields };
}

function isNode(value: unknown): value is lua.Node {
  return typeof value === "object" && value !== null && typeof (value as { kind?: unknown }).kind === "number";
}
