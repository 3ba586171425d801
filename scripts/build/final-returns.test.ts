import { SourceMap } from "node:module";
import { minify } from "terser";
import { closeFinalReturns } from "./final-returns";

async function emitted(code: string): Promise<{ code: string; map: string }> {
  const { code: text, map } = await minify({ "a.js": code }, { compress: false, mangle: false, sourceMap: true });
  return { code: text ?? "", map: String(map) };
}

test.each([
  ["function f(){return}", "function f(){return;}"],
  ["function f(a){if(a)return}", "function f(a){if(a)return;}"],
  ["E.a=function(a){if(a)g();else return}", "E.a=function(a){if(a)g();else return;};"],
  ["function f(a){if(a){return}g()}", "function f(a){if(a){return}g()}"],
  ["function f(a){return a}", "function f(a){return a}"],
])("%s", async (code, expected) => {
  const { code: text, map } = await emitted(code);
  expect(closeFinalReturns(text, map).code).toBe(expected);
});

test("the source map moves along", async () => {
  const lines = Array.from({ length: 40 }, (_, at) => `function f${at}(a) {\n  if (a) return;\n}`);
  const { code, map } = await emitted([...lines, "last(1);"].join("\n"));
  const closed = closeFinalReturns(code, map);
  expect(closed.code.length).toBe(code.length + 40);
  for (const name of ["f7", "f39", "last"]) {
    const found = new SourceMap(JSON.parse(closed.map)).findEntry(0, closed.code.indexOf(name));
    const expected = new SourceMap(JSON.parse(map)).findEntry(0, code.indexOf(name));
    expect(found).toEqual({ ...expected, generatedColumn: closed.code.indexOf(name) });
  }
});
