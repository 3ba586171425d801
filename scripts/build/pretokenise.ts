/**
 * The shape in which Espruino's lexer takes code shortest and fastest: operators of several characters
 * and reserved words are one character each, texts stand with their length before them, small integers
 * are binary. The numbers are promised to stay (jslex.h of the interpreter: "DO NOT MODIFY THE ORDERING
 * OF THIS LIST"); integers came last, with 2v26.
 */

const operators = "== === != !== <= << <<= >= >> >>> >>= >>>= += -= ++ -- *= /= %= &= && |= || ^= =>".split(" ");
const words = ("if else do while for break continue function return var let const this throw try catch finally true false null undefined"
  + " new in instanceof switch case default delete typeof void debugger class extends super static of").split(" ");

const first = 138;
const codes = new Map([...operators, ...words].map((text, i) => [text, String.fromCharCode(first + i)]));
const meanings = new Map([...codes].map(([text, code]) => [code, words.includes(text) ? ` ${text} ` : text]));

const [text8, text16, int0, int8, int16] = [0xd1, 0xd2, 0xd3, 0xd4, 0xd5].map((code) => String.fromCharCode(code));

/** A text, a number, a name, an operator (the longest first), or another character. */
const token = new RegExp([
  /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/, /0x[\da-f]+|\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+/, /[A-Za-z_$][\w$]*/,
  new RegExp([...operators].sort((a, b) => b.length - a.length).map((one) => one.replace(/[|^+*]/g, "\\$&")).join("|")), /\S/,
].map(({ source }) => source).join("|"), "gi");

/** @param code ES5 that begins and ends between two tokens @returns characters 0 to 255 */
export function pretokenise(code: string): string {
  const tokens = code.match(token) ?? [];
  let out = "";
  for (const [i, one] of tokens.entries()) {
    if (/^["']/.test(one)) out += textToken(textOf(one));
    else if (/^\.?\d/.test(one)) out = apart(out, numberToken(one));
    else if (/^[\w$]/.test(one)) out = apart(out, isMemberOrKey(tokens, i) ? one : codes.get(one) ?? one);
    else if ((one === "+" || one === "-") && out.endsWith(one)) out += ` ${one}`;
    else out += codes.get(one) ?? one;
  }
  return out;
}

/** `a.default` and `{default: 1}` are names; what chooses by a word, `a ? true : b`, is not. */
function isMemberOrKey(tokens: string[], i: number): boolean {
  return tokens[i - 1] === "." || (tokens[i + 1] === ":" && (tokens[i - 1] === "{" || tokens[i - 1] === ","));
}

/** Two names or numbers do not run together. */
function apart(before: string, text: string): string {
  return /[\w$]$/.test(before) && /^[\w$]/.test(text) ? `${before} ${text}` : before + text;
}

function textToken(text: string): string {
  const { length } = text;
  if (length === 0) return '""';
  return (length < 256 ? text8 + String.fromCharCode(length) : text16 + String.fromCharCode(length % 256, length >> 8)) + text;
}

const escapes: { [letter: string]: string } = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", v: "\v", 0: "\0" };

/** What a literal of the bundle says. */
function textOf(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:x([\da-f]{2})|(.))/gi, (_all, hex: string | undefined, letter: string) => (
    hex === undefined ? escapes[letter] ?? letter : String.fromCharCode(parseInt(hex, 16))));
}

function numberToken(text: string): string {
  const value = Number(text);
  if (!/^(\d+|0x[\da-f]+)$/i.test(text) || value > 0x7fff) return text;
  if (value === 0) return int0;
  return value < 128 ? int8 + String.fromCharCode(value) : int16 + String.fromCharCode(value % 256, value >> 8);
}

/** The same as ordinary code, for another engine. */
export function readable(code: string): string {
  let out = "";
  for (let i = 0; i < code.length;) {
    const mark = code[i];
    const byte = (at: number): number => code.charCodeAt(i + at);
    if (mark === text8 || mark === text16) {
      const start = mark === text8 ? 2 : 3;
      const length = mark === text8 ? byte(1) : byte(1) + 256 * byte(2);
      out += JSON.stringify(code.substr(i + start, length));
      i += start + length;
    } else if (mark === int8 || mark === int16 || mark === int0) {
      // Apart from a member behind it.
      out += mark === int0 ? " 0 " : ` ${mark === int8 ? byte(1) : byte(1) + 256 * byte(2)} `;
      i += mark === int0 ? 1 : mark === int8 ? 2 : 3;
    } else {
      out += meanings.get(mark) ?? mark;
      i++;
    }
  }
  return out;
}
