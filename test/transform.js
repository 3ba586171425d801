/** TypeScript for jest: one file at a time, as tsconfig.json says; types are checked by `npm run lint`. */
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const ts = require("typescript");

const config = join(__dirname, "..", "tsconfig.json");
const { compilerOptions } = ts.readConfigFile(config, (path) => readFileSync(path, "utf8")).config;
const key = ts.version + readFileSync(config, "utf8");

module.exports = {
  process: (source, fileName) => ({
    code: ts.transpileModule(source, { fileName, compilerOptions: { ...compilerOptions, inlineSourceMap: true, noEmit: false } }).outputText,
  }),
  getCacheKey: (source, fileName) => createHash("sha256").update(key).update(fileName).update(source).digest("hex"),
};
