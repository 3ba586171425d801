/** Which name stands where in a table, so that most tables are lists with few gaps. */

/**
 * @param tables names that stand in one table, once for each that is written in the sources; a name has the same place in all
 * @param apart names that must have different places though no table has them all: one may be asked for what has another
 * @returns places from 1 on
 */
export function placeNames(tables: string[][], apart: string[][]): Map<string, number> {
  const near = new Map<string, Set<string>>();
  for (const group of [...tables, ...apart]) {
    for (const name of group) near.set(name, new Set([...near.get(name) ?? [], ...group.filter((other) => other !== name)]));
  }
  const places = new Map<string, number>();
  // The smallest tables first: there a gap weighs most. To let names change places afterwards saves 200 bytes in all.
  for (const name of [...tables].sort((a, b) => a.length - b.length).concat(apart).flat()) {
    if (places.has(name)) continue;
    const taken = new Set([...near.get(name) ?? []].map((other) => places.get(other)));
    let place = 1;
    while (taken.has(place)) place++;
    places.set(name, place);
  }
  return places;
}
