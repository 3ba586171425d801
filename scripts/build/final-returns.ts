/**
 * Espruino keeps the body of a function without its braces, and fails on an empty `return` that
 * ends the text: `function(){if(a)return}`. Compressing leaves such; they get their semicolon back.
 */
import { AnyNode, BlockStatement, FunctionExpression, parse } from "acorn";
import { children, isFunction } from "./ast";

/** @param map the source map of `code`; its columns are moved along. `code` is one line. */
export function closeFinalReturns(code: string, map: string): { code: string; map: string } {
  const places = findOpenReturns(parse(code, { ecmaVersion: 5 }) as AnyNode).sort((a, b) => a - b);
  if (places.length === 0) return { code, map };
  if (code.includes("\n")) throw new Error("the emitted bundle has more than one line");
  let closed = "";
  let done = 0;
  for (const place of places) {
    closed += `${code.slice(done, place)};`;
    done = place;
  }
  const moved = JSON.parse(map);
  moved.mappings = moveColumns(moved.mappings, places);
  return { code: closed + code.slice(done), map: JSON.stringify(moved) };
}

/** @returns the ends of the empty returns that are the last thing in a function. */
function findOpenReturns(tree: AnyNode): number[] {
  const places: number[] = [];
  const visit = (node: AnyNode, bodyEnd: number): void => {
    if (node.type === "ReturnStatement" && (node.argument ?? null) === null && node.end === bodyEnd) places.push(node.end);
    const end = isFunction(node) ? ((node as FunctionExpression).body as BlockStatement).end - 1 : bodyEnd;
    for (const child of children(node)) visit(child, end);
  };
  visit(tree, -1);
  return places;
}

/** Each character inserted at a place moves the columns from there on by one. Only the first number of a segment, the step in columns, changes. */
function moveColumns(mappings: string, places: number[]): string {
  let column = 0;
  let next = 0;
  return mappings.split(",").map((segment) => {
    const { value, length } = decode(segment);
    column += value;
    const before = next;
    while (next < places.length && places[next] <= column) next++;
    return next === before ? segment : encode(value + next - before) + segment.slice(length);
  }).join(",");
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The number that a segment begins with: five bits a digit, lowest first, the sixth bit says that more follow. The columns of one line only grow. */
function decode(segment: string): { value: number; length: number } {
  let raw = 0;
  let length = 0;
  for (let more = true; more; length++) {
    const digit = digits.indexOf(segment[length]);
    raw += (digit % 32) * 32 ** length;
    more = digit >= 32;
  }
  return { value: raw / 2, length };
}

function encode(value: number): string {
  let text = "";
  for (let rest = value * 2; text === "" || rest > 0;) {
    const low = rest % 32;
    rest = Math.floor(rest / 32);
    text += digits[low + (rest > 0 ? 32 : 0)];
  }
  return text;
}
