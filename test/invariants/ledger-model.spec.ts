import { add, check, newTally } from '../model/check';
import { PAST, SELDOM } from '../model/past';
import { ONE_BY_ONE, play, RACING } from '../model/scenario';
import seeds from '../model/seeds.json';
import { Stage } from '../model/stage';

/** Long runs are `npm run soak -- model`; these keep every change honest. */
const SEED = 20_260_301;

describe('the ledger and a model of it', () => {
  let stage: Stage;
  const tally = newTally();
  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it('give the same answers one by one: every code, every fact, every figure at any pair of times', async () => {
    await check(stage, ONE_BY_ONE, { seed: SEED, books: 25 }, tally);
  }, 180_000);

  it('agree on what many callers of two processes are told at the same time', async () => {
    await check(stage, RACING, { seed: SEED, books: 25 }, tally);
  }, 180_000);

  it('agree where they once did not', async () => {
    for (const { scenario, seed, path } of seeds) {
      const played = scenario === 'racing' ? RACING : ONE_BY_ONE;
      await check(stage, played, { seed, path, books: 1 }, tally);
    }
  }, 120_000);

  it.each(Object.entries(PAST))('agree now where %s', async (_name, steps) => {
    const run = await stage.run();
    await play(run, steps);
    await stage.verify(run);
  });

  it('agree on what chance seldom meets', async () => {
    const run = await stage.run();
    await play(run, SELDOM);
    add(tally, run);
  });

  it('met every way to succeed and every reason to be refused', () => {
    expect(EXPECTED.filter((code) => !tally.codes.has(code))).toEqual([]);
  });
});

const EXPECTED = [
  ...[
    'ACCOUNT_CLOSED',
    'ACCOUNT_EXISTS',
    'ACCOUNT_KIND_NOT_ALLOWED',
    'ACCOUNT_PATH_RESERVED',
    'ACCOUNT_UNKNOWN',
  ],
  ...['ASSET_UNKNOWN', 'BACKDATED_BALANCE_INSUFFICIENT', 'BALANCE_INSUFFICIENT', 'BALANCE_NOT_ZERO'],
  ...['CONDITION_FAILED', 'EFFECTIVE_IN_FUTURE', 'ENTRY_UNBALANCED', 'HOLD_AMOUNT_EXCEEDED', 'HOLD_ENDED'],
  ...['HOLD_EXPIRED', 'HOLD_UNKNOWN', 'KEY_REUSED', 'KIND_NOT_ALLOWED', 'KIND_UNKNOWN', 'PERIOD_CLOSED'],
  ...['REVERSAL_EXCEEDS', 'REVERSAL_OF_REVERSAL', 'REVERSAL_UNKNOWN'],
  ...['ok ask', 'ok batch', 'ok close-period', 'ok commit', 'ok expire', 'ok floor', 'ok hold', 'ok open'],
  ...['ok post', 'ok release', 'ok reverse', 'ok wait', 'ok work'],
];
