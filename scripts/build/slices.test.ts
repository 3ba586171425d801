import vm from "node:vm";
import { readable } from "./pretokenise";
import { sliceBundle } from "./slices";

/** What the image leaves in `out`, started as a boot file starts it. @param readonly lists that the sources declare so */
function run(body: string, readonly: string[] = []): { out: unknown[]; image: string; kept: string[] } {
  const image = sliceBundle(`(function(){${body}})();`, ({ name }) => readonly.includes(name));
  const context = vm.createContext({ F: image, out: [], readable });
  vm.runInContext("L = function(){var texts=[].slice.call(arguments);texts.push(readable(texts.pop()));return Function.apply(null,texts)}; L(F.substr(8, parseInt(F.substr(0, 8), 10)))()", context);
  const given = new Set(["F", "L", "T", "out", "readable"]);
  return { out: (context as { out: unknown[] }).out, image, kept: Object.keys(context).filter((name) => !given.has(name)) };
}

test("functions call each other and themselves, are handed about as values, and none is kept", () => {
  const { out, kept } = run("function add(a,b){return a+b}function sum(n){return n===0?0:add(n,sum(n-1))}function each(f,n){out.push(f(n,1))}each(add,sum(4));");
  expect([out, kept]).toEqual([[11], []]);
});

test("a constant text with a character that is no byte is refused", () => {
  expect(() => run("var text=String.fromCharCode(8230);out.push(text);")).toThrow('the character "…" is no byte: on the device a text holds bytes only');
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
    + "var rows=[row(one,inc),row(6,function(n){return -n})];function f(i){out.push(rows[i].f(rows[i].n),lists[i][1],rows.length,lists[i].length)}f(0);f(1);", ["lists", "rows"]);
  expect([out, kept]).toEqual([[10, 2, 2, 2, -6, 4, 2, 2], []]);
});

test("of a row no more is made than the member that is asked; one that lacks it, or is made otherwise, is asked whole", () => {
  const long = "a text that nobody ever asks for here";
  const { out, kept, image } = run(`function row(n,f){return {n:n,f:f,text:"${long}"}}function made(o){return o}function inc(n){return n+1}`
    + "var rows=[row(1,inc),{n:2,f:function(n){return -n},text:3}];var gaps=[{n:1},{m:2}];var others=[made({f:5}),row(6,7)];"
    + "function f(i){out.push(rows[i].f(rows[i].n),gaps[i].m,others[i].f)}f(0);f(1);", ["rows", "gaps", "others"]);
  expect([out, kept, image.split(long).length]).toEqual([[2, undefined, 5, -2, 2, 7], [], 2]);
});

test("a list that is written, handed on, or made of what changes, is kept", () => {
  const { out, kept } = run("var a=[1,2];var b=[[1],[2]];var c=[3,4];var d=[0,0];var g=[[]];var n=0;var e=[n,1];function f(list){list[0]=9}a[1]=5;b[1][0]=6;f(c);d[0]++;g[0].push(1);n=4;out.push(a[1],b[1][0],c[0],d[0],e[0]);");
  expect([out, kept.sort()]).toEqual([[5, 6, 9, 1, 0], ["a", "b", "c", "d", "e", "g", "n"]]);
});

describe("a list whose elements are objects, lists or calls is made anew only where nobody can tell", () => {
  test.each([
    ["an element changed by another name", "var rows=[{n:1}];function f(){var row=rows[0];row.n=2}f();out.push(rows[0].n);", 2],
    ["an element handed on and changed there", "var rows=[[1],[1]];function mark(row){row[0]=9}mark(rows[1]);out.push(rows[1][0]);", 9],
    ["elements compared", "var rows=[{n:1}];var row=rows[0];out.push(row===rows[0]);", true],
  ])("%s: not declared readonly, kept", (_name, body, value) => {
    const { out, kept } = run(body);
    expect([out, kept.includes("rows")]).toEqual([[value], true]);
  });

  test.each([
    ["calls that change something", "var n=0;function bump(by){n=n+by;return {n:n}}var rows=[bump(1),bump(2)];rows[1];rows[0];out.push(rows[1].n,n);", [3, 3]],
    ["objects that remember", "function newCounter(n){return {next:function(){n=n+1;return n}}}var rows=[newCounter(0)];out.push(rows[0].next(),rows[0].next());", [1, 2]],
    ["a function called where it stands", "var rows=[function(){var n=0;return function(){n=n+1;return n}}()];out.push(rows[0](),rows[0]());", [1, 2]],
    ["calls of what only has the name of a plain function", "var n=0;function row(f){return {n:f()}}function f(){return 1}var rows=[row(function(){n=n+1;return n})];out.push(rows[0].n,rows[0].n+f());", [1, 2]],
    ["calls in a circle", "function a(n){return n===0?[0]:b(n)}function b(n){return a(n-1)}var rows=[a(3)];out.push(rows[0][0]);", [0]],
  ])("%s: kept though it is declared readonly", (_name, body, values) => {
    const { out, kept } = run(body, ["rows"]);
    expect([out, kept.includes("rows")]).toEqual([values, true]);
  });

  test("calls of functions that only return what they are given: declared readonly, none kept", () => {
    const { out, kept } = run("function row(n,t){return {n:n,t:t}}function two(n){return row(n*2,[n,-n])}var rows=[two(1),two(2)];out.push(rows[1].n,rows[1].t[1]);", ["rows"]);
    expect([out, kept]).toEqual([[4, -2], []]);
  });
});

