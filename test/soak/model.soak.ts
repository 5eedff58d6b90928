import { check, newTally, type CheckTerms, type Tally } from '../model/check';
import { LONG_RACING, ONE_BY_ONE, RACING, type Scenario } from '../model/scenario';
import { Stage } from '../model/stage';
import { PATIENCE_MS, soak } from './soak';

/** So many books of each scenario come from one seed; then the database is thrown away. */
const BOOKS = { longRacing: 20, racing: 10, oneByOne: 15 };

async function playBooks(scenario: Scenario, terms: CheckTerms, tally: Tally): Promise<void> {
  const stage = await Stage.open();
  try {
    await check(stage, scenario, terms, tally);
  } finally {
    await stage.close();
  }
}

it(
  'the ledger and a model of it agree for as long as it takes',
  async () => {
    const tally = newTally();
    const counts = () => ({
      commands: tally.commands,
      books: tally.books,
      ...Object.fromEntries([...tally.codes].sort(([one], [other]) => (one < other ? -1 : 1))),
    });
    await soak(counts, async (seed) => {
      const played = await Promise.allSettled([
        playBooks(LONG_RACING, { seed, books: BOOKS.longRacing }, tally),
        playBooks(RACING, { seed, books: BOOKS.racing }, tally),
        playBooks(ONE_BY_ONE, { seed, books: BOOKS.oneByOne }, tally),
      ]);
      for (const each of played) if (each.status === 'rejected') throw each.reason;
    });
  },
  PATIENCE_MS,
);
