/**
 * Records as lists. A member of a table that Lua finds by its name takes 32 bytes, and there is room for the next power of
 * two of them; what it finds by a small number takes 16, and only what is there. So each name of the firmware's own members
 * becomes a number, the same wherever it stands, and another one than those of all that stand with it. Names of Lua and of
 * NodeMCU stay, and those that an object may be asked for without having them.
 */
import * as lua from "typescript-to-lua";
import { Marked, Origin } from "./lua-names";
import { placeNames } from "./lua-places";
import { rewrite } from "./lua-scopes";
import { pathOf } from "./lua-uses";
import { UserError } from "./user-error";

/** What the compiler names where the source has something else: tables of Lua itself, and how a class is made. */
const ofCompiler = /^(bit|math|string|table)\.|\.(name|prototype|____constructor|____super)$/;

/** Members that a class gives its objects. */
const ofObject = /^self\.|\.prototype\./;

/** Bytes of a member by number, and by name. */
const [listed, hashed] = [16, 32];

/** @param groups names that an object of a type may be asked for @param isPure tells calls that do nothing @returns the same with numbers for names */
export function packRecords(statements: lua.Statement[], groups: string[][], isPure: (node: lua.CallExpression) => boolean): lua.Statement[] {
  const tables: string[][] = [];
  const byName = new Set<string>();
  for (const one of statements) rewrite(one, (node) => look(node, tables, byName));
  const places = placeNames(tables.map((names) => names.filter((name) => !byName.has(name))).filter(({ length }) => length > 0), groups);
  for (const name of byName) places.delete(name);
  const pack = (node: lua.Node): lua.Node | null => {
    if (lua.isTableExpression(node)) return packTable(node, places, (one) => rewrite(one, pack), isPure);
    const name = lua.isStringLiteral(node) ? node : memberOf(node);
    const place = name !== null && originOf(name, node) === "own" ? places.get(textOf(name)) : undefined;
    if (place === undefined) return null;
    if (lua.isStringLiteral(node)) return lua.createNumericLiteral(place);
    if (lua.isMethodCallExpression(node)) return callMember(rewrite(node.prefixExpression, pack), place, node.params.map((one) => rewrite(one, pack)));
    return lua.isTableIndexExpression(node) ? lua.createTableIndexExpression(rewrite(node.table, pack), lua.createNumericLiteral(place)) : null;
  };
  return statements.map((one) => rewrite(one, pack));
}

/** @returns null: everything is looked at */
function look(node: lua.Node, tables: string[][], byName: Set<string>): null {
  if (lua.isTableExpression(node)) {
    const names = node.fields.map(memberOf).filter((name) => name !== null && originOf(name) === "own").map((name) => textOf(name as Name));
    if (names.length > 0) tables.push(names);
    return null;
  }
  const name = memberOf(node);
  if (name === null) return null;
  const origin = originOf(name, node);
  if (origin === undefined) throw new UserError(`the types do not tell what "${textOf(name)}" is a member of`);
  if (origin === "optional") byName.add(textOf(name));
  return null;
}

type Name = (lua.StringLiteral | lua.Identifier) & Marked;

/** @returns the name of the member that a node is or asks for */
function memberOf(node: lua.Node): Name | null {
  if (lua.isMethodCallExpression(node)) return node.name;
  const key = lua.isTableIndexExpression(node) ? node.index : lua.isTableFieldExpression(node) ? node.key : undefined;
  return key !== undefined && lua.isStringLiteral(key) ? key : null;
}

function textOf(name: Name): string {
  return lua.isIdentifier(name) ? name.text : name.value;
}

/** @param node where the compiler names what the types do not know of */
function originOf(name: Name, node?: lua.Node): Origin | undefined {
  const path = node === undefined ? "" : pathOf(node as lua.Expression);
  return name.origin ?? (ofCompiler.test(path) ? "foreign" : ofObject.test(path) ? "own" : undefined);
}

/** `object:member(…)`, the object named twice where that does nothing. */
function callMember(object: lua.Expression, place: number, given: lua.Expression[]): lua.Expression {
  const call = (owner: lua.Expression): lua.Expression => lua.createCallExpression(lua.createTableIndexExpression(owner, lua.createNumericLiteral(place)), [owner, ...given]);
  if (isPath(object)) return call(object);
  const owner = lua.createIdentifier("____owner");
  const caller = lua.createFunctionExpression(lua.createBlock([lua.createReturnStatement([call(owner)])]), [owner]);
  return lua.createCallExpression(lua.createParenthesizedExpression(caller), [object]);
}

