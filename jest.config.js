module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/{firmware,hal,scripts,test}/**/*.test.ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/transform.js" },
  reporters: ["default", "<rootDir>/test/counts.js"],
};
