import { readFileSync } from "node:fs";
import { join } from "node:path";
import { playLua } from "../../test/engines/lua/play";
import { freshImage } from "./build";
import { lockImage, products } from "./sources";

test("functions call each other and themselves, are handed about as values, and none is kept", () => {
  const { out, kept } = playLua({ main: `
    function add(a: number, b: number): number { return a + b; }
    function sum(n: number): number { return n === 0 ? 0 : add(n, sum(n - 1)); }
    function each(f: (this: void, a: number, b: number) => number, n: number): void { out(f(n, 1)); }
    each(add, sum(4));
    each((a, b) => later(a) - b + 1, 3);
    function later(n: number): number { return n + 10; }` });
  expect([out, kept]).toEqual([["11", "13"], 0]);
});

test("a name means what it means where it stands: parameters, variables and loops hide", () => {
  const { out } = playLua({ main: `
    function f(): number { return 1; }
    function g(f: number): number { return f; }
    function h(): number { const before = f(); { const f = 5; return before + f; } }
    function k(): number { let sum = 0; for (let f = 0; f < 3; f++) sum += f; for (const f of [10, 20]) sum += f; return sum; }
    function m(): number { const o = { f: f }; let n = 0; do { const f = n; n = f + 1; } while (n < 3); return n + o.f(); }
    out(f(), g(4), h(), k(), m());` });
  expect(out).toEqual(["1 4 6 33 4"]);
});

test("closures keep what was around them", () => {
  const { out } = playLua({ main: `
    interface Count { up: (this: void) => number }
    function newCount(): Count { let n = 0; return { up: () => { n++; return n; } }; }
    const a = newCount();
    const b = newCount();
    a.up(); b.up(); b.up();
    out(a.up(), b.up());` });
  expect(out).toEqual(["2 3"]);
});

test("modules run once, what is needed first; circles of functions, and whole modules as names, are no matter", () => {
  const { out, kept, image } = playLua({
    main: 'import { odd } from "./odd";\nimport * as even from "./even";\nimport { told } from "./told";\nout(odd(7), even.even(7), told);\nexport {};',
    odd: 'import { even } from "./even";\nout("odd");\nexport function odd(n: number): boolean { return n === 0 ? false : even(n - 1); }',
    even: 'import { odd } from "./odd";\nimport { told } from "./told";\nout("even", told);\nexport function even(n: number): boolean { return n === 0 ? true : odd(n - 1); }',
    told: 'out("told");\nexport let told = 3;\nexport function tell(): void { told++; }\ntell();',
  });
  expect([out, kept, image.includes("require")]).toEqual([["told", "even 4", "odd", "true false 4"], 1, false]);
});

test("constants are written where they are used, and what changes is a variable", () => {
  const { out, kept, image } = playLua({ main: `
    const n = 7;
    const twice = n * 2;
    const less = -n;
    const bits = (1 << 3) | 1;
    const mark = String.fromCharCode(255) + "x";
    const text = "a" + "b" + n.toString();
    let count = 0;
    function f(): void { count = count + 1; out(twice, less, -less, bits, mark.charCodeAt(0), text.length, text, count); }
    f();
    f();` });
  expect([out, kept]).toEqual([["14 -7 7 9 255 3 ab7 1", "14 -7 7 9 255 3 ab7 2"], 1]);
  expect(image).toContain('"\\255x"');
});

test("what number models differ in is left to Lua", () => {
  const { out, kept } = playLua({ main: "const high = 3 << 30;\nconst half = 7 / 2;\nout(high > 0, half);" });
  expect([out, kept]).toEqual([["true 3.5"], 2]);
});

test("an element of a list that is only read is made when it is asked for: numbers, rows, functions, lists of lists", () => {
  const { out, kept } = playLua({
    main: `
    import { rows } from "./rows";
    const lists: readonly (readonly number[])[] = [[1, 2], [3, 4]];
    function f(i: number): void { out(rows[i].f(rows[i].n), lists[i][1], rows.length, lists[i].length); }
    f(0);
    f(1);
    for (let i = 0; i < rows.length; i++) out(rows[i].n, lists[0][i]);`,
    rows: `
    const one = 5;
    interface Row { readonly n: number; readonly f: (this: void, n: number) => number }
    function row(n: number, f: (this: void, n: number) => number): Row { return { n, f }; }
    function inc(n: number): number { return n + one; }
    export const rows: readonly Row[] = [row(one, inc), row(6, (n) => -n)];`,
  });
  expect([out, kept]).toEqual([["10 2 2 2", "-6 4 2 2", "5 1", "6 2"], 0]);
});

