import vm from "node:vm";
import { sliceBundle } from "./slices";

/** What the image leaves in `out`, started as a boot file starts it. */
function run(body: string): { out: unknown[]; image: string; kept: string[] } {
  const image = sliceBundle(`(function(){${body}})();`);
  const context = vm.createContext({ F: image, out: [] });
  vm.runInContext("L = Function; L(F.substr(8, parseInt(F.substr(0, 8), 10)))()", context);
  const given = new Set(["F", "L", "T", "out"]);
  return { out: (context as { out: unknown[] }).out, image, kept: Object.keys(context).filter((name) => !given.has(name)) };
}

test("functions call each other and themselves, are handed about as values, and none is kept", () => {
  const { out, kept } = run("function add(a,b){return a+b}function sum(n){return n===0?0:add(n,sum(n-1))}function each(f,n){out.push(f(n,1))}each(add,sum(4));");
  expect([out, kept]).toEqual([[11], []]);
});

test("a name means what it means where it stands: parameters, variables and catches hide, members and keys are no names", () => {
  const { out } = run("function f(){return 1}function g(f){return f}function h(){var f={f:2};return f.f}function k(){try{throw 3}catch(f){return f}}out.push(f(),g(4),h(),k(),{f:f}.f());");
  expect(out).toEqual([1, 4, 2, 3, 1]);
});

test("closures keep what was around them", () => {
  expect(run("function newCount(){var n=0;return {up:function(){n++;return n}}}var a=newCount();var b=newCount();a.up();a.up();b.up();out.push(a.up(),b.up());").out).toEqual([3, 2]);
});

test("constants are written where they are used, long texts lie in the image once, and what changes is a variable", () => {
  const long = "a text that is longer than one variable";
  const { out, kept, image } = run(`var n=7;var twice=n*2;var text="${long}";var mark=String.fromCharCode(255)+"x";var count=0;function f(){count=count+1;out.push(twice,n.toString(),text.length,mark.charCodeAt(0),count)}f();f();`);
  expect([out, kept, image.split(long).length]).toEqual([[14, "7", 39, 255, 1, 14, "7", 39, 255, 2], ["count"], 2]);
});

test("an element of a list that is only read is made when it is asked for: numbers, rows, functions, lists of lists", () => {
  const { out, kept } = run("var lists=[[1,2],[3,4]];var one=5;function row(n,f){return {n:n,f:f}}function inc(n){return n+one}"
    + "var rows=[row(one,inc),row(6,function(n){return -n})];function f(i){out.push(rows[i].f(rows[i].n),lists[i][1],rows.length,lists[i].length)}f(0);f(1);");
  expect([out, kept]).toEqual([[10, 2, 2, 2, -6, 4, 2, 2], []]);
});

test("a list that is written, handed on, or made of what changes, is kept", () => {
  const { out, kept } = run("var a=[1,2];var b=[[1],[2]];var c=[3,4];var d=[0,0];var g=[[]];var n=0;var e=[n,1];function f(list){list[0]=9}a[1]=5;b[1][0]=6;f(c);d[0]++;g[0].push(1);n=4;out.push(a[1],b[1][0],c[0],d[0],e[0]);");
  expect([out, kept.sort()]).toEqual([[5, 6, 9, 1, 0], ["a", "b", "c", "d", "e", "g", "n"]]);
});
