/**
 * Small tables kept as text: fixed records of printable characters, one string a table.
 * Measured on the interpreter, a string of 650 characters costs 56 variables where an array of
 * the same figures costs 400, native `indexOf` searches it, and the record is what flash keeps.
 *
 * A value of 0 to 63 is one character from `0` to `o`. Marks, the characters above `o`, begin
 * a record where a table is searched, so that no match can begin inside one.
 */
const BASE = 48;
const DIGIT = 64;

/** One character. @param value 0 to 63 */
export function encode1(value: number): string {
  return String.fromCharCode(BASE + value);
}

/** Two characters. @param value 0 to 4095 */
export function encode2(value: number): string {
  return String.fromCharCode(BASE + Math.floor(value / DIGIT), BASE + (value % DIGIT));
}

/** Four characters. @param value 0 to 2^24 - 1 */
export function encode4(value: number): string {
  return encode2(Math.floor(value / 4096)) + encode2(value % 4096);
}

export function decode1(text: string, at: number): number {
  return text.charCodeAt(at) - BASE;
}

export function decode2(text: string, at: number): number {
  return (text.charCodeAt(at) - BASE) * DIGIT + text.charCodeAt(at + 1) - BASE;
}

export function decode4(text: string, at: number): number {
  return decode2(text, at) * 4096 + decode2(text, at + 2);
}

/** The text with `part` written over it from `at`. */
export function overwrite(text: string, at: number, part: string): string {
  return text.substring(0, at) + part + text.substring(at + part.length);
}
