/**
 * Functions that cost no memory until they run. A function of the interpreter takes five variables
 * and one a parameter for as long as its name is known, and each name makes the search for every
 * other one longer. So no function of the bundle is declared: its text stands behind the program in
 * the image, and where it was named it is made, `L("n","r",F.substr(8061,310))(1,2)`, from a string
 * that lies in flash; it is gone again when the call returns. Constants go the same way: long texts
 * are strings in flash, an element of a list is made when it is asked for, and of an element that is
 * an object no more than the member that is asked.
 */
import { AnyNode, Identifier, MemberExpression, ObjectExpression, parse, Program } from "acorn";
import { Constant, findConstants } from "./constants";
import { callOf, findSmall, Small, Smalls } from "./inline";
import { pretokenise } from "./pretokenise";
import { findReferences, Reference } from "./references";

/** Names that the mangler must leave free: the image as a string, the interpreter's `Function`, and `elementAt`. */
export const sliceNames = ["F", "L", "T"];

/** Digits of the length of the program, at the beginning of the image. */
const headDigits = 8;

/** Texts that fit into one variable of the interpreter are not worth a slice. */
const shortText = 12;

/** An element of a list stands in a directory of places, each of two numbers in so many digits. */
const [startDigits, lengthDigits] = [8, 6];
const elementAt = `T=function(o,i){o+=i*${startDigits + lengthDigits};`
  + `return L(F.substr(+F.substr(o,${startDigits}),+F.substr(o+${startDigits},${lengthDigits})))()};`;

/** What stands behind the program, once. */
interface Slice {
  pieces: Piece[];
}
/** Code of the image, what stands there as it is, and the places of slices: as two arguments, as the first alone, or as an entry of a directory. */
type Piece = string | { raw: string } | { slice: Slice; as: "arguments" | "start" | "entry" };

/**
 * @param code one IIFE, as the bundler makes it
 * @param isReadonly tells a list that is declared so with all that is in it, by its name where it is declared
 * @returns length of the program, program, slices: characters 0–255
 */
export function sliceBundle(code: string, isReadonly: (name: Identifier) => boolean): string {
  const statements = bodyOfIife(code);
  const references = findReferences(statements);
  const constants = findConstants(statements, references, code, isReadonly);
  const slices: Slice[] = [];
  const add = (slice: Slice): Slice => {
    slices.push(slice);
    return slice;
  };
  const replacements: Replacements = { code, references, whole: new Map(), lists: new Map(), small: findSmall(statements, constants), add };
  // First what each name becomes, then the texts, for any may name any other.
  const texts: (() => void)[] = [];
  for (const statement of statements) {
    if (statement.type === "FunctionDeclaration") {
      const slice = add({ pieces: [] });
      const params = statement.params.map((one) => `"${(one as Identifier).name}",`).join("");
      replacements.whole.set((statement.id as Identifier).name, [`L(${params}F.substr(`, { slice, as: "arguments" }, "))"]);
      texts.push(() => { slice.pieces = cut(replacements, statement.body.start + 1, statement.body.end - 1); });
    }
  }
  for (const [name, constant] of constants) {
    if ("value" in constant) replacements.whole.set(name, valuePieces(constant.value, add));
    else texts.push(addList(replacements, name, constant.elements));
  }
  for (const text of texts) text();
  const kept = statements.filter((one) => one.type !== "FunctionDeclaration" && !isReplaced(one, constants));
  // Without `var`: the program may run inside a function, and what it declares must be known in all.
  const program = kept.flatMap((one) => cut(replacements, one.type === "VariableDeclaration" ? one.declarations[0].start : one.start, one.end));
  return layOut([elementAt, ...program], slices.filter(isUsedBy(program)));
}

interface Replacements {
  code: string;
  references: Reference[];
  whole: Map<string, Piece[]>;
  lists: Map<string, List>;
  small: Smalls;
  add: (slice: Slice) => Slice;
}

interface List {
  elements: AnyNode[];
  directory: Slice;
  /** Of one member of all elements; null where one of them has no such member to see. */
  columns: Map<string, Slice | null>;
}

/** A parameter of a function that is written out, and the argument. */
interface Given { node: Identifier; pieces: Piece[] }

