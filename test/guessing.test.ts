/** L6: what guessing at the keypad is worth, computed from the shipped figures with the core itself. The README prints the table. */
import { readFileSync } from "node:fs";
import { Method, Setting } from "../firmware/core/events";
import { isBudgetEmpty } from "../firmware/core/lockout/budget";
import { attemptFailed, failuresNow } from "../firmware/core/lockout/failures";
import { endLockout } from "../firmware/core/lockout/lockout";
import { newOut } from "../firmware/core/outputs";
import { isWeak } from "../firmware/core/passcode/rules";
import { newLock } from "../firmware/core/state";
import { newUsers } from "../firmware/core/users/table";
import { Limit, newBoardLimits } from "../firmware/limits";

/** Four keys a second, twenty digits and `ok`. */
const entryS = 21 / 4;
const windowsAnEntry = Limit.entryMaxDigits - Limit.passcodeMinDigits + 1;
const dayS = 86400;

/** Six-digit codes that C7 leaves; each as likely as the next, which is kind to the lock's owner. */
function codesLeft(): number {
  let left = 0;
  for (let n = 0; n < 1000000; n++) if (!isWeak(n.toString().padStart(6, "0"))) left++;
  return left;
}

/**
 * Windows of six digits that somebody tries who types 20 digits again and again, every window a new one.
 * @param quiet stays below the lockout, so that no alarm is raised
 */
function windowsTried(hardened: boolean, quiet: boolean, seconds: number): number {
  const s = newLock(newBoardLimits());
  s.users = newUsers();
  s.settings[Setting.Guard] = hardened ? 1 : 0;
  let windows = 0;
  let now = 0;
  while (now < seconds) {
    s.nowS = Math.floor(now);
    if (quiet && failuresNow(s) >= Limit.lockoutFailures - 1) {
      now += 1;
    } else if (isBudgetEmpty(s)) {
      now += 60;
    } else {
      now += entryS;
      s.nowS = Math.floor(now);
      attemptFailed(s, newOut(), Method.Passcode, windowsAnEntry);
      windows += windowsAnEntry;
      now += s.lockedOutS;
      s.nowS = Math.floor(now);
      endLockout(s, newOut(), Method.None);
    }
  }
  return windows;
}

const left = codesLeft();
const chance = (windows: number, codes: number): number => 1 - (1 - codes / left) ** windows;
const percent = (share: number): string => `${(share * 100).toPrecision(2)} %`;

const attackers: [string, boolean, boolean][] = [
  ["`standard`, as fast as it goes", false, false], ["`standard`, never alarming", false, true],
  ["`hardened`, as fast as it goes", true, false], ["`hardened`, never alarming", true, true],
];
const rows = attackers.map(([name, hardened, quiet]) => {
  const hour = windowsTried(hardened, quiet, 3600);
  const day = windowsTried(hardened, quiet, dayS);
  return { day, line: `| ${name} | ${hour} | ${percent(chance(hour, 1))} | ${percent(chance(hour, 50))} | ${day} | ${percent(chance(day, 1))} | ${percent(chance(day, 50))} |` };
});

test("`hardened` leaves at most 1 % a day against 50 codes, 0.02 % against one", () => {
  for (const { day } of rows.slice(2)) {
    expect(chance(day, 50)).toBeLessThanOrEqual(0.01);
    expect(chance(day, 1)).toBeLessThanOrEqual(0.0002);
  }
});

test("`standard` does not: the README does not hide it, and prints what is computed here", () => {
  expect(chance(rows[0].day, 50)).toBeGreaterThan(0.5);
  const readme = readFileSync("README.md", "utf8");
  expect(rows.map((row) => row.line).filter((line) => !readme.includes(line))).toEqual([]);
});