function isPath(node: lua.Expression): boolean {
  return lua.isIdentifier(node) || lua.isLiteral(node) || (lua.isTableIndexExpression(node) && isPath(node.table) && isPath(node.index))
    || (lua.isBinaryExpression(node) && isPath(node.left) && isPath(node.right));
}

interface Field {
  /** None where the name stays. */
  place: number | undefined;
  field: lua.TableFieldExpression;
  value: lua.Expression;
}

function packTable(table: lua.TableExpression, places: Map<string, number>, rewritten: (node: lua.Expression) => lua.Expression, isPure: (node: lua.CallExpression) => boolean): lua.Node | null {
  const fields: Field[] = table.fields.map((field) => {
    const name = memberOf(field);
    return { place: name !== null && originOf(name) === "own" ? places.get(textOf(name)) : undefined, field, value: rewritten(field.value) };
  });
  if (fields.every(({ place }) => place === undefined)) return null;
  const most = listLength(fields);
  const isListed = ({ place }: Field): boolean => place !== undefined && place <= most;
  const list = fields.filter(isListed).sort((a, b) => (a.place ?? 0) - (b.place ?? 0));
  const ordered = [...list, ...fields.filter((one) => !isListed(one))];
  if (isInOrder(fields, ordered, isPure)) return made(ordered, most, ({ value }) => value);
  // What is called is called in the order of the source: the values become arguments.
  const given = fields.filter(({ value }) => !lua.isLiteral(value));
  const names = new Map(given.map((one, i) => [one, lua.createIdentifier(`v${i}`)]));
  const maker = lua.createFunctionExpression(lua.createBlock([lua.createReturnStatement([made(ordered, most, (one) => names.get(one) ?? one.value)])]), [...names.values()]);
  return lua.createCallExpression(lua.createParenthesizedExpression(maker), given.map(({ value }) => once(value)));
}

/** How many of the first places stand without their number: as costs least. */
function listLength(fields: Field[]): number {
  const bytes = (length: number): number => {
    const rest = fields.filter(({ place }) => place === undefined || place > length).length;
    return length * listed + (rest === 0 ? 0 : 2 ** Math.ceil(Math.log2(rest)) * hashed);
  };
  return fields.map(({ place }) => place ?? 0).reduce((best, length) => (bytes(length) <= bytes(best) ? length : best), 0);
}

function made(ordered: Field[], most: number, valueOf: (field: Field) => lua.Expression): lua.TableExpression {
  const list = Array.from({ length: most }, (_, i) => {
    const found = ordered.find(({ place }) => place === i + 1);
    return lua.createTableFieldExpression(found === undefined ? lua.createNilLiteral() : once(valueOf(found)));
  });
  const rest = ordered.filter(({ place }) => place === undefined || place > most)
    .map((one) => lua.createTableFieldExpression(valueOf(one), one.place === undefined ? one.field.key : lua.createNumericLiteral(one.place)));
  return lua.createTableExpression([...list, ...rest]);
}

/** A call at the end of a list would give all its results. */
function once(value: lua.Expression): lua.Expression {
  return lua.isCallExpression(value) || lua.isMethodCallExpression(value) ? lua.createParenthesizedExpression(value) : value;
}

function isInOrder(fields: Field[], ordered: Field[], isPure: (node: lua.CallExpression) => boolean): boolean {
  const depends = ({ value }: Field): boolean => !lua.isLiteral(value) && !lua.isFunctionExpression(value);
  if (!fields.some(({ value }) => calls(value, isPure))) return true;
  const [before, after] = [fields.filter(depends), ordered.filter(depends)];
  return before.every((one, i) => one === after[i]);
}

function calls(node: lua.Expression, isPure: (node: lua.CallExpression) => boolean): boolean {
  let found = false;
  rewrite(node, (one) => {
    if (lua.isFunctionExpression(one)) return one;
    found ||= lua.isMethodCallExpression(one) || (lua.isCallExpression(one) && !isPure(one));
    return null;
  });
  return found;
}
