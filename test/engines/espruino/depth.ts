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
  const known = new Map<string, string>();
  return (...texts) => {
    const body = texts[texts.length - 1];
    const watched = known.get(body) ?? watch(`(function(){${readable(body)}})`).slice("(function()".length, -1);
    known.set(body, watched);
    return (make("$enter", "$leave", `return function(${texts.slice(0, -1).join()})${watched}`) as (enter: () => void, leave: () => void) => unknown)(count.enter, count.leave);
  };
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
  let watched = "";
  for (const [at, mark] of marks) {
    watched += text.slice(done, at) + mark;
    done = at;
  }
  return watched + text.slice(done);
}
