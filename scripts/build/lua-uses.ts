/** How the variables at the top of the modules are used: what never changes need not be kept. */
import * as lua from "typescript-to-lua";
import { Binding, meaningOf, Modules } from "./lua-modules";
import { Hidden, rewrite } from "./lua-scopes";

export interface Uses {
  /** Given another value than its first. */
  assigned: Set<Binding>;
  /** Something within is changed, or may be. */
  changed: Set<Binding>;
  /** Used in another way than `LIST[i]`, `TABLE.member` and `#LIST`. */
  whole: Set<Binding>;
}

/** What changes the list that it is given first. */
const changing = /^(table\.(insert|remove|sort)|__TS__Array(Splice|Sort|Reverse|Fill|Unshift|SetLength|PushArray|Push))$/;

/** Where the compiler keeps a part of an expression that it is about to change. */
const temporary = /^____/;

type Meaning = (node: lua.Node, hidden: Hidden) => Binding | null;

export function findUses(modules: Modules): Uses {
  const uses: Uses = { assigned: new Set(), changed: new Set(), whole: new Set() };
  for (const module of modules.values()) {
    const meaning: Meaning = (node, hidden) => meaningOf(modules, module, node, hidden);
    // What is declared there is no use.
    for (const statement of module.statements) {
      if (!lua.isVariableDeclarationStatement(statement)) note(uses, meaning, statement, new Set());
      else if (look(uses, meaning, statement, new Set()) === null) statement.right?.forEach((one) => note(uses, meaning, one, new Set()));
    }
  }
  return uses;
}

function note(uses: Uses, meaning: Meaning, node: lua.Node, hidden: Hidden): void {
  rewrite(node, (one, inner) => look(uses, meaning, one, inner), hidden);
}

/** @returns the node when all of it has been looked at */
function look(uses: Uses, meaning: Meaning, node: lua.Node, hidden: Hidden): lua.Node | null {
  if (lua.isAssignmentStatement(node)) {
    lookAtAssignment(uses, meaning, node, hidden);
    return node;
  }
  if (lua.isVariableDeclarationStatement(node) && node.left.some(({ text }) => temporary.test(text))) {
    for (const one of node.right ?? []) change(uses, meaning, one, hidden);
  }
  if (lua.isCallExpression(node) && node.params.length > 0 && changing.test(pathOf(node.expression))) change(uses, meaning, node.params[0], hidden);
  const meant = meaning(node, hidden);
  if (meant !== null) {
    uses.whole.add(meant);
    return node;
  }
  if (lua.isTableIndexExpression(node) && meaning(node.table, hidden) !== null) {
    note(uses, meaning, node.index, hidden);
    return node;
  }
  const measured = lengthOf(node);
  return measured !== null && meaning(measured, hidden) !== null ? node : null;
}

function lookAtAssignment(uses: Uses, meaning: Meaning, node: lua.AssignmentStatement, hidden: Hidden): void {
  node.left.forEach((left, i) => {
    const meant = meaning(left, hidden);
    if (meant === null) {
      change(uses, meaning, left, hidden);
      note(uses, meaning, left, hidden);
    } else if (meant.first !== node.right[i]) {
      uses.assigned.add(meant);
    }
  });
  for (const one of node.right) note(uses, meaning, one, hidden);
}

/** What is at the root of `LIST[i].member` is changed. */
function change(uses: Uses, meaning: Meaning, node: lua.Node, hidden: Hidden): void {
  const meant = meaning(node, hidden);
  if (meant !== null) uses.changed.add(meant);
  else if (lua.isTableIndexExpression(node)) change(uses, meaning, node.table, hidden);
}

/** @returns what `#` is asked of */
export function lengthOf(node: lua.Node): lua.Expression | null {
  return lua.isUnaryExpression(node) && node.operator === lua.SyntaxKind.LengthOperator ? node.operand : null;
}

/** `a.b.c`, "" where it is something else. */
export function pathOf(node: lua.Expression): string {
  if (lua.isIdentifier(node)) return node.text;
  return lua.isTableIndexExpression(node) && lua.isStringLiteral(node.index) ? `${pathOf(node.table)}.${node.index.value}` : "";
}
