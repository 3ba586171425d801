/** The times of a thing that was done several times, each time in the same pieces. */

/**
 * On a busy machine hardly any run is left alone, but each piece is in one of them, and nothing makes it faster than it
 * is: the least of each piece, added up.
 * @param runs µs of each piece; runs with more or fewer pieces than most have did something else besides, and do not count
 */
export function undisturbed(runs: readonly (readonly number[])[]): number {
  const counts = runs.map((run) => run.length).sort((a, b) => a - b);
  const usual = runs.filter((run) => run.length === counts[counts.length >> 1]);
  if (usual.length < runs.length / 2) throw new Error("no two runs do the same: there is nothing to compare");
  return usual[0].reduce((sum, _us, i) => sum + Math.min(...usual.map((run) => run[i])), 0);
}
