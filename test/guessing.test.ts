/** L5, L6: what guessing at the keypad is worth, computed from the shipped figures with the core itself. The README prints the table. */
import { readFileSync } from "node:fs";
import { Guard } from "../firmware/core/lockout/budget";
import { isWeak } from "../firmware/core/passcode/rules";
import { Attack, Cut, Supply, cuts, windowsTried } from "./guessing/attack";
import { bootS, tellingCuts } from "./guessing/cut";

const hourS = 3600;
const dayS = 86400;

/** Six-digit codes that C7 leaves; each as likely as the next, which is kind to the lock's owner. */
function codesLeft(): number {
  let left = 0;
  for (let n = 0; n < 1000000; n++) if (!isWeak(n.toString().padStart(6, "0"))) left++;
  return left;
}

const left = codesLeft();
const chance = (windows: number, codes: number): number => 1 - (1 - codes / left) ** windows;
const percent = (share: number): string => share > 0.995 ? "over 99 %" : `${(share * 100).toPrecision(2)} %`;

const telling = tellingCuts();
const supply: Supply = { bootS: bootS(), tells: telling.length > 0 };

/** The best of several attacks. */
const best = (attacks: Attack[], seconds: number): number => Math.max(...attacks.map((attack) => windowsTried(attack, supply, seconds)));

const never: Cut[] = [{ at: "never" }];
const ways: { name: string; quiet: boolean; cuts: Cut[] }[] = [
  { name: "as fast as it goes", quiet: false, cuts: never },
  { name: "never alarming", quiet: true, cuts: never },
  { name: "cutting the supply", quiet: false, cuts },
];
const rows = ([["standard", Guard.Standard], ["hardened", Guard.Hardened]] as const).flatMap(([word, guard]) => ways.map((way) => {
  const attacks = way.cuts.map((cut) => ({ guard, quiet: way.quiet, cut }));
  const hour = best(attacks, hourS);
  const day = best(attacks, dayS);
  const cells = [`\`${word}\`, ${way.name}`, hour, percent(chance(hour, 1)), percent(chance(hour, 50)), day, percent(chance(day, 1)), percent(chance(day, 50))];
  return { guard, hour, day, line: `| ${cells.join(" | ")} |` };
}));
const [fast, , cutting, hardenedFast, hardenedQuiet, hardenedCutting] = rows;

test("`hardened` leaves at most 1 % a day against 50 codes, 0.02 % against one", () => {
  for (const { day } of [hardenedFast, hardenedQuiet]) {
    expect(chance(day, 50)).toBeLessThanOrEqual(0.01);
    expect(chance(day, 1)).toBeLessThanOrEqual(0.0002);
  }
});

// The count is written before anything that a right code writes too (runtime/apply.ts).
test("no cut between `ok` and the answer tells the right code from a wrong one that is then not counted", () => {
  expect(telling).toEqual([]);
});

test("cutting the supply is no better than going on as fast as it goes", () => {
  for (const [cut, plain] of [[cutting, fast], [hardenedCutting, hardenedFast]]) {
    expect(cut.hour).toBeLessThanOrEqual(plain.hour);
    expect(cut.day).toBeLessThanOrEqual(plain.day);
  }
});

test("`standard` does not: the README does not hide it, and prints what is computed here", () => {
  expect(chance(fast.day, 50)).toBeGreaterThan(0.5);
  const readme = readFileSync("README.md", "utf8");
  expect(rows.map((row) => row.line).filter((line) => !readme.includes(line))).toEqual([]);
});
