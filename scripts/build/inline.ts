/**
 * Small functions are written out where they are called: a call costs the interpreter some 30 µs and
 * 700 bytes of its stack, what most of them do a tenth of that. Only where it makes no difference when
 * and how often an argument is worked out.
 */
import { AnyNode, CallExpression, FunctionDeclaration, Identifier } from "acorn";
import { children, isFunction } from "./ast";
import { Reference } from "./references";

/** A function that returns an expression, or does nothing but a few of them. */
export interface Small {
  expressions: AnyNode[];
  returns: boolean;
  params: string[];
  /** Where its parameters stand in the expressions. */
  uses: Identifier[];
  /** Names that are left as they are and must mean the same where it is called. */
  free: string[];
  effect: Effect;
}

export interface Smalls {
  found: ReadonlyMap<string, Small>;
  /** Names of the members that objects of the bundle are given. */
  members: ReadonlySet<string>;
}

/** What an expression does besides having a value. */
enum Effect { None, Writes, Calls }

/** Characters: what is longer is looked through each time that its surroundings are skipped. */
const longest = 140;

/** An argument used more than once is worked out more than once. */
const cheap = 12;

/** @param constants are not left in the text either, so they may be hidden where they are used */
export function findSmall(statements: AnyNode[], constants: { has(name: string): boolean }): Smalls {
  const declared = new Map(statements.flatMap((one) => (one.type === "FunctionDeclaration" ? [[(one.id as Identifier).name, one as FunctionDeclaration]] : [])));
  const isReplaced = (name: string): boolean => declared.has(name) || constants.has(name);
  const members = new Set(statements.flatMap(membersIn));
  const found = new Map<string, Small>();
  const tried = new Set<string>();
  const looking = new Set<string>();
  const circular = new Set<string>();
  const find: Known["find"] = (name) => {
    const declaration = declared.get(name);
    // Each written out in the other there would be no end.
    if (looking.has(name)) circular.add(name);
    if (declaration === undefined || tried.has(name)) return found.get(name);
    tried.add(name);
    looking.add(name);
    const small = smallOf(declaration, isReplaced, { find, members });
    looking.delete(name);
    if (small === null || circular.has(name)) return undefined;
    found.set(name, small);
    return small;
  };
  for (const name of declared.keys()) find(name);
  return { found, members };
}

interface Known {
  find: (name: string) => Small | undefined;
  members: ReadonlySet<string>;
}

function smallOf(declaration: FunctionDeclaration, isReplaced: (name: string) => boolean, { find, members }: Known): Small | null {
  const { body } = declaration.body;
  const [first] = body;
  const returns = body.length === 1 && first.type === "ReturnStatement" && (first.argument ?? null) !== null;
  if (body.length === 0 || body[body.length - 1].end - first.start > longest) return null;
  if (!returns && !body.every((one) => one.type === "ExpressionStatement")) return null;
  const expressions = body.map((one) => (one.type === "ReturnStatement" ? one.argument : (one as { expression: AnyNode }).expression) as AnyNode);
  const params = declaration.params.map((one) => (one as Identifier).name);
  const names = expressions.flatMap(namesIn);
  const written = expressions.flatMap(writtenIn);
  const own = (declaration.id as Identifier).name;
  if (expressions.some(holdsFunction) || names.some(({ name }) => name === own || name === "arguments") || written.some((name) => params.includes(name))) return null;
  // What it calls may be written out in it.
  const effect = Math.max(...expressions.map((one) => effectIn(one, { find: (name) => (params.includes(name) ? undefined : find(name)), members })));
  const uses = names.filter(({ name }) => params.includes(name));
  const others = names.map(({ name }) => name).filter((name) => !params.includes(name));
  const free = others.flatMap((name) => (isReplaced(name) ? find(name)?.free ?? [] : [name]));
  return { expressions, returns, params, uses, free, effect };
}

/** @returns the call of a small function, where it may be written out. */
export function callOf({ name, node, around, hidden }: Reference, { found, members }: Smalls): { small: Small; call: CallExpression } | null {
  const small = found.get(name);
  if (small === undefined) return null;
  const [call, outer, ...further] = around;
  if (call.type !== "CallExpression" || call.callee !== node || call.arguments.length !== small.params.length) return null;
  if (!small.returns && outer.type !== "ExpressionStatement") return null;
  if (small.free.some((name) => hidden.has(name))) return null;
  const top = further.length > 0 ? further[further.length - 1] : outer;
  const fits = call.arguments.every((argument, i) => {
    const used = small.uses.filter(({ name }) => name === small.params[i]);
    if (argument.type === "Identifier") return small.effect === Effect.None || (hidden.has(argument.name) && isSafe(argument.name, small.effect, top));
    return isEasy(argument as AnyNode, small, used, { find: (called) => (hidden.has(called) ? undefined : found.get(called)), members });
  });
  return fits ? { small, call } : null;
}