/** Functions that are written out everywhere, and constants of theirs, are not laid out. */
function isUsedBy(program: Piece[]): (slice: Slice) => boolean {
  const used = new Set<Slice>();
  const visit = (pieces: Piece[]): void => {
    for (const piece of pieces) {
      if (typeof piece === "string" || "raw" in piece || used.has(piece.slice)) continue;
      used.add(piece.slice);
      visit(piece.slice.pieces);
    }
  };
  visit(program);
  return (slice) => used.has(slice);
}

function isReplaced(statement: AnyNode, constants: Map<string, Constant>): boolean {
  return statement.type === "VariableDeclaration" && constants.has((statement.declarations[0].id as Identifier).name);
}

function valuePieces(value: string | number | boolean, add: (slice: Slice) => Slice): Piece[] {
  if (typeof value !== "string" || value.length <= shortText) return [literal(value)];
  return ["F.substr(", { slice: add({ pieces: [{ raw: value }] }), as: "arguments" }, ")"];
}

/** ASCII only, characters above it and below the space as `\xNN`. */
function literal(value: string | number | boolean): string {
  if (typeof value !== "string") return Number(value) < 0 ? `(${value})` : String(value);
  return `"${value.replace(/[^ !#-[\]-~]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, "0")}`)}"`;
}

/** @returns what writes the elements' texts once every name has its replacement. */
function addList(r: Replacements, name: string, elements: AnyNode[]): () => void {
  const directory = r.add({ pieces: [] });
  r.lists.set(name, { elements, directory, columns: new Map() });
  return () => { directory.pieces = entries(r, elements.map((one) => cut(r, one.start, one.end))); };
}

function entries(r: Replacements, values: Piece[][]): Piece[] {
  return values.map((value) => ({ slice: r.add({ pieces: ["return ", ...value] }), as: "entry" }));
}

/** The directory of one member of all elements. A function of it is called without its object. */
function columnOf(r: Replacements, { elements, columns }: List, member: string): Slice | null {
  const known = columns.get(member);
  if (known !== undefined) return known;
  const values = elements.map((one) => memberOf(r, one, member));
  const column = values.every((value) => value !== null) ? r.add({ pieces: entries(r, values) }) : null;
  columns.set(member, column);
  return column;
}

/** @returns null where it is not to be seen: of an object that stands there, or that a small function returns */
function memberOf(r: Replacements, element: AnyNode, member: string): Piece[] | null {
  if (element.type === "ObjectExpression") return valueIn(r, element, member, []);
  const reference = element.type === "CallExpression" ? r.references.find(({ node }) => node === element.callee) : undefined;
  const called = reference === undefined ? null : callOf(reference, r.small);
  const [object] = called?.small.returns === true ? called.small.expressions : [];
  return called === null || object?.type !== "ObjectExpression" ? null : valueIn(r, object, member, put(r, called.small, called.call.arguments as AnyNode[], []));
}

function valueIn(r: Replacements, { properties }: ObjectExpression, member: string, given: Given[]): Piece[] | null {
  const found = properties.find((one) => one.type === "Property" && (one.key as Identifier).name === member);
  return found?.type === "Property" ? cut(r, found.value.start, found.value.end, given) : null;
}

function bodyOfIife(code: string): AnyNode[] {
  const [statement] = (parse(code, { ecmaVersion: 5, locations: true }) as Program).body;
  const call = statement.type === "ExpressionStatement" && statement.expression.type === "CallExpression" ? statement.expression.callee : null;
  if (call === null || call.type !== "FunctionExpression") throw new Error("the bundle is not one function that is called");
  return call.body.body as AnyNode[];
}

/** The text from `start` to `end`, the names in it replaced. */
function cut(r: Replacements, start: number, end: number, given: Given[] = []): Piece[] {
  const pieces: Piece[] = [];
  let done = start;
  const places = [...r.references, ...given].filter(({ node }) => node.start >= start && node.end <= end).sort((a, b) => a.node.start - b.node.start);
  for (const place of places) {
    if (place.node.start < done) continue;
    const replacement = "pieces" in place ? { pieces: place.pieces, end: place.node.end } : replace(r, place, given);
    if (replacement === null) continue;
    pieces.push(r.code.slice(done, place.node.start), ...replacement.pieces);
    done = replacement.end;
  }
  pieces.push(r.code.slice(done, end));
  return pieces;
}

