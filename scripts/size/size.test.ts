import { readFileSync } from "node:fs";
import { join } from "node:path";
import { luaGrowth } from "../bench/lua-memory";
import { root } from "../build/sources";
import { countBytes, countLuaMemory } from "./figures";
import { Budgets, judge, written } from "./table";

const budgets: Budgets = { a: { budget: 100, was: 90 }, b: { budget: 50, was: 50 } };

test("a figure over its budget, or without one, is told in a sentence", () => {
  expect(judge(budgets, { a: 101, b: null, c: 1 }).over).toEqual([
    "a: 101 is more than the budget of 100. Make it smaller, or raise the budget in size.json and say why in the commit.",
    'size.json has no budget for "c": give it one, with the reason in the commit.',
  ]);
});

test("the table has the difference against what was", () => {
  expect(judge(budgets, { a: 95, b: null })).toEqual({ over: [], lines: ["   budget  was           is  difference", "a     100   90           95          +5", "b      50   50  not counted"] });
});

test("writing keeps the budgets and what was not counted", () => {
  expect(written(budgets, { a: 95, b: null })).toEqual({ a: { budget: 100, was: 95 }, b: { budget: 50, was: 50 } });
});

test("the images are within their budgets of flash, the Lua one of memory", () => {
  const own = JSON.parse(readFileSync(join(root, "size.json"), "utf8")) as Budgets;
  expect(judge(own, { ...countBytes(), ...countLuaMemory() }).over).toEqual([]);
});

test("the Lua image does not grow with what it does", () => {
  // Collected alike, a byte or two a turn would show.
  expect(luaGrowth(200)).toBeLessThan(200);
});
