import { createHash } from "node:crypto";
import { CodeKind } from "../events";
import { Validity } from "../users/validity";
import { Codes, bestMatch, clearEntry, codeAddress, codeLength, codeRecord, codeTag, enterDigit, matchAnswer, newEntry, newTagger } from "./match";

const tagger = newTagger(7654321);

interface Kept { code: string; kind: CodeKind; owner: number; validity?: Validity }

/** An index with its digests, as the vault keeps them; counts how often it was asked for a digest. */
function keep(kept: Kept[]): Codes & { asked: number } {
  const index = kept.map(({ code, kind, owner }, i) => codeRecord(codeTag(tagger, code), code.length, kind, owner, i)).join("");
  const codes = {
    index,
    asked: 0,
    isCode: (digits: string, start: number, length: number, at: number) => {
      codes.asked++;
      expect(length).toBe(codeLength(index, at));
      return digits.substring(start, start + length) === kept[codeAddress(index, at)].code;
    },
    validity: (kind: CodeKind, owner: number) => kept.find((k) => k.kind === kind && k.owner === owner)?.validity ?? Validity.Valid,
  };
  return codes;
}

function answer(entry: string, codes: Codes): number {
  const typed = newEntry();
  for (const digit of entry) enterDigit(typed, tagger, Number(digit), codes.index);
  return bestMatch(typed, codes) % ALONE;
}

/** Set in an answer where the entry is the code and nothing else. */
const ALONE = 1024;

const user = (code: string, owner: number, validity?: Validity): Kept => ({ code, kind: CodeKind.Passcode, owner, validity });
const is = (owner: number, validity = Validity.Valid): number => matchAnswer(validity, CodeKind.Passcode, owner, false);

describe("U3", () => {
  const codes = keep([user("604827", 1), user("739154", 2), user("7391548", 3), user("0000001", 4)]);

  test.each([
    ["604827", is(1), "the code itself"],
    ["11604827", is(1), "digits before it"],
    ["60482799", is(1), "digits after it"],
    ["99999996048279999999", is(1), "hidden in twenty digits"],
    ["99999999999999604827", is(1), "at the very end"],
    ["60482", 0, "too short"],
    ["604872", 0, "wrong"],
    ["6048297", 0, "not consecutive"],
    ["604827739154", is(1), "two of one length: the earlier"],
    ["739154604827", is(2), "two of one length: the earlier, the other way round"],
    ["6048277391548", is(3), "the longest wins over the earlier"],
    ["000000", 0, "zeros are digits"],
    ["00000001", is(4), "zeros before a code that begins with zeros"],
  ])("%s gives %i: %s", (entry, expected) => {
    expect(answer(entry, codes)).toBe(expected);
  });

  test("a code that is not valid now gives way to one that is, and is told if it is alone", () => {
    const some = keep([user("7391548", 3, Validity.Expired), user("604827", 1), user("555123", 5, Validity.ClockNotSet)]);
    expect(answer("6048277391548", some)).toBe(is(1));
    expect(answer("7391548", some)).toBe(is(3, Validity.Expired));
    expect(answer("555123", some)).toBe(is(5, Validity.ClockNotSet));
  });

  test("the answer tells whether the entry was the code and nothing else (L6)", () => {
    const whole = (entry: string): boolean => {
      const typed = newEntry();
      for (const digit of entry) enterDigit(typed, tagger, Number(digit), codes.index);
      return bestMatch(typed, codes) >= ALONE;
    };
    expect([whole("604827"), whole("6048270"), whole("0604827")]).toEqual([true, false, false]);
  });

  test("an entry cleared finds nothing of what was typed before", () => {
    const typed = newEntry();
    for (const digit of "604827") enterDigit(typed, tagger, Number(digit), codes.index);
    clearEntry(typed);
    expect(bestMatch(typed, codes)).toBe(0);
    for (const digit of "04827") enterDigit(typed, tagger, Number(digit), codes.index);
    expect(bestMatch(typed, codes)).toBe(0);
  });
});

test("every code in every place of every entry length is found; nothing else is", () => {
  const random = seeded(1);
  for (let round = 0; round < 400; round++) {
    const length = 6 + Math.floor(random() * 5);
    const code = digits(random, length);
    const entry = digits(random, length + Math.floor(random() * (21 - length)));
    const start = Math.floor(random() * (entry.length - length + 1));
    const codes = keep([user(code, 9)]);
    expect(answer(entry.slice(0, start) + code + entry.slice(start + length), codes)).toBe(is(9));
    expect(answer(entry, codes) !== 0).toBe(entry.includes(code));
  }
});

test("C9: the cost grows with the entry, not with the users: 120 codes cost hardly a digest more than one", () => {
  const random = seeded(2);
  const many = keep(Array.from({ length: 120 }, (_, i) => user(digits(random, 6 + (i % 5)), 1 + (i % 50))));
  for (let round = 0; round < 200; round++) answer(digits(random, 20), many);
  // Fifteen windows, 120 codes, 46337 tags: one entry in 26 asks for a digest in vain.
  expect(many.asked).toBeLessThan(20);
});

function seeded(seed: number): () => number {
  let count = 0;
  return () => createHash("sha256").update(`${seed} ${count++}`).digest().readUInt32BE() / 2 ** 32;
}

function digits(random: () => number, length: number): string {
  return Array.from({ length }, () => Math.floor(random() * 10)).join("");
}