/** @returns what stands in place of a name, or of all that is done with it, and where the text goes on */
function replace(r: Replacements, reference: Reference, given: Given[]): { pieces: Piece[]; end: number } | null {
  const { name, node, around: [parent, outer] } = reference;
  const list = r.lists.get(name);
  if (list !== undefined) return readList(r, list, parent as MemberExpression, outer, given);
  const called = callOf(reference, r.small);
  if (called !== null) return { pieces: writeOut(r, called.small, called.call.arguments as AnyNode[], given), end: called.call.end };
  const whole = r.whole.get(name);
  if (whole === undefined) return null;
  // `120.toString()` is no number with a member.
  const isOwner = parent.type === "MemberExpression" && parent.object === node;
  return { pieces: isOwner ? ["(", ...whole, ")"] : whole, end: node.end };
}

/** `LIST.length`, `LIST[i].member` or `LIST[i]` */
function readList(r: Replacements, list: List, read: MemberExpression, outer: AnyNode, given: Given[]): { pieces: Piece[]; end: number } {
  if (!read.computed) return { pieces: [String(list.elements.length)], end: read.end };
  const isMember = outer.type === "MemberExpression" && outer.object === read && !outer.computed;
  const column = isMember ? columnOf(r, list, (outer.property as Identifier).name) : null;
  const index = cut(r, read.property.start, read.property.end, given);
  return { pieces: ["T(", { slice: column ?? list.directory, as: "start" }, ",", ...index, ")"], end: column === null ? read.end : outer.end };
}

function writeOut(r: Replacements, small: Small, args: AnyNode[], given: Given[]): Piece[] {
  const uses = put(r, small, args, given);
  const expressions = small.expressions.map((one) => cut(r, one.start, one.end, uses));
  if (small.returns) return ["(", ...expressions[0], ")"];
  return expressions.flatMap((pieces, i) => (i === 0 ? pieces : [",", ...pieces]));
}

/** The arguments in place of the parameters. */
function put(r: Replacements, small: Small, args: AnyNode[], given: Given[]): Given[] {
  return small.uses.map((node): Given => {
    const argument = args[small.params.indexOf(node.name)];
    const pieces = cut(r, argument.start, argument.end, given);
    // A name alone is no more than that; `120.toString()` again.
    const isName = pieces.join("") === r.code.slice(argument.start, argument.end) && argument.type === "Identifier";
    const isPlain = isName || ((argument.type === "Identifier" || argument.type === "Literal") && r.code[node.end] !== ".");
    return { node, pieces: isPlain ? pieces : ["(", ...pieces, ")"] };
  });
}

/** A place is written as a number, and its digits move what stands behind: laid out until nothing moves. */
function layOut(program: Piece[], slices: Slice[]): string {
  const places = new Map(slices.map((one) => [one, { start: 0, length: 0 }]));
  const tokens = new Map<string, string>();
  const tokenised = (code: string): string => {
    const known = tokens.get(code) ?? pretokenise(code);
    tokens.set(code, known);
    return known;
  };
  const write = (pieces: Piece[]): string => pieces.map((piece) => (typeof piece === "string" ? tokenised(piece) : "raw" in piece ? piece.raw : place(piece))).join("");
  const place = ({ slice, as }: Extract<Piece, { slice: Slice }>): string => {
    const { start, length } = places.get(slice) ?? { start: 0, length: 0 };
    if (as === "start") return pretokenise(String(start));
    if (as === "arguments") return pretokenise(`${start},${length}`);
    const digits = (value: number, count: number): string => `0x${value.toString(16).padStart(count - 2, "0")}`;
    return digits(start, startDigits) + digits(length, lengthDigits);
  };
  for (let moved = true; moved;) {
    moved = false;
    let end = headDigits + write(program).length;
    for (const [slice, known] of places) {
      const { length } = write(slice.pieces);
      moved ||= known.start !== end || known.length !== length;
      Object.assign(known, { start: end, length });
      end += length;
    }
  }
  const text = write(program);
  return `${text.length}`.padEnd(headDigits) + text + slices.map((one) => write(one.pieces)).join("");
}
