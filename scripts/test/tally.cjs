const { writeFileSync } = require('node:fs');

/** A jest reporter that leaves what happened in a file, for the last lines of `npm test`. */
module.exports = class Tally {
  onRunComplete(_contexts, results) {
    if (!process.env.TEST_TALLY) return;
    const skipped = results.testResults.flatMap((file) =>
      file.testResults
        .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled')
        .map(({ fullName }) => fullName),
    );
    const tally = {
      passed: results.numPassedTests,
      // A file that does not even load has no failed test to count.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped,
    };
    writeFileSync(process.env.TEST_TALLY, JSON.stringify(tally));
  }
};
