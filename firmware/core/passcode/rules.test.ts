import { isPasscode, isWeak } from "./rules";

test("C6: six to ten digits", () => {
  expect(["60482", "604827", "6048271593", "60482715930", "60482a", "", "６０４８２７"].map(isPasscode)).toEqual([false, true, true, false, false, false, false]);
});

test.each([
  ["111111", "all the same"],
  ["123456", "up by one"], ["654321", "down by one"], ["890123", "up, past 9"], ["321098", "down, past 0"], ["0123456789", "all ten"],
  ["121212", "a group of two"], ["1231231", "a group of three, cut short"], ["47474747", "a group of two, long"], ["605605", "a group of three"],
  ["147258", "two lines"], ["258025", "a line, and another cut short"], ["963852", "lines backwards"], ["357159", "diagonals"], ["2580147", "the long line"],
  ["0852123", "the long line backwards"], ["4561", "too short to be judged, and a line cut short"],
  ["790512", "YYMMDD"], ["311299", "DDMMYY"], ["123199", "MMDDYY"], ["19790512", "YYYYMMDD"], ["12051979", "DDMMYYYY"], ["05121979", "MMDDYYYY"],
  ["290200", "29 February of a leap year"], ["20240229", "29 February 2024"],
])("C7: %s is refused: %s", (code) => {
  expect(isWeak(code)).toBe(true);
});

test.each([
  ["604827", "nothing of the sort"], ["739154", ""], ["234467", "one step is missing"], ["147259", "the second line is broken"],
  ["474746", "the group is broken"], ["1231245", "the group is broken"], ["992999", "no month 29, no day 99"], ["300299", "30 February"],
  ["29029925", "no such year"], ["18790512", "before 1920, and no DDMMYYYY"], ["20400512", "after 2039"], ["29021923", "1923 was no leap year"],
])("C7: %s is taken: %s", (code) => {
  expect(isWeak(code)).toBe(false);
});

test("C7 takes 8.5 % of the six-digit codes away", () => {
  let weak = 0;
  for (let n = 0; n < 1000000; n++) {
    if (isWeak(n.toString().padStart(6, "0"))) weak++;
  }
  // Dates in three orders are most of it. The figure was counted a second time by another program.
  expect(weak).toBe(85332);
});


