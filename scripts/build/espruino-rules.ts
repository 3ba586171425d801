/** What one node alone shows to be wrong for Espruino. Each rule returns a message or null. */
import { AnyNode, MemberExpression, Property } from "acorn";

type Rule = (node: AnyNode) => string | null;

/** Globals the interpreter has not got, or has in a way that cannot be relied on. */
const globals: Record<string, string> = {
  Map: "use an array or an object",
  Set: "use an array",
  WeakMap: "use an object",
  WeakSet: "use an array",
  Symbol: "leave it out",
  Proxy: "leave it out",
  Reflect: "leave it out",
  Promise: "use a callback: promises run at another time on every engine",
  RangeError: "use Error",
  BigInt: "use two 16-bit halves",
  TextEncoder: "bytes are strings of characters 0–255",
  JSON: "write the bytes or the text out by hand",
  Date: "ask the clock of the platform",
  RegExp: "use indexOf and charCodeAt",
  ArrayBuffer: "bytes are strings of characters 0–255",
  DataView: "bytes are strings of characters 0–255",
};
for (const kind of ["Int8", "Uint8", "Uint8Clamped", "Int16", "Uint16", "Int32", "Uint32", "Float32", "Float64"]) {
  globals[`${kind}Array`] = "bytes are strings of characters 0–255, numbers go into a plain array";
}

/** Members of globals that the interpreter has not got. */
const members: Record<string, string[]> = {
  Math: ["trunc", "imul", "clz32", "hypot", "log2", "log10", "cbrt", "fround"],
  Number: ["isInteger", "isNaN", "isFinite", "isSafeInteger", "MAX_SAFE_INTEGER", "MIN_SAFE_INTEGER", "EPSILON"],
  Object: ["freeze", "seal", "isFrozen", "isSealed", "is", "preventExtensions"],
  Array: ["from", "of"],
  String: ["raw", "fromCodePoint"],
};

/**
 * Methods of ES5 that no string, array or number of the interpreter has, and that nobody would
 * name a function of his own; later ones are unknown to the compiler already.
 */
const methods = new Set(["reduceRight", "localeCompare", "toPrecision"]);

const longestName = 63;

/** ES5 takes these as names of variables, the interpreter's lexer does not. */
export const reservedWords = ["of", "let", "static", "yield", "async", "await"];

function nameOf(node: MemberExpression): string | null {
  if (node.computed) return null;
  return node.property.type === "Identifier" ? node.property.name : null;
}

function forbiddenMember(node: AnyNode): string | null {
  if (node.type !== "MemberExpression") return null;
  const name = nameOf(node);
  if (name === null) return null;
  const owner = node.object.type === "Identifier" ? node.object.name : "";
  if (members[owner]?.includes(name) === true) return `Espruino has no ${owner}.${name}: write it out by hand`;
  if (methods.has(name)) return `Espruino has no method ${name}: write it out by hand`;
  if (owner === "Array" && name === "prototype") return "members of Array.prototype are not there in Espruino: call them on [] instead";
  return null;
}

/** `new Map`, `JSON.parse`, `instanceof Date`: a global's name as a value. Local names are letters after mangling. */
function forbiddenGlobal(node: AnyNode): string | null {
  if (node.type !== "Identifier") return null;
  const way = Object.hasOwn(globals, node.name) ? globals[node.name] : undefined;
  return way === undefined ? null : `${node.name} is not to be used on Espruino: ${way}`;
}

function longName(node: AnyNode): string | null {
  if (node.type !== "Identifier" || node.name.length <= longestName) return null;
  return `the name ${node.name} has more than ${longestName} characters and Espruino cuts it off: give it a shorter one`;
}

/** A variable or parameter: what stands behind a dot or before a colon may have any name. */
function reservedName(node: AnyNode): string | null {
  const declared = node.type === "VariableDeclarator" ? [node.id] : "params" in node ? node.params : [];
  const found = declared.find((one) => one.type === "Identifier" && reservedWords.includes(one.name));
  return found === undefined ? null : "Espruino takes of, let, static, yield, async and await as keywords: give the variable another name";
}

function label(node: AnyNode): string | null {
  return node.type === "LabeledStatement" ? "Espruino has no labels: put the loop into a function and return from it" : null;
}

function defaultInTheMiddle(node: AnyNode): string | null {
  if (node.type !== "SwitchStatement") return null;
  const at = node.cases.findIndex((one) => one.test === null || one.test === undefined);
  return at < 0 || at === node.cases.length - 1 ? null : "Espruino refuses a case after default: put default last in the switch";
}

function regularExpression(node: AnyNode): string | null {
  if (node.type !== "Literal" || !("regex" in node) || node.regex === undefined) return null;
  return "Espruino's regular expressions are not those of other engines: use indexOf and charCodeAt";
}

function setLength(node: AnyNode): string | null {
  const target = node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : null;
  if (target === null || target.type !== "MemberExpression" || nameOf(target) !== "length") return null;
  return "Espruino throws when length is set: make a new array, or keep a count beside it";
}

function sizedArray(node: AnyNode): string | null {
  if (node.type !== "NewExpression" && node.type !== "CallExpression") return null;
  if (node.callee.type !== "Identifier" || node.callee.name !== "Array") return null;
  return "new Array(n) makes something else in Lua: push the elements in a loop";
}

function propertyName(node: AnyNode): string | null {
  if (node.type !== "Property") return null;
  const property = node as Property;
  if (property.kind === "init" || property.key.type === "Identifier") return null;
  return "Espruino refuses a getter or setter whose name is not a plain word: make it a method";
}

function isAccessor(node: AnyNode): string | null {
  return node.type === "Property" && node.kind !== "init" ? "getters and setters are not portable: make it a method" : null;
}

function deviant(node: AnyNode): string | null {
  if (node.type === "WithStatement") return "there is no with here: use a variable";
  if (node.type === "DebuggerStatement") return "take the debugger statement out";
  return null;
}

/** @returns what is wrong with the first character of a text that is none of the device's, in the words of the Lua build */
export function noByte(text: string): string | null {
  const found = text.match(/[^\0-\xff]/u);
  return found === null ? null : `the character "${found[0]}" is no byte: on the device a text holds bytes only`;
}

function wideCharacter(node: AnyNode): string | null {
  return node.type === "Literal" && typeof node.value === "string" ? noByte(node.value) : null;
}

export const rules: Rule[] = [
  forbiddenMember, forbiddenGlobal, longName, reservedName, label, defaultInTheMiddle, regularExpression, setLength, sizedArray,
  propertyName, isAccessor, deviant, wideCharacter,
];
