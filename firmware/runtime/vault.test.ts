import { sha256 } from "../../hal/platform/sim/world/entropy";
import { Platform } from "../../hal/ports";
import { Ask, CodeKind, Event, Role, Verdict } from "../core/events";
import { CodeRecord, codeKind, codeOwner, matchAnswer } from "../core/passcode/match";
import { newLock } from "../core/state";
import { newUsers, withField, withPeriod, Field } from "../core/users/table";
import { withTemp } from "../core/users/temps";
import { Validity } from "../core/users/validity";
import { newBoardLimits } from "../limits";
import { DIGEST, Vault, answer, answerEvent, changeIndex, digest, dropCodes, firstTag, indexCode, newVault, useKey } from "./vault";

/** A vault with a key, and digests kept in a list: an address is a place in it. */
function filled(codes: [string, CodeKind, number][] = []): { vault: Vault; keep: (code: string, kind: CodeKind, owner: number) => void } {
  const lock = newLock(newBoardLimits());
  lock.users = newUsers();
  const kept: string[] = [];
  const vault = newVault({ sha256 } as unknown as Platform, lock, (address) => kept[address]);
  useKey(vault, sha256("the key of this device"));
  const keep = (code: string, kind: CodeKind, owner: number): void => {
    vault.first = code;
    kept.push(digest(vault, code));
    indexCode(vault, firstTag(vault), code.length, kind, owner, kept.length - 1);
    vault.first = "";
  };
  codes.forEach(([code, kind, owner]) => { keep(code, kind, owner); });
  return { vault, keep };
}

function type(vault: Vault, digits: string): void {
  for (const digit of digits) vault.digit(Number(digit));
}

function match(vault: Vault, entry: string): number {
  vault.clear(1);
  type(vault, entry);
  return answer(vault, Ask.Match);
}

/** A first entry at the keypad for a code of this kind and owner. */
function judge(vault: Vault, code: string, kind = CodeKind.Passcode, owner = 9): Verdict {
  vault.lock.codeKind = kind;
  vault.lock.codeOwner = owner;
  vault.clear(2);
  type(vault, code);
  return answer(vault, Ask.Judge);
}

/** A code by command: it stands in the vault already. */
function judgeStaged(vault: Vault, code: string, kind = CodeKind.Passcode, owner = 9): Verdict {
  vault.lock.codeKind = kind;
  vault.lock.codeOwner = owner;
  vault.clear(2);
  vault.first = code;
  return answer(vault, Ask.Judge);
}

const passcode = (owner: number, validity = Validity.Valid): number => matchAnswer(validity, CodeKind.Passcode, owner, true);
const hidden = (owner: number): number => matchAnswer(Validity.Valid, CodeKind.Passcode, owner, false);
const Passcode = CodeKind.Passcode;
const Duress = CodeKind.Duress;
const Temporary = CodeKind.Temporary;

const CODES: [string, CodeKind, number][] = [["604827", Passcode, 1], ["739154", Passcode, 2], ["59280631", Duress, 2], ["384170", Temporary, 1]];

test("the answer to a question comes as its own event", () => {
  expect([Ask.Match, Ask.Judge, Ask.Repeat].map(answerEvent)).toEqual([Event.CodeMatched, Event.CodeJudged, Event.CodeJudged]);
});

describe("judging a new code", () => {
  const { vault } = filled(CODES);

  test.each([
    ["48271", Verdict.Weak, "C6: five digits"],
    ["48271593604", Verdict.Weak, "C6: eleven digits"],
    ["", Verdict.Weak, "C6: none"],
    ["111111", Verdict.Weak, "C7"],
    ["890123", Verdict.Weak, "C7"],
    ["417903", Verdict.Good, "nobody's"],
    ["4179036258", Verdict.Good, "nobody's, ten digits"],
    ["604827", Verdict.Taken, "C8: another user's"],
    ["1604827", Verdict.Taken, "C8: contains another user's, at the end"],
    ["6048270", Verdict.Taken, "C8: contains it at the beginning"],
    ["9973915488", Verdict.Taken, "C8: contains it in the middle"],
    ["59280631", Verdict.Taken, "C8: a duress code"],
    ["384170", Verdict.Taken, "C8: a visitor's"],
    ["3841705", Verdict.Taken, "C8: contains a visitor's"],
    ["592806", Verdict.Good, "only the beginning of a longer code"],
    ["604872", Verdict.Good, "only like another"],
  ])("%s is judged %i: %s", (code, verdict) => {
    expect(judge(vault, code)).toBe(verdict);
    expect(judgeStaged(vault, code)).toBe(verdict);
  });

  test("C8 speaks of others: a user's own passcode, or one that contains it, may be taken again", () => {
    expect(judge(vault, "604827", Passcode, 1)).toBe(Verdict.Good);
    expect(judge(vault, "6048273", Passcode, 1)).toBe(Verdict.Good);
    expect(judge(vault, "59280631", Duress, 2)).toBe(Verdict.Good);
    expect(judge(vault, "604827", Passcode, 2)).toBe(Verdict.Taken);
  });

  test("C8: a user's duress code is not its passcode, nor the other way round", () => {
    expect(judge(vault, "739154", Duress, 2)).toBe(Verdict.Taken);
    expect(judge(vault, "59280631", Passcode, 2)).toBe(Verdict.Taken);
  });

  test("C8: a visitor's id is no user number", () => {
    expect(judge(vault, "604827", Temporary, 1)).toBe(Verdict.Taken);
    expect(judge(vault, "384170", Passcode, 1)).toBe(Verdict.Taken);
    expect(judge(vault, "384170", Temporary, 2)).toBe(Verdict.Taken);
  });

  test("C8: an own code beside somebody else's in the same digits is refused", () => {
    const two = filled([["604827", Passcode, 1], ["048273", Passcode, 2]]).vault;
    expect(judge(two, "6048273", Passcode, 1)).toBe(Verdict.Taken);
  });
});

