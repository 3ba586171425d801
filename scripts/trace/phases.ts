/** What the lock is doing, as its trace tells it: a signal for each word, of which one of a group is 1. */

export interface Phase { group: string; word: string }

/** Groups whose words exclude each other. */
export const phaseGroups: { [group: string]: { words: readonly string[] } } = {
  bolt: { words: ["unlocked", "locked", "unlocking", "locking", "jammed", "unknown"] },
  motor: { words: ["withdraw", "throw", "stop"] },
  power: { words: ["normal", "low", "critical", "emergency"] },
  menu: { words: ["main", "credentials", "delete", "direction", "info", "face", "palm", "finger", "passcode"] },
  keypad: { words: ["on"] },
  lockout: { words: ["on"] },
  door: { words: ["open"] },
  alarm_tamper: { words: ["on"] },
  alarm_lockout: { words: ["on"] },
  alarm_away: { words: ["on"] },
  alarm_jammed: { words: ["on"] },
  alarm_door: { words: ["on"] },
  alarm_duress: { words: ["on"] },
  alarm_module: { words: ["on"] },
  alarm_swapped: { words: ["on"] },
};

/** The group that a trace line speaks of and its new word, which may be none of the group's: then all of them are over. */
export function phaseOf(line: string): Phase | null {
  const [subject, ...rest] = line.replace(/^@\d+ /, "").split(" ");
  const [group, word] = subject === "alarm" ? [`alarm_${rest[0]}`, rest[1]] : [subject, rest[0]];
  return Object.hasOwn(phaseGroups, group) && word !== undefined ? { group, word } : null;
}
