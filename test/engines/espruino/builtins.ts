/** Takes away from a JavaScript context what the Espruino interpreter has not got. */
import vm from "node:vm";

/** All globals that stay. */
const globals = [
  "Object", "Function", "Array", "String", "Number", "Boolean", "Math", "Error", "TypeError", "SyntaxError",
  "ReferenceError", "parseInt", "parseFloat", "isNaN", "isFinite", "NaN", "Infinity", "undefined", "globalThis",
];

/** All members of each object that go. */
const missing: Record<string, string[]> = {
  "Math": ["trunc", "imul", "clz32", "hypot", "log2", "log10", "cbrt", "fround"],
  "Number": ["isInteger", "isNaN", "isFinite", "isSafeInteger", "MAX_SAFE_INTEGER", "MIN_SAFE_INTEGER", "EPSILON"],
  "Number.prototype": ["toPrecision"],
  "Object": ["freeze", "seal", "isFrozen", "isSealed", "is", "preventExtensions", "hasOwn", "groupBy"],
  "Array": ["from", "of", "fromAsync"],
  "Array.prototype": [
    "flat", "flatMap", "at", "keys", "entries", "values", "reduceRight", "lastIndexOf", "copyWithin", "findLast",
    "findLastIndex", "toSorted", "toSpliced", "toReversed", "with",
  ],
  "String": ["raw", "fromCodePoint"],
  "String.prototype": [
    "trimStart", "trimEnd", "codePointAt", "at", "localeCompare", "normalize", "search", "matchAll", "isWellFormed",
    "toWellFormed", "anchor", "big", "blink", "bold", "fixed", "fontcolor", "fontsize", "italics", "link", "small",
    "strike", "sub", "sup",
  ],
};

const script = new vm.Script(`
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!${JSON.stringify(globals)}.includes(name)) delete globalThis[name];
  }
  const missing = ${JSON.stringify(missing)};
  for (const [path, names] of Object.entries(missing)) {
    const owner = path.split(".").reduce((object, name) => object[name], globalThis);
    for (const name of names) delete owner[name];
  }
`.replace(/^/, "{").concat("}"));

export function removeBuiltins(context: vm.Context): void {
  script.runInContext(context);
}
