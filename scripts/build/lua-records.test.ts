import { playLua } from "../../test/engines/lua/play";

test("members of the firmware's own have numbers, NodeMCU's keep their names", () => {
  const { out, image } = playLua({ main: `
    interface Point { left: number; right: number; inner: { deep: number } }
    const point: Point = { left: 1, right: 2, inner: { deep: 3 } };
    point.left = 4;
    point.inner.deep += point.right;
    const given: Parameters<typeof host.sum>[0] = { left: 10, right: 20 };
    given.left = 30;
    out(point.left, point.right, point.inner.deep, host.sum({ left: point.left, right: 5 }), host.sum(given), host.sum(point.left > 9 ? given : { left: 1, right: 1 }));` });
  expect(out).toEqual(["4 2 5 9 50 2"]);
  expect(image).not.toMatch(/inner|deep/);
});

test("an own table that NodeMCU is given is refused", () => {
  expect(() => playLua({ main: "interface Own { left: number; right: number }\nconst own: Own = { left: 1, right: 2 };\nown.left = 2;\nout(host.sum(own));" }))
    .toThrow(/main\.ts:4: "left" is the firmware's name of a member, of which Lua has a number: write the table where NodeMCU is given it/);
});

test("a member that a text chooses is refused", () => {
  expect(() => playLua({ main: 'const all: { [name: string]: number } = { a: 1 };\nfunction of(name: string): number { return all[name]; }\nout(of("a"));' }))
    .toThrow(/main\.ts:2: a text chooses no member in Lua/);
});

test("a member that an object may lack is none of its others", () => {
  const { out } = playLua({ main: `
    interface Options { a?: number; b?: number; c?: number }
    interface Either { kind: "x"; x: number }
    interface Or { kind: "y"; y: number }
    function show(o: Options): void { out(o.a === undefined, o.b === undefined, o.c === undefined); }
    function which(e: Either | Or): number { return e.kind === "x" ? e.x : -e.y; }
    show({ a: 1 });
    show({ b: 1 });
    show({ c: 1, b: 2 });
    interface Wide { a: number; d: number; e: number; f: number }
    const wide: Wide = { a: 1, d: 2, e: 3, f: 4 };
    function narrow(o: Options): void { out(o.b === undefined, o.c === undefined, wide.d); }
    narrow(wide);
    const some: Options | null = { b: 3 };
    out(some.a, which({ kind: "x", x: 1 }), which({ kind: "y", y: 2 }));` });
  expect(out).toEqual(["false true true", "true false true", "true false false", "true true 2", "nil 1 -2"]);
});

test("values are made in the order in which they stand, and the last one is one", () => {
  const { out, image } = playLua({ main: `
    interface Short { z: number; a: number }
    interface Both { one: number; two: number }
    const both: Both = { one: 5, two: host.both() };
    interface Long { a: number; b: number; c: number; z: number; f: (this: void) => number }
    let calls = 0;
    function next(): number { calls++; return calls; }
    function short(): Short { return { a: next(), z: next() }; }
    function long(): Long { return { z: next(), c: next(), f: () => calls, b: 9, a: next() }; }
    const s = short();
    const l = long();
    out(both.one, both.two, s.a, s.z, l.z, l.c, l.b, l.a, l.f());` });
  expect(out).toEqual(["5 1 1 2 3 4 9 5 5"]);
  // Nothing is left in the order of the places by chance: at least one of the two is not.
  expect(image).toContain("function(v0");
  expect(image).toContain("{5, (host.both())}");
});

test("a function of an object knows it as `this`, wherever the object comes from; classes too", () => {
  const { out } = playLua({ main: `
    class Count {
      private steps: number[] = [];
      n = 0;
      constructor(readonly by: number) {}
      up(): Count { this.n += this.by; this.steps.push(this.n); return this; }
      told(): string { return this.steps.join("+"); }
    }
    interface Named { name: string; say(more: string): string }
    function say(this: Named, more: string): string { return this.name + more; }
    function named(name: string): Named { out("made"); return { name, say }; }
    interface One { by: number }
    interface Other { n: number }
    const [one, other]: [One, Other] = [{ by: 7 }, { n: 8 }];
    const count = new Count(3);
    count.up().up();
    const list = [named("b")];
    out(count.told(), count.n, named("a").say("!"), list[0].say("?"), one.by, other.n);` });
  expect(out).toEqual(["made", "made", "3+6 6 a! b? 7 8"]);
});

test("what stands in no table can be asked by number too, and is not there", () => {
  const { out } = playLua({ main: `
    interface Late { early: number; late: number | null }
    const l: Late = { early: 1, late: null };
    out(l.late === null);
    l.late = 5;
    out(l.early, l.late);` });
  expect(out).toEqual(["true", "1 5"]);
});
