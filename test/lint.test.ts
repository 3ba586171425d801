/** The portable subset is enforced: each rule refuses what it is there for. */
import { ESLint } from "eslint";

const file = "firmware/core/state.ts";
const lint = new ESLint({ overrideConfigFile: true, overrideConfig: require("../eslint.config.js") });

async function complaints(code: string): Promise<string> {
  const [result] = await lint.lintText(code, { filePath: file });
  return result.messages.map((message) => `${message.ruleId ?? ""} ${message.message}`).join("\n");
}

test.each([
  ["a default value", "export function f(a = 1): number { return a; }"],
  ["rest", "export function f(...a: number[]): number { return a.length; }"],
  ["spread", "export function f(a: number[]): number[] { return [...a]; }"],
  ["destructuring", "export function f(a: { b: number }): number { const { b } = a; return b; }"],
  ["`?.`", "export function f(a: { b: number } | undefined): number | undefined { return a?.b; }"],
  ["`>>`", "export const f = (a: number): number => a >> 1;"],
  ["`**`", "export const f = (a: number): number => a ** 2;"],
  ["a regular expression", "export const f = /a/;"],
  ["a number as a condition", "export function f(a: number): number { if (a) return 1; return 0; }"],
  ["a text as a condition", "export function f(a: string): number { return a ? 1 : 0; }"],
  ["`||` on a number", "export const f = (a: number): number => a || 1;"],
  ["try", "export function f(): void { try { f(); } finally { f(); } }"],
  ["continue in a switch", "export function f(a: number): void { for (;;) { switch (a) { case 1: continue; default: return; } } }"],
  ["a closure over a loop variable", "export function f(a: (() => number)[]): void { for (let i = 0; i < 3; i++) a.push(() => i); }"],
  ["Map", "export const f = (): unknown => new Map();"],
  ["Date", "export const f = (): number => Date.now();"],
  ["JSON", "export const f = (a: string): unknown => JSON.parse(a);"],
  ["Math.trunc", "export const f = (a: number): number => Math.trunc(a);"],
  ["lastIndexOf", "export const f = (a: string): number => a.lastIndexOf(\"b\");"],
  ["an enum that stays", "export enum F { A }"],
  ["length assigned", "export function f(a: number[]): void { a.length = 0; }"],
  ["a generator", "export function* f(): Generator<number> { yield 1; }"],
  ["async", "export async function f(): Promise<void> { await f(); }"],
  ["a label", "export function f(): void { a: for (;;) { break a; } }"],
  ["for in", "export function f(a: { [k: string]: number }): void { for (const k in a) a[k] = 0; }"],
  ["`default` before `case`", "export function f(a: number): number { switch (a) { default: return 0; case 1: return 1; } }"],
  ["the runtime in the core", "import { post } from \"../runtime/runtime\"; export const f = post;"],
  ["a driver in the firmware", "import { newDrv8833 } from \"../../hal/drivers/drv8833/driver\"; export const f = newDrv8833;"],
])("%s is refused", async (_name, code) => {
  expect(await complaints(code)).not.toBe("");
});

test("plain code is not", async () => {
  expect(await complaints("export function f(a: number): number { for (let i = 0; i < a; i++) { if (i === 3) return i; } return -1; }\n")).toBe("");
});
