import { placeNames } from "./lua-places";

const tables = [["a", "b", "c", "d"], ["b", "c", "x"], ["e"], ["a", "x"], ["f", "e", "g"]];
const apart = [["f", "y"], ["e", "y", "z"]];
const places = placeNames(tables, apart);
const of = (name: string): number => places.get(name) ?? 0;

test("names of one table, and of one type, have different places", () => {
  for (const group of [...tables, ...apart]) expect(new Set(group.map(of)).size).toBe(group.length);
  expect(Math.min(...places.values())).toBe(1);
});

test("small tables have no gaps, large ones few", () => {
  expect(tables.map((names) => Math.max(...names.map(of)))).toEqual([4, 4, 1, 2, 3]);
});