test("an object of which members are asked is made the same way", () => {
  const { out, kept } = playLua({ main: "const all = { count: 2, f: (n: number) => n * 2 };\nout(all.count, all.f(4));" });
  expect([out, kept]).toEqual([["2 8"], 0]);
});

test("a list that is written, handed on, or made of what changes, is kept", () => {
  const { out, kept } = playLua({ main: `
    const a = [1, 2];
    const b = [[1], [2]];
    const c = [3, 4];
    const d = [0, 0];
    const g: number[][] = [[]];
    const h = [{ n: 1 }];
    const k = [[5, 6]];
    let n = 0;
    const e = [n, 1];
    function f(list: number[]): void { list[0] = 9; }
    function change(): void { a[1] = 5; b[1][0] = 6; f(c); d[0]++; g[0].push(1); h[0].n += 2; k[0].splice(0, 1); n = 4; }
    change();
    g[0].push(1);
    out(a[1], b[1][0], c[0], d[0], e[0], g[0].length, h[0].n, k[0][0], n);` });
  expect([out, kept]).toEqual([["5 6 9 1 0 2 3 6 4"], 10]);
});

describe("a list whose elements are tables or calls is made anew only where nobody can tell", () => {
  test("kept where it is not declared readonly: elements changed by another name, handed on; members of an object too", () => {
    const { out, kept } = playLua({ main: `
      const changed = [{ n: 1 }];
      const handed = [[1], [1]];
      const inner = [1];
      const named = [inner];
      const all = { list: [1] };
      function mark(row: number[]): void { row[0] = 9; }
      function f(): void {
        const row = changed[0];
        row.n = 2;
        mark(handed[1]);
        const one = named[0];
        one[0] = 5;
        const list = all.list;
        list[0] = 6;
        out(changed[0].n, handed[1][0], named[0][0], all.list[0]);
      }
      f();` });
    expect([out, kept]).toEqual([["2 9 5 6"], 5]);
  });

  test("kept though it is declared readonly: calls of functions that do more than put together what they are given", () => {
    const { out, kept } = playLua({ main: `
      interface Row { readonly n: number }
      interface Counter { readonly next: (this: void) => number }
      let n = 0;
      let m = 0;
      function bump(by: number): Row { n = n + by; return { n }; }
      const bumped: readonly Row[] = [bump(1), bump(2)];
      function newCounter(from: number): Counter { return { next: () => { from = from + 1; return from; } }; }
      const counters: readonly Counter[] = [newCounter(0)];
      function called(f: (this: void) => number): Row { return { n: f() }; }
      function f(): number { return 1; }
      const rows: readonly Row[] = [called(() => { m = m + 1; return m; })];
      function a(from: number): Row { return from === 0 ? { n: from } : b(from); }
      function b(from: number): Row { return a(from - 1); }
      const circle: readonly Row[] = [a(3)];
      out(bumped[1].n, n, counters[0].next());
      out(counters[0].next(), rows[0].n, rows[0].n + f(), circle[0].n);` });
    expect([out, kept]).toEqual([["3 3 1", "2 1 2 0"], 6]);
  });

  test("calls of functions that only return what they are given: declared readonly, none kept", () => {
    const { out, kept } = playLua({ main: `
      interface Row { readonly n: number; readonly of: readonly number[] }
      function row(n: number, of: readonly number[]): Row { return { n, of }; }
      function two(n: number): Row { return row(n * 2, [n, -n]); }
      const rows: readonly Row[] = [two(1), two(2)];
      out(rows[1].n, rows[1].of[1]);` });
    expect([out, kept]).toEqual([["4 -2"], 0]);
  });
});

test("a list that is declared readonly is handed on anew", () => {
  const { out, kept } = playLua({ main: `
    const list: readonly number[] = [4, 5];
    function sum(of: readonly number[]): number { let all = 0; for (const one of of) all += one; return all; }
    out(sum(list), list[1], list.length);` });
  expect([out, kept]).toEqual([["9 5 2"], 0]);
});

test("what only another module declares is refused", () => {
  expect(() => playLua({ main: 'import { f } from "./b";\nf();', b: 'export { f } from "./c";', c: "export function f(): void { out(1); }" }))
    .toThrow(/b\.ts does not itself declare "f": import it from where it is declared/);
});

test("no list of the lock's own with rows in it is kept in memory: each is declared readonly", () => {
  const image = readFileSync(join(freshImage(lockImage("sim")), products.lua53), "utf8");
  expect(image).toContain("____kept0");
  expect(image.match(/____kept\d+ = \{\s*(\{|new\().{0,80}/g)).toBeNull();
});
