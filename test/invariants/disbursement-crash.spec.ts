import { PlanBatches, PollBatch, SubmitBatch, type PayoutStep } from '@app/disbursement';
import { invariant } from '@app/kernel';
import { DONE } from '@app/platform';
import { County } from './disbursement-county';
import { expectBookVerifies, expectIdentities } from './disbursement-identities';

const LINES = 2_100;
const EACH_FEN = 19_373n;

describe('a payout that dies', () => {
  let county: County;
  let submit: SubmitBatch;
  let poll: PollBatch;

  beforeAll(async () => {
    county = await County.open();
    submit = county.get(SubmitBatch);
    poll = county.get(PollBatch);
  });
  afterAll(() => county.close());
  beforeEach(() => {
    county.steps.live();
    county.bank.answersLost = 0;
    county.bank.script = () => ({ result: 'S', reason: null });
  });

  /** A planned batch of three slices, as the job's payload. */
  const planned = async () => {
    const fund = await county.indicator(EACH_FEN * BigInt(LINES));
    const roster = await county.roster(fund, await county.payees(LINES), EACH_FEN);
    const plan = await county.done((tx) => county.get(PlanBatches).execute(tx, { indicatorId: fund }));
    const [batch] = plan.batches;
    invariant(batch !== undefined && plan.batches.length === 1, 'one bank, one batch');
    return { roster, batch, job: { book: county.book, payload: { batch: batch.id } } };
  };
  const entries = async (batchNo: string) =>
    county.query<{ kind: string; n: number }>(
      `SELECT k.kind, count(*)::int AS n FROM ledger.entry e JOIN ledger.entry_kind k ON k.id = e.kind
        WHERE e.book = $1 AND e.reference = $2 GROUP BY 1 ORDER BY 1`,
      [county.book, `batch/${batchNo}`],
    );
  const states = async (roster: string) => {
    const rows = await county.query<{ state: string; attempt: number; n: number }>(
      `SELECT state, attempt, count(*)::int AS n FROM disbursement.payment_line
        WHERE book = $1 AND source_id = $2 GROUP BY 1, 2`,
      [county.book, roster],
    );
    return rows;
  };

  it.each<[PayoutStep, number]>([
    ['submit.begun', 1],
    ['submit.slice-claimed', 2],
    ['submit.slice-posted', 1],
    ['submit.slice-committed', 1],
    ['submit.slice-committed', 3],
    ['submit.digest-fixed', 1],
    ['submit.sent', 1],
    ['submit.marked', 1],
    ['submit.committed', 1],
  ])('at %s (time %i) while submitting pays each line once in its next life', async (step, time) => {
    const { roster, batch, job } = await planned();
    county.steps.dieAt(step, time);
    await expect(submit.execute(job)).rejects.toThrow(`killed at ${step}`);
    await expectIdentities(county);
    county.steps.live();

    expect(await submit.execute(job)).toEqual(DONE);
    await expectIdentities(county);
    expect(await poll.execute(job)).toEqual(DONE);
    await expectIdentities(county);

    expect(await states(roster.id)).toEqual([{ state: 'paid', attempt: 1, n: LINES }]);
    const keys = county.bank.accepted.get(batch.no)?.lines.map(({ key }) => key) ?? [];
    expect(new Set(keys).size).toBe(LINES);
    expect(county.bank.keys().filter((key) => key === keys[0])).toHaveLength(1);
    expect(await entries(batch.no)).toContainEqual({ kind: 'disbursement.submit', n: 3 });
  });

  it.each<[PayoutStep, number]>([
    ['apply.posted', 1],
    ['apply.committed', 1],
    ['apply.posted', 3],
    ['apply.committed', 2],
  ])('at %s (time %i) while results come settles each line once in its next life', async (step, time) => {
    const { roster, job } = await planned();
    county.bank.script = ({ seq }) =>
      seq % 50 === 0 ? { result: 'F', reason: '38' } : { result: 'S', reason: null };
    await submit.execute(job);
    county.steps.dieAt(step, time);
    await expect(poll.execute(job)).rejects.toThrow(`killed at ${step}`);
    await expectIdentities(county);
    county.steps.live();

    expect(await poll.execute(job)).toEqual(DONE);
    await expectIdentities(county);
    expect((await states(roster.id)).sort((a, b) => a.n - b.n)).toEqual([
      { state: 'returned', attempt: 1, n: LINES / 50 },
      { state: 'paid', attempt: 1, n: LINES - LINES / 50 },
    ]);
  });

  it('after the bank took the file but its answer was lost sends the same file again, and the bank pays once', async () => {
    const { roster, batch, job } = await planned();
    county.bank.answersLost = 2;
    const sendings = county.bank.sendings;
    expect(await submit.execute(job)).toMatchObject({ kind: 'again' });
    expect(await submit.execute(job)).toMatchObject({ kind: 'again' });
    await expectIdentities(county);
    expect(await submit.execute(job)).toEqual(DONE);
    expect(county.bank.sendings - sendings).toBe(3);
    expect(county.bank.accepted.get(batch.no)?.lines).toHaveLength(LINES);
    await poll.execute(job);
    expect(await states(roster.id)).toEqual([{ state: 'paid', attempt: 1, n: LINES }]);
  });

  it('leaves a book that verifies', async () => {
    await expectBookVerifies(county);
  });
});
