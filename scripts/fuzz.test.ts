import { fuzzCommand, usage } from "./fuzz";

function run(args: string[], parts?: Parameters<typeof fuzzCommand>[2]): [number, string, string] {
  const [written, complaints]: string[][] = [[], []];
  const code = fuzzCommand(args, { write: (text) => written.push(text), complain: (text) => complaints.push(text), terminal: false }, parts);
  return [code, written.join(""), complaints.join("")];
}

test.each([
  [["--count", "0"], 'The option --count takes a number from 1 to 1000000000, not "0".'],
  [["--count", "1e3"], 'The option --count takes a number from 1 to 1000000000, not "1e3".'],
  [["--seed=-1"], 'The option --seed takes a number from 1 to 1000000000, not "-1".'],
  [["--count"], "The option --count needs a value after it."],
  [["--all"], 'There is no option "--all"; options are: --count, --seed, --help.'],
  [["r305"], 'There is no part "r305"; parts are: r503, efaa, dfplayer, pn532, rdm6300.'],
])("%p is refused in one line", (args, message) => {
  expect(run(args)).toEqual([2, "", `${message}\n`]);
});

test("help", () => {
  expect(run(["--help"])).toEqual([0, `${usage}\n`, ""]);
});

test("every part holds, a line each with its seed", () => {
  const [code, written, complaints] = run(["--count", "200", "--seed", "5"]);
  const line = (part: string): RegExp => new RegExp(`^${part}: 200 streams, seed 5: nothing believed, nothing thrown, [\\d.]+ s$`);
  expect(written.trim().split("\n")).toEqual(["r503", "efaa", "dfplayer", "pn532", "rdm6300"].map((part) => expect.stringMatching(line(part))));
  expect([code, complaints]).toEqual([0, ""]);
});

test("what was believed or thrown is told with the seed that shows it again, and the other parts go on", () => {
  const calls: [number, number][] = [];
  const believing = (seed: number, count: number): string[] => {
    calls.push([seed, count]);
    return seed > 10000 ? ["matched 1", "matched 2", "matched 3", "matched 4", "matched 5", "matched 6"] : [];
  };
  const throwing = (): string[] => { throw new Error("a storm"); };
  const [code, written] = run(["--count", "25000", "--seed", "3"], { r503: believing, efaa: throwing, dfplayer: () => [] });
  expect(calls).toEqual([[3, 10000], [10003, 10000]]);
  expect(code).toBe(1);
  expect(written.replace(/[\d.]+ s\n/, "0 s\n")).toBe(`r503: FAILED with seed 10003; again: npm run fuzz -- --seed 10003 --count 10000 r503
  matched 1
  matched 2
  matched 3
  matched 4
  matched 5
  and 1 more
efaa: FAILED with seed 3; again: npm run fuzz -- --seed 3 --count 10000 efaa
  it threw: a storm
dfplayer: 25000 streams, seed 3: nothing believed, nothing thrown, 0 s
`);
});