/** A variable of the caller's own: nothing that is called can write it, if nothing does. */
function isSafe(name: string, effect: Effect, top: AnyNode): boolean {
  return effect === Effect.Writes || !writtenIn(top).includes(name);
}

/** Is it the same whether it is worked out before the call, or where it is used? */
function isEasy(argument: AnyNode, small: Small, used: Identifier[], known: Known): boolean {
  if (argument.type === "Literal") return true;
  if (holdsFunction(argument) || effectIn(argument, known) !== Effect.None) return false;
  if (used.length > 1 && (argument.end - argument.start > cheap || makesObject(argument))) return false;
  return small.effect === Effect.None || (small.effect === Effect.Writes && used.length === 1 && isBeforeWrites(used[0], small.expressions[0], known.members));
}

/** In `o.x = a` the `a` is worked out before anything is written. */
function isBeforeWrites(use: Identifier, first: AnyNode, members: ReadonlySet<string>): boolean {
  const known: Known = { find: () => undefined, members };
  return first.type === "AssignmentExpression" && use.start >= first.right.start && use.end <= first.right.end
    && effectIn(first.right, known) === Effect.None && effectIn(first.left, known) === Effect.None;
}

/** Twice made it would be two; a function may return one. */
function makesObject(node: AnyNode): boolean {
  return node.type === "ArrayExpression" || node.type === "ObjectExpression" || (node.type === "CallExpression" && node.callee.type === "Identifier") || children(node).some(makesObject);
}

function holdsFunction(node: AnyNode): boolean {
  return isFunction(node) || node.type === "ThisExpression" || children(node).some(holdsFunction);
}

/** Names read or written in an expression; members and keys are none. */
function namesIn(node: AnyNode): Identifier[] {
  if (node.type === "Identifier") return [node];
  return children(node).filter((child) => {
    if (node.type === "MemberExpression") return child === node.object || node.computed;
    return node.type !== "Property" || child === node.value;
  }).flatMap(namesIn);
}

/** Variables that are given a value. */
function writtenIn(node: AnyNode): string[] {
  const target = node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : null;
  return [...target?.type === "Identifier" ? [target.name] : [], ...children(node).flatMap(writtenIn)];
}

/** Members that objects are given: as `{name: …}` or `o.name = …`. */
function membersIn(node: AnyNode): string[] {
  const member = node.type === "AssignmentExpression" && node.left.type === "MemberExpression" && !node.left.computed ? node.left.property : node.type === "Property" ? node.key : null;
  const name = member?.type === "Identifier" ? [member.name] : member?.type === "Literal" ? [String(member.value)] : [];
  return [...name, ...children(node).flatMap(membersIn)];
}

/** Of the language's own, they change nothing: of its objects, and of texts and numbers. */
const harmless: { [object: string]: string[] | undefined } = { Math: ["floor", "abs", "min", "max", "round"], String: ["fromCharCode"] };
const harmlessOfValues = new Set(["charCodeAt", "charAt", "substring", "toString"]);

/** A method of a text or number is known by its name only where no object of ours has one of that name. */
function isHarmless(callee: AnyNode, members: ReadonlySet<string>): boolean {
  if (callee.type !== "MemberExpression" || callee.computed) return false;
  const { name } = callee.property as Identifier;
  if (harmlessOfValues.has(name)) return !members.has(name);
  return callee.object.type === "Identifier" && Object.hasOwn(harmless, callee.object.name) && harmless[callee.object.name]?.includes(name) === true;
}

function effectIn(node: AnyNode, known: Known): Effect {
  return Math.max(ownEffect(node, known), ...children(node).map((one) => effectIn(one, known)));
}

function ownEffect(node: AnyNode, { find, members }: Known): Effect {
  if (node.type === "AssignmentExpression" || node.type === "UpdateExpression") return Effect.Writes;
  if (node.type === "UnaryExpression" && node.operator === "delete") return Effect.Writes;
  if (node.type === "NewExpression") return Effect.Calls;
  if (node.type !== "CallExpression") return Effect.None;
  const { callee } = node;
  if (callee.type === "Identifier") return find(callee.name)?.effect ?? Effect.Calls;
  return isHarmless(callee as AnyNode, members) ? Effect.None : Effect.Calls;
}
