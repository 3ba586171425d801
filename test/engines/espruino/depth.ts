/** How many calls stand within each other: what the interpreter's stack has to bear. */
import { AnyNode, Function as FunctionNode, parse } from "acorn";
import { children, isFunction } from "../../../scripts/build/ast";
import { readable } from "../../../scripts/build/pretokenise";

let depth = 0;
let deepest = 0;

/** @returns the most of all images that this process has run. */
export function deepestCall(): number {
  return deepest;
}

const count = {
  enter: (): void => {
    depth++;
    deepest = Math.max(deepest, depth);
  },
  leave: (): void => { depth--; },
};

/** What makes functions of pretokenised texts, for an image: those that it makes, and all in them, are counted while they run. */
export function counted(make: FunctionConstructor): (...texts: string[]) => unknown {
  type Factory = (enter: () => void, leave: () => void) => unknown;
  // Making one is slow, and the image asks for the same ones again and again.
  const known = new Map<string, Factory>();
  return (...texts) => {
    const key = texts.join("\n");
    let factory = known.get(key);
    if (factory === undefined) {
      factory = make("$enter", "$leave", `return function(${texts.slice(0, -1).join()}){${watched(texts[texts.length - 1])}}`) as Factory;
      known.set(key, factory);
    }
    return factory(count.enter, count.leave);
  };
}

/** By what it was: many locks run the same image. */
const watchedTexts = new Map<string, string>();

function watched(body: string): string {
  const known = watchedTexts.get(body) ?? watch(`(function(){${readable(body)}})`).slice("(function(){".length, -2);
  watchedTexts.set(body, known);
  return known;
}

/** The text with every function's body in a `try`, that its end be noticed however it comes. */
function watch(text: string): string {
  const marks: [at: number, mark: string][] = [];
  const visit = (node: AnyNode): void => {
    const inner = isFunction(node) ? (node as FunctionNode).body : null;
    if (inner !== null) marks.push([inner.start + 1, "$enter();try{"]);
    for (const child of children(node)) visit(child);
    if (inner !== null) marks.push([inner.end - 1, "}finally{$leave()}"]);
  };
  visit(parse(text, { ecmaVersion: 5 }) as AnyNode);
  let done = 0;
  let marked = "";
  for (const [at, mark] of marks) {
    marked += text.slice(done, at) + mark;
    done = at;
  }
  return marked + text.slice(done);
}
