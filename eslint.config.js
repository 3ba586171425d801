const tseslint = require("typescript-eslint");

/** The rules of the portable subset (README, "Portable TypeScript"): each was found by running on an engine. */
const PORTABLE_SYNTAX = [
  ["AssignmentPattern", "No default values: the Espruino interpreter does not parse them."],
  ["RestElement", "No rest parameters: the Espruino interpreter does not parse them."],
  ["SpreadElement", "No spread: the Espruino interpreter does not parse it."],
  ["ObjectPattern", "No destructuring: the Espruino interpreter does not parse it."],
  ["ArrayPattern", "No destructuring: the Espruino interpreter does not parse it."],
  ["ChainExpression", "No `?.`: the Espruino interpreter does not parse it."],
  ["BinaryExpression[operator='**']", "No `**`: the Espruino interpreter does not parse it."],
  ["BinaryExpression[operator=/^>>>?$/]", "No `>>`: it differs in Lua; write Math.floor(x / 2^n)."],
  [":function[generator=true]", "No generators: the interpreters have none."],
  [":function[async=true]", "No async: in Lua it runs at once, in Espruino it costs 4 kB."],
  ["LabeledStatement", "No labels: the Espruino interpreter does not know them."],
  ["Literal[regex]", "No regular expressions: Lua has none, Espruino's differ."],
  ["Property[kind=/get|set/], MethodDefinition[kind=/get|set/]", "No getters and setters: Lua has none in object literals."],
  ["PrivateIdentifier", "No #private: typescript-to-lua stops at it."],
  [":matches(ForStatement, ForOfStatement) :function", "No function made in a loop: in Lua and Espruino all share its variable."],
  ["ForInStatement", "No `for in`: the order of keys differs."],
  ["TryStatement", "No `try`: running out of memory or stack cannot be caught, and break in it is wrong in Lua."],
  ["SwitchStatement ContinueStatement", "No `continue` in a switch: wrong in Lua 5.1."],
  ["AssignmentExpression[left.property.name='length']", "No assignment to length: Espruino throws."],
  ["NewExpression", "No `new`: arrays and objects are literals, and nothing else is portable."],
  ["TSEnumDeclaration[const!=true]", "Enums are `const enum`: erased to integers."],
  ["CallExpression[callee.property.name=/^(lastIndexOf|flat|flatMap|at|findLast|localeCompare|matchAll|trimStart|trimEnd|codePointAt|replaceAll|sort)$/]",
    "Missing or different on one of the engines."],
  ["MemberExpression[object.name='Math'][property.name=/^(trunc|imul|clz32|hypot|log2|log10|cbrt|fround|random|sign|pow)$/]", "Missing or different on one of the engines."],
].map(([selector, message]) => ({ selector, message }));

const NO_GLOBALS = ["Map", "Set", "WeakMap", "WeakSet", "Symbol", "Proxy", "Reflect", "Promise", "JSON", "Date", "console", "process", "require", "global",
  "globalThis", "setTimeout", "setInterval", "clearTimeout", "clearInterval", "Buffer", "Uint8Array", "Int32Array", "DataView", "ArrayBuffer", "BigInt", "Number"];

const PORTABLE = ["firmware/**/*.ts", "hal/*.ts", "hal/drivers/**/*.ts"];
const HOST = ["**/*.test.ts", "**/emulator*.ts", "hal/drivers/**/test/**", "hal/drivers/**/emulator/**"];

module.exports = tseslint.config(
  { ignores: ["node_modules", "build", "hal/platform/espruino", "hal/platform/nodemcu", "**/*.js", "**/*.mjs"] },
  {
    files: ["**/*.ts"],
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    plugins: { "@typescript-eslint": tseslint.plugin },
    linterOptions: { reportUnusedDisableDirectives: true },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
      "max-lines-per-function": ["error", { max: 50, skipBlankLines: true, skipComments: true }],
      "no-empty": "error",
      "no-unreachable": "error",
      "eqeqeq": "error",
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
    },
  },
  {
    files: ["**/*.test.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: PORTABLE,
    ignores: HOST,
    rules: {
      "no-restricted-syntax": ["error", ...PORTABLE_SYNTAX],
      "no-restricted-globals": ["error", ...NO_GLOBALS.map((name) => ({ name, message: "Not on every engine: it belongs to hal/platform." }))],
      "default-case-last": "error",
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/strict-boolean-expressions": ["error", { allowString: false, allowNumber: false, allowNullableObject: false }],
    },
  },
  {
    // The core is pure: it knows itself, the figures, and the words that it shares with the parts.
    files: ["firmware/core/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [
        { group: ["**/runtime/**", "**/store/**", "**/console/**", "**/ports", "**/drivers/**", "**/platform/**", "**/main", "node:*"], message: "The core is pure." },
      ] }],
    },
  },
  {
    files: ["firmware/**/*.ts"],
    ignores: ["**/*.test.ts", "firmware/main.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [
        { group: ["**/drivers/**", "**/platform/**", "node:*"], message: "Only main.ts knows drivers; only hal/platform names a platform." },
      ] }],
    },
  },
);