describe("C6: the second entry", () => {
  test("must be equal to the first", () => {
    const { vault } = filled();
    expect(judge(vault, "417903")).toBe(Verdict.Good);
    for (const [second, verdict] of [["417904", Verdict.Differs], ["4179035", Verdict.Differs], ["", Verdict.Differs], ["417903", Verdict.Good]] as const) {
      vault.clear(1);
      type(vault, second);
      expect(answer(vault, Ask.Repeat)).toBe(verdict);
    }
  });

  test("a refused code is no first entry, and clearing forgets one that was", () => {
    const { vault } = filled(CODES);
    judge(vault, "604827");
    expect(vault.first).toBe("");
    judge(vault, "417903");
    vault.clear(1);
    expect([vault.first, vault.entry.digits]).toEqual(["417903", ""]);
    vault.clear(2);
    expect(vault.first).toBe("");
  });
});

describe("matching", () => {
  test("tells kind and owner", () => {
    const { vault } = filled(CODES);
    vault.lock.temps = withTemp("", 1, 0, 0, 0);
    expect(match(vault, "604827")).toBe(passcode(1));
    expect(match(vault, "0059280631")).toBe(matchAnswer(Validity.Valid, Duress, 2, false));
    expect(match(vault, "384170")).toBe(matchAnswer(Validity.Valid, Temporary, 1, true));
    expect(match(vault, "604828")).toBe(0);
  });

  test("C10, U6: validity is that of the owner, now", () => {
    const { vault } = filled(CODES);
    const { lock } = vault;
    lock.users = withPeriod(withField(lock.users, 2, Field.Role, Role.User), 2, 100, 200);
    lock.temps = withTemp("", 1, 100, 200, 2);
    for (const [date, validity] of [[-1, Validity.ClockNotSet], [99, Validity.Expired], [100, Validity.Valid], [199, Validity.Valid], [200, Validity.Expired]]) {
      lock.date = date;
      expect(match(vault, "739154")).toBe(passcode(2, validity));
      expect(match(vault, "384170")).toBe(matchAnswer(validity, Temporary, 1, true));
      expect(match(vault, "604827")).toBe(passcode(1));
    }
  });

  test("another key knows none of the codes", () => {
    const { vault } = filled(CODES);
    useKey(vault, sha256("the key of another device"));
    expect(CODES.map(([code]) => match(vault, code))).toEqual([0, 0, 0, 0]);
  });

  test("C9: what is kept of a code are 16 bytes, other ones on each device", () => {
    const { vault } = filled();
    const here = digest(vault, "604827");
    useKey(vault, sha256("another"));
    expect(here.length).toBe(DIGEST);
    expect(digest(vault, "604827")).not.toBe(here);
  });
});

describe("the index", () => {
  const entries = (vault: Vault): [CodeKind, number][] =>
    Array.from({ length: vault.index.length / CodeRecord.Width }, (_, i) => [codeKind(vault.index, i * CodeRecord.Width), codeOwner(vault.index, i * CodeRecord.Width)]);

  test("a new code of an owner takes the place of the old one of its kind, and of no other", () => {
    const { vault, keep } = filled(CODES);
    keep("417903", Passcode, 2);
    expect(entries(vault)).toEqual([[Passcode, 1], [Duress, 2], [Temporary, 1], [Passcode, 2]]);
    expect([match(vault, "739154"), match(vault, "417903")]).toEqual([0, passcode(2)]);
  });

  test("a user's codes go together, a visitor's alone", () => {
    const { vault } = filled(CODES);
    dropCodes(vault, 2, 0);
    expect(entries(vault)).toEqual([[Passcode, 1], [Temporary, 1]]);
    dropCodes(vault, 1, Temporary);
    expect(entries(vault)).toEqual([[Passcode, 1]]);
    dropCodes(vault, 1, 0);
    expect(vault.index).toBe("");
  });

  test("an entry under way is looked through anew when the index changes", () => {
    for (const typed of [4, 6, 9, 12]) {
      const { vault, keep } = filled(CODES);
      const entry = "604827739154";
      type(vault, entry.slice(0, typed));
      dropCodes(vault, 1, 0);
      keep("482773", Passcode, 3);
      expect(vault.entry.digits).toBe(entry.slice(0, typed));
      type(vault, entry.slice(typed));
      // The codes of one length: the earlier wins, and 604827 is no longer one.
      expect(answer(vault, Ask.Match)).toBe(hidden(3));
      dropCodes(vault, 3, 0);
      expect(answer(vault, Ask.Match)).toBe(hidden(2));
      changeIndex(vault, "");
      expect(answer(vault, Ask.Match)).toBe(0);
      expect(vault.entry.digits).toBe(entry);
    }
  });
});
