/** Closes a test run with the one line that a script can read: `N passed, N failed`. */
module.exports = class Counts {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
    console.log(`${results.numPassedTests} passed, ${failed} failed${skipped}`);
  }
};
