import { join } from "node:path";
import ts from "typescript";
import { checkMadeAnew, readonlyLists } from "./made-anew";
import { root } from "./sources";

const path = join(root, "firmware", "x.ts");
const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2015, lib: ["lib.es5.d.ts"], types: [], strict: true };
const host = ts.createCompilerHost(options);
const { getSourceFile } = host;
const library = new Map<string, ts.SourceFile | undefined>();

function programOf(text: string): ts.Program {
  host.getSourceFile = (name, ...more) => {
    if (name === path) return ts.createSourceFile(name, text, ts.ScriptTarget.ES2015, true);
    const file = library.get(name) ?? getSourceFile(name, ...more);
    library.set(name, file);
    return file;
  };
  const program = ts.createProgram([path], options, host);
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  return program;
}

const forgotten = "is not, and would be forgotten when it is changed: declare that readonly too, or take the readonly from the list";
const comparing = "objects or functions are compared, and the same one may have been made twice: compare a number or a text of theirs";
const row = "interface Row { readonly n: number; readonly f: ((this: void, n: number) => number) | null }";

test.each([
  ["a member of a row", "interface Row { readonly n: number; always: boolean }\nconst rows: readonly Row[] = [{ n: 1, always: true }];",
    `2: the list rows is readonly, but the member always of Row ${forgotten}`],
  ["lists in a list", "export const all: readonly number[][] = [[1], [2]];", `1: the list all is readonly, but number[] ${forgotten}`],
  ["deeper", "interface Row { readonly of: readonly { n: number }[] }\nconst rows: readonly (Row | null)[] = [{ of: [{ n: 1 }] }];", `2: the list rows is readonly, but the member n of { n: number; } ${forgotten}`],
  ["a method", "interface Row { f(): void }\nconst rows: readonly Row[] = [];", `2: the list rows is readonly, but the member f of Row ${forgotten}`],
  ["names that are chosen", "const rows: readonly { readonly [name: string]: number }[] = [];", `1: the list rows is readonly, but { readonly [name: string]: number; } ${forgotten}`],
  ["rows compared", `${row}\nconst rows: readonly Row[] = [];\nfunction f(one: Row | null): boolean { return one === rows[0]; }\nf(null);`, `3: ${comparing}`],
  ["functions compared", "function f(): void { f; }\nfunction g(h: () => void): boolean { return h !== f; }\ng(f);", `2: ${comparing}`],
  ["a row looked for", `${row}\nconst rows: readonly Row[] = [];\nfunction f(one: Row): number { return [one].indexOf(rows[0]); }\nf(rows[1]);`, `3: ${comparing}`],
  ["a row chosen by", `${row}\nconst rows: readonly Row[] = [];\nfunction f(one: Row): number { switch (one) { case rows[0]: return 1; default: return 2; } }\nf(rows[1]);`, `3: ${comparing}`],
  ["a row given as what can be changed", `${row}\nconst rows: readonly Row[] = [];\nfunction mark(one: { n: number }): void { one.n = 9; }\nconst one = rows[1];\nmark(one);`,
    "5: one is readonly, but is given as { n: number; }, and would be forgotten when it is changed: ask for something readonly there"],
  ["a function's member", "function once(): void { once.calls = once.calls + 1; }\nonce.calls = 0;\nonce();",
    "1: once.calls is a member of a function, which would forget it: keep it in a variable\nfirmware/x.ts:2: once.calls is a member of a function, which would forget it: keep it in a variable"],
])("refused: %s", (_name, text, message) => {
  expect(() => checkMadeAnew(programOf(text))).toThrow(new Error(`firmware/x.ts:${message}`));
});

test("lists of what nobody can change, comparisons with null, and of texts and numbers, are accepted", () => {
  const program = programOf(`${row}
    const rows: readonly Row[] = [{ n: 1, f: null }];
    const pairs: readonly (readonly [number, string])[] = [[1, "a"]];
    const numbers: readonly number[] = [1, 2];
    const own: Row[] = [];
    function told(one: Row, of: readonly number[]): number { return one.n + of.length; }
    told(rows[0], numbers);
    let made: Row | undefined = rows[0];
    if (made !== undefined && made.f !== null && pairs[0][1] === "a" && numbers.indexOf(1) >= 0) { own.push(made); made = undefined; }`);
  expect(() => checkMadeAnew(program)).not.toThrow();
  expect([...readonlyLists(program)]).toEqual(["firmware/x.ts:2", "firmware/x.ts:3", "firmware/x.ts:4"]);
});
