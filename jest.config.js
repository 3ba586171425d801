module.exports = {
  testEnvironment: "node",
  // Jest leaves one core of the machine alone; with two that would double the time.
  maxWorkers: "100%",
  globalSetup: "<rootDir>/test/build-first.js",
  testMatch: ["<rootDir>/{firmware,hal,scripts,test}/**/*.test.ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/transform.js" },
  reporters: ["default", "<rootDir>/test/counts.js"],
};