test("a function expression's own name means itself within it", () => {
  expect(run("function g(){return 100}var w=function g(n){return n===0?0:1+g(n-1)};out.push(w(3),g());").out).toEqual([3, 100]);
});

describe("small functions are written out where they are called", () => {
  test("expressions, in expressions of others, and assignments", () => {
    const { out, image } = run("function at(t,i){return t.charCodeAt(i)-48}function two(t,i){return at(t,i)*10+at(t,i+1)}function set(o,n){o.n=n;o.set=1}"
      + "function f(o){var t=\"x4711\";if(o.n)set(o,two(t,3));else set(o,7);out.push(o.n,o.set,two(t,1))}f({n:0,set:0});");
    expect(out).toEqual([7, 1, 47]);
    expect(readable(image)).not.toMatch(/L\("t"|L\("o","n"/);
  });

  test("an argument that the function changes, or that has an effect, keeps its value", () => {
    const { out } = run("var n=1;function up(o,a,b){o.n=a;o.m=b}function next(){n=n+1;return n}function twice(a){return a+a}function two(a,f){return f()+a}"
      + "function f(){var o={n:5,m:6};up(o,o.m,o.n);var k=1;var g=function(){k=k+1;return 10};out.push(o.n,o.m,twice(next()),n,two(k,g),two(n,next))}f();");
    expect(out).toEqual([6, 5, 4, 2, 11, 5]);
  });

  test("a name of its own that is hidden where it is called, a called parameter, a number with a member", () => {
    const { out } = run("var n=1;function plus(a){return a+n}function call(plus){return plus(3)}function text(a){return a.toString()}"
      + "function f(n){return plus(n)}function g(){n=n+1;return 4}function ten(a){return a*10}out.push(f(5),call(ten),text(120));g();out.push(plus(g()));");
    expect(out).toEqual([6, 30, "120", 7]);
  });

  test("not those that call each other, directly or by way of others", () => {
    const { out } = run("function ping(o){return o.n>0?pong(o):0}function pong(o){return o.n-->0?1+ping(o):0}"
      + "function d(o){return a(o)}function a(o){return b(o)}function b(o){return o.n-->0?c(o):o.n}function c(o){return a(o)}"
      + "function f(o){out.push(ping(o));o.n=2;out.push(d(o))}f({n:3});");
    expect(out).toEqual([3, -1]);
  });

  test("not where an argument that is not used, or used later, changes something", () => {
    const { out } = run("var o={x:1,y:2};function one(a){return 1}function first(a,b){return b}"
      + "var b={n:0,toString:function(){b.n=b.n+1;return \"b\"},round:function(){b.n=b.n+10;return 1},fromCharCode:function(){b.n=b.n+100}};"
      + "function f(p){one(delete p.x);one(b.toString());first(b.round(),b.fromCharCode());out.push(p.x,b.n)}f(o);");
    expect(out).toEqual([undefined, 111]);
  });

  test("not where an argument that is used twice would become two objects", () => {
    expect(run("function both(a){return {x:a,y:a}}function g(){return []}function f(){var o=both([]);o.x.push(1);var p=both(g());p.x.push(1);out.push(o.y.length,p.y.length)}f();").out).toEqual([1, 1]);
  });

  test("with arguments of the language's own that change nothing", () => {
    const { image } = run("function one(a){return a+1}function f(n,t){out.push(one(Math.round(n/2)),one(t.charCodeAt(0)),one(String.fromCharCode(65)),one(n.toString()))}f(3,\"a\");");
    expect(readable(image)).not.toMatch(/L\("a"/);
  });
});
