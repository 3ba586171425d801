import { checkEspruino } from "./espruino-check";

/** @returns what the check says about a text, "" if it accepts it. */
function refusal(code: string): string {
  try {
    checkEspruino(code, "");
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ["a class", "class A {}", "not ES5"],
  ["an arrow function", "var f = () => 1;", "not ES5"],
  ["a label", "out: for (;;) { break out; }", "labels"],
  ["default before a case", "switch (E.a) { default: f(); case 1: g(); }", "default last"],
  ["a regular expression", "E.a = /a+/;", "regular expressions"],
  ["setting length", "E.a.length = 0;", "length is set"],
  ["counting length up", "E.a.length++;", "length is set"],
  ["JSON", "E.a = JSON.stringify(1);", "JSON"],
  ["Date", "E.a = new Date();", "Date"],
  ["Map", "E.a = new Map();", "Map"],
  ["a typed array", "E.a = new Uint8Array(3);", "Uint8Array"],
  ["an array with a size", "E.a = new Array(3);", "new Array(n)"],
  ["Math.trunc", "E.a = Math.trunc(1);", "Math.trunc"],
  ["Object.freeze", "Object.freeze(E.a);", "Object.freeze"],
  ["Array.prototype", "E.a = Array.prototype.slice.call(E.b);", "Array.prototype"],
  ["a long name", `E.${"a".repeat(64)} = 1;`, "more than 63"],
  ["a getter with a number for name", "E.a = { get 1() { return 1; } };", "plain word"],
  ["a character that is no byte", "E.a = \"a\\u2026\";", "the character \"…\" is no byte: on the device a text holds bytes only"],
  ["one of two halves", "E.a = \"\\ud83d\\ude00\";", "the character \"😀\" is no byte"],
  ["a getter", "E.a = { get a() { return 1; } };", "getters"],
  ["a name the lexer takes", "var of = 1;", "keywords"],
  ["a parameter the lexer takes", "E.a = function (let_, of) {};", "keywords"],
  ["a function after a statement", "E.a = f(); function f() {}", "does not hoist"],
  ["a nested function after a statement", "E.a = function () { g(); function g() {} };", "does not hoist"],
  ["a function in a block", "if (E.a) { function f() {} }", "block"],
  ["a variable read before it is declared", "E.a = x; var x = 1;", "declare it earlier"],
  ["a variable set before it is declared", "function f() { x = 1; var x; }", "declare it earlier"],
  ["a variable used outside its branch", "function f(a) { if (a) { var x = 1; } return x; }", "declare it earlier"],
  ["a loop variable used after another branch's loop", "function f(a) { if (a) for (var i = 0; i < 3; i++); for (i = 0; i < 3; i++); }", "declare it earlier"],
  ["a variable of another case", "function f(a) { switch (a) { case 1: var x = 1; break; case 2: return x; } }", "declare it earlier"],
])("refuses %s", (_name, code, part) => {
  expect(refusal(code)).toContain(part);
});

test.each([
  ["functions first", "\"use strict\"; function f() { return g(); } function g() { return 1; } E.a = f();"],
  ["a variable in a closure", "function f() { return x; } var x = 1; E.a = f();"],
  ["a loop variable after its loop", "function f() { for (var i = 0; i < 3; i++) { E.a = i; } return i; }"],
  ["one name declared in two branches", "function f(a) { if (a) { var x = 1; E.a = x; } else { var x = 2; E.a = x; } }"],
  ["a parameter declared again", "function f(a) { if (a) { var b = a; } a = 2; return a; }"],
  ["the characters of all bytes", "E.a = \"\\x00\\x7f\\xe9\\xff\";"],
  ["a catch variable", "function f() { try { E.a(); } catch (e) { return e; } }"],
  ["default last", "switch (E.a) { case 1: f(); break; default: g(); }"],
  ["a member named like a keyword", "E.a = { of: 1 }; E.a.of = E.a.let;"],
])("accepts %s", (_name, code) => {
  expect(refusal(code)).toBe("");
});

test("a refusal names the line of the source", () => {
  const map = JSON.stringify({ version: 3, sources: ["firmware/core/lock.ts"], names: [], mappings: "AAUA" });
  expect(() => checkEspruino("E.a = JSON.stringify(1);", map)).toThrow("firmware/core/lock.ts:11: JSON is not to be used");
});
