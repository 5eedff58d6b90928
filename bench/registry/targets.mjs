/** What the registry has to reach and what it aims at: seconds, milliseconds, or ratios to a baseline of the same run. */
export const TARGETS = {
  'import-100k': { atLeast: 30, aim: 15 },
  'issue-100k': { atLeast: 15, aim: 8 },
  // A quarter of the pace of a bare INSERT is four times its time.
  'issue-over-bare': { atLeast: 4, aim: 2 },
  'serial-history-p99': { atLeast: 100, aim: 20 },
  'one-book-p99': { atLeast: 100, aim: 20 },
  'growth-import-1m': { atLeast: 11, aim: 10 },
  'growth-issue-1m': { atLeast: 11, aim: 10 },
};
