import { Limit } from "../../limits";

/** C7: passcodes that are refused as too easy. All work on the digits as text. */

const LINES = ["123", "456", "789", "147", "258", "369", "2580", "159", "357"];

function digit(code: string, at: number): number {
  return code.charCodeAt(at) - 48;
}

/** `111111`: all digits the same. `123456`, `654321`, `890123`: by one over the whole length, past 9 and 0 too. */
function isRun(code: string, by: number): boolean {
  for (let i = 1; i < code.length; i++) {
    if (digit(code, i) !== (digit(code, i - 1) + by) % 10) return false;
  }
  return true;
}

/** `121212`, `1231231`: a group repeated, the last one possibly cut short. */
function isRepeated(code: string, group: number): boolean {
  for (let i = group; i < code.length; i++) {
    if (digit(code, i) !== digit(code, i - group)) return false;
  }
  return true;
}

function reversed(line: string): string {
  let back = "";
  for (let i = line.length - 1; i >= 0; i--) back = back + line.charAt(i);
  return back;
}

/** `147258`, `258025`: whole lines of the keypad joined, the last possibly cut short. */
function isLines(code: string): boolean {
  for (let i = 0; i < LINES.length; i++) {
    if (beginsWithLine(code, LINES[i]) || beginsWithLine(code, reversed(LINES[i]))) return true;
  }
  return false;
}

function beginsWithLine(code: string, line: string): boolean {
  if (code.length <= line.length) return line.substring(0, code.length) === code;
  return code.substring(0, line.length) === line && isLines(code.substring(line.length));
}

function field(code: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) value = value * 10 + digit(code, i);
  return value;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** @param year of four digits, or of two, which may be any century's. */
function isDate(year: number, fourDigits: boolean, month: number, day: number): boolean {
  if (fourDigits && (year < 1920 || year > 2039)) return false;
  if (month < 1 || month > 12 || day < 1) return false;
  // 2000 and 00 alike: every fourth year of 1920 to 2039 is a leap year.
  return day <= DAYS[month - 1] + (month === 2 && year % 4 === 0 ? 1 : 0);
}

/** YYMMDD, DDMMYY, MMDDYY, YYYYMMDD, DDMMYYYY, MMDDYYYY. */
function isCalendarDate(code: string): boolean {
  const long = code.length === 8;
  if (code.length !== 6 && !long) return false;
  const width = long ? 4 : 2;
  const first = field(code, width, 2);
  return isDate(field(code, 0, width), long, first, field(code, width + 2, 2)) ||
    isDate(field(code, 4, width), long, field(code, 2, 2), field(code, 0, 2)) ||
    isDate(field(code, 4, width), long, field(code, 0, 2), field(code, 2, 2));
}

/** C6: six to ten digits. */
export function isPasscode(code: string): boolean {
  if (code.length < Limit.passcodeMinDigits || code.length > Limit.passcodeMaxDigits) return false;
  for (let i = 0; i < code.length; i++) {
    if (digit(code, i) < 0 || digit(code, i) > 9) return false;
  }
  return true;
}

/** C7. */
export function isWeak(code: string): boolean {
  return isRun(code, 0) || isRun(code, 1) || isRun(code, 9) ||
    isRepeated(code, 2) || isRepeated(code, 3) ||
    isLines(code) || isCalendarDate(code);
}
